import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Deps } from '../../deps.ts'

const scryptAsync = promisify(scrypt) as (
  password: string,
  salt: Uint8Array,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Uint8Array>

const COST = { N: 16384, r: 8, p: 1 }
const LENGTH = 32

/** `scrypt$N$r$p$salt$hash`; the parameters travel with the hash so that they can rise. */
export async function hashPassword(password: string, random: Deps['randomBytes']): Promise<string> {
  const salt = random(16)
  const hash = await derive(password, salt, COST.N, COST.r, COST.p)
  return ['scrypt', COST.N, COST.r, COST.p, base64(salt), base64(hash)].join('$')
}

/** Whether the password is the one. Without a stored hash it spends the same time and says no. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [scheme, n, r, p, salt, hash] = (stored ?? decoy()).split('$')
  if (scheme !== 'scrypt' || !salt || !hash) return false
  const expected = Buffer.from(hash, 'base64url')
  const actual = await derive(password, Buffer.from(salt, 'base64url'), Number(n), Number(r), Number(p))
  return timingSafeEqual(actual, expected) && stored !== undefined
}

/** Sixteen characters that are hard to mistake for each other, as a first password to be changed. */
export function oneTimePassword(random: Deps['randomBytes']): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return [...random(16)].map((byte) => letters[byte % letters.length]).join('')
}

function derive(password: string, salt: Uint8Array, N: number, r: number, p: number): Promise<Uint8Array> {
  return scryptAsync(password.normalize('NFKC'), salt, LENGTH, { N, r, p, maxmem: 256 * N * r })
}

let decoyHash: string | undefined
function decoy(): string {
  decoyHash ??= ['scrypt', COST.N, COST.r, COST.p, base64(randomBytes(16)), base64(randomBytes(LENGTH))].join(
    '$',
  )
  return decoyHash
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
