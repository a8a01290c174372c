import { forgetStatement } from '../../../db/oversight/cursor.ts'
import { dropTenantStatements } from '../../../db/oversight/rows.ts'
import { sql, text } from '../../../db/statement.ts'
import type { Deps } from '../../deps.ts'
import { type Fed, feedOversight } from './feed-oversight.ts'
import { MAX_TRIES } from './pulling.ts'

/** Reads on in all logs until nothing more is to be had: every tenant is current, does not answer, or is parked. */
export async function catchUp(deps: Deps): Promise<Fed[]> {
  const total = new Map<string, Fed>()
  let tenants: string[] | undefined
  for (let idle = 0; idle < MAX_TRIES; ) {
    const fed = await feedOversight(deps, { tenants })
    for (const one of fed)
      total.set(one.tenant, { ...one, applied: one.applied + (total.get(one.tenant)?.applied ?? 0) })
    tenants = fed.filter(({ state }) => state !== 'current' && state !== 'down').map(({ tenant }) => tenant)
    if (tenants.length === 0) break
    idle = fed.some(({ applied, state }) => applied > 0 || state === 'behind') ? 0 : idle + 1
  }
  return [...total.values()]
}

/**
 * Makes the read model again from the tenants' logs alone. The rows of a tenant go when its log answers, so that one that
 * is down keeps what was known of it; tenants that are no longer on the platform go at once.
 */
export async function rebuildOversight(deps: Deps): Promise<Fed[]> {
  const oversight = deps.databases.oversight()
  const [[known = []], [there = []]] = await Promise.all([
    oversight.read([sql`SELECT tenant_id FROM cursors ORDER BY tenant_id`]),
    deps.databases.control().read([sql`SELECT id FROM tenants`]),
  ])
  const registered = new Set(there.map((row) => text(row, 'id')))
  const ids = known.map((row) => text(row, 'tenant_id'))
  const lost = ids.filter((id) => !registered.has(id))
  await oversight.write([
    forgetStatement(ids),
    ...lost.flatMap((id) => [
      ...dropTenantStatements(id),
      sql`DELETE FROM cursors WHERE tenant_id = ${id}`,
      sql`DELETE FROM feeds WHERE tenant_id = ${id}`,
    ]),
  ])
  return catchUp(deps)
}
