import type { Database, Trips } from '../../db/database.ts'
import type { Deps } from '../deps.ts'

/** Round trips of a request, counted by its databases. */
export type { Trips }

/** A session token taken apart: whose database it belongs to, and the hash under which the session is kept. */
export interface SessionToken {
  scope: string
  hash: string
}

/** The scope of platform administrators and overseers, whose sessions live in the control database. */
export const PLATFORM = 'platform'

/** The caller's key for a write, with the hash of what was asked. */
export interface IdempotencyKey {
  key: string
  request: string
}

/** What every verb gets. Time is read once a request. */
export interface RequestContext {
  deps: Deps
  requestId: string
  now: Date
  /** The day in Asia/Shanghai. */
  today: string
  trips: Trips
  address: string
  /** A request that changes nothing; it keeps its session alive by a write of its own. */
  reading: boolean
  token: SessionToken | undefined
  idempotency: IdempotencyKey | undefined
  /** Filled by the verb for the log. */
  seen: { user?: string; replayed?: boolean }
}

/** A request inside one tenant; `db` counts its round trips. */
export interface TenantContext extends RequestContext {
  tenant: string
  db: Database
}

/** A request to the platform itself. */
export interface PlatformContext extends RequestContext {
  db: Database
}

/** The day in Asia/Shanghai, which keeps UTC+8 all year. */
export function shanghaiDay(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** The hour in Asia/Shanghai, as 17:00. */
export function shanghaiTime(now: Date): string {
  return new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)
}
