import type { Database } from '../../db/database.ts'
import { sql } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'

const KEYS_KEPT_MS = 48 * 3_600_000

/** Removes sessions and throttles that have run out, and idempotency keys older than two days. */
export async function dropExpired(deps: Deps, database: Database): Promise<void> {
  const now = deps.now()
  await database.write([
    sql`DELETE FROM sessions WHERE ends_at <= ${now.toISOString()}`,
    sql`DELETE FROM throttle WHERE until <= ${now.toISOString()}`,
    sql`DELETE FROM idempotency WHERE created_at <= ${new Date(now.getTime() - KEYS_KEPT_MS).toISOString()}`,
  ])
}
