import type { Deps } from '../deps.ts'
import type { IdempotencyKey, SessionToken, Trips } from '../services/context.ts'

/** What the entries hand in with each request. */
export interface Bindings {
  /** The client's address as the trusted hop gives it. */
  address?: string
}

/** What the middlewares set, in this order. */
export interface Variables {
  deps: Deps
  requestId: string
  now: Date
  trips: Trips
  seen: { user?: string; replayed?: boolean; code?: string }
  token: SessionToken | undefined
  idempotency: IdempotencyKey | undefined
}

export interface AppEnv {
  Bindings: Bindings
  Variables: Variables
}
