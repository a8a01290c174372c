import type { Databases } from '../db/database.ts'
import type { ObjectStore } from '../db/objects.ts'
import type { CheckReport } from './core/policy/check.ts'
import type { PolicyCache } from './services/tenants/policies.ts'

/** Files that ship with the program: the built portal, and the script of the reference page beside it. */
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
  /** Proves a policy without holding up other requests; without it the proof runs in line. */
  provePolicy?: (text: string, file: string) => Promise<CheckReport>
  /** The address that browsers use, where a proxy ends TLS before this process. */
  publicOrigin?: string
}

/** Random bytes are drawn in advance: asking for eight costs as much as asking for many. */
const POOL = 1024
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes UUIDs of version 7, ascending also within one millisecond: the twelve bits after the time count up, and
 * where they run over, the time does.
 */
export function idMaker(now: () => Date, randomBytes: Deps['randomBytes']): () => string {
  let last = 0
  let count = 0
  let pool: Uint8Array = new Uint8Array()
  let used = 0
  const drawn = (length: number): Uint8Array => {
    if (used + length > pool.length) {
      pool = randomBytes(POOL)
      used = 0
    }
    used += length
    return pool.subarray(used - length, used)
  }
  return () => {
    const ms = now().getTime()
    count = ms > last ? drawn(1)[0]! : count + 1
    last = Math.max(ms, last)
    if (count > 0xfff) {
      last++
      count = 0
    }
    const bytes = new Uint8Array(16)
    for (let i = 5, rest = last; i >= 0; i--) {
      bytes[i] = rest % 256
      rest = Math.floor(rest / 256)
    }
    bytes[6] = 0x70 | (count >> 8)
    bytes[7] = count & 0xff
    bytes.set(drawn(8), 8)
    bytes[8] = (bytes[8]! & 0x3f) | 0x80
    let hex = ''
    for (const byte of bytes) hex += HEX[byte]
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
}
