import type { Database } from '../../db/database.ts'
import { type Statement, sql } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import { recordEnds } from './people/sign-in-log.ts'

const KEYS_KEPT_MS = 48 * 3_600_000
/** The law on network security asks for six months at least. */
const SIGN_INS_KEPT_MS = 400 * 24 * 3_600_000

/** Removes sessions and throttles that have run out, and idempotency keys older than two days. */
export async function dropExpired(deps: Deps, database: Database): Promise<void> {
  await database.write(expired(deps.now()))
}

function expired(now: Date): Statement[] {
  return [
    sql`DELETE FROM sessions WHERE ends_at <= ${now.toISOString()}`,
    sql`DELETE FROM throttle WHERE until <= ${now.toISOString()}`,
    sql`DELETE FROM idempotency WHERE created_at <= ${new Date(now.getTime() - KEYS_KEPT_MS).toISOString()}`,
  ]
}

/** The same for a tenant, whose record of sign-ins tells which sessions ran out; it is kept for thirteen months. */
export async function dropExpiredOfTenant(deps: Deps, tenant: string): Promise<void> {
  const now = deps.now()
  const database = deps.databases.tenant(tenant)
  await database.write([
    recordEnds(now, 'expired', sql`ends_at <= ${now.toISOString()}`),
    sql`DELETE FROM sign_ins WHERE at <= ${new Date(now.getTime() - SIGN_INS_KEPT_MS).toISOString()}`,
    ...expired(now),
  ])
}
