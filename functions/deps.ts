import type { Databases } from '../db/database.ts'
import type { ObjectStore } from '../db/objects.ts'
import type { PolicyCache } from './services/policies.ts'

/** Files that ship with the program: the script of the reference page. */
export interface Assets {
  get(name: string): Promise<ReadableStream<Uint8Array> | undefined>
}

/** One structured line; never a token, a password, a body or a query string. */
export interface LogLine {
  level: 'info' | 'warn' | 'error'
  event: string
  [field: string]: string | number | boolean | undefined
}

/** Everything outside the program, in one list: tests and both entries supply it. */
export interface Deps {
  now(): Date
  /** Unique and ascending in time. */
  newId(): string
  randomBytes(length: number): Uint8Array
  databases: Databases
  files: ObjectStore
  assets: Assets
  /** Compiled policies; shared by all requests of a process or an isolate. */
  policies: PolicyCache
  log(line: LogLine): void
  build: { version: string; revision: string }
  /** The address that browsers use, where a proxy ends TLS before this process. */
  publicOrigin?: string
}

/** A UUID of version 7: milliseconds, then random bits, so that ids sort by the time of their making. */
export function uuidV7(now: Date, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  let ms = now.getTime()
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
