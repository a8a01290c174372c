import { sha256 } from '../../../db/canonical.ts'
import type { Deps } from '../../deps.ts'
import type { SessionToken } from '../context.ts'

const TOKEN = /^([a-z0-9][a-z0-9-]{0,62})\.([A-Za-z0-9_-]{43})$/

/** A session lives this long without use, and this long at all. */
export const IDLE_MS = 30 * 60_000
export const ABSOLUTE_MS = 12 * 3_600_000
/** The last use is written at most this often, so that most reads stay a single round trip. */
export const TOUCH_MS = 5 * 60_000

/** A new token, `scope.secret` with 256 random bits; only its hash is stored. */
export function newToken(scope: string, random: Deps['randomBytes']): { token: string; hash: string } {
  const token = `${scope}.${Buffer.from(random(32)).toString('base64url')}`
  return { token, hash: hashOf(token) }
}

/** Takes a presented token apart; undefined when it cannot be one. */
export function parseToken(token: string | undefined): SessionToken | undefined {
  const match = token === undefined ? null : TOKEN.exec(token)
  return match ? { scope: match[1]!, hash: hashOf(match[0]) } : undefined
}

function hashOf(token: string): string {
  return sha256(token)
}
