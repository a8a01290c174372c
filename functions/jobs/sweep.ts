import { sql, text } from '../../db/statement.ts'
import type { Deps } from '../deps.ts'
import { refreshBatches } from '../services/batches/refresh-batches.ts'
import { refreshProjects } from '../services/cases/refresh-projects.ts'
import { dropExpired, dropExpiredOfTenant } from '../services/drop-expired.ts'
import { dropOrphans } from '../services/files/drop-orphans.ts'
import { remind } from '../services/notices/remind.ts'
import { anchorHeads } from '../services/tenants/anchor-heads.ts'
import { gatherRuleUses } from '../services/tenants/gather-rule-uses.ts'
import { migrateFleet } from '../services/tenants/migrate-fleet.ts'
import { transferProjects } from '../services/tenants/transfer-projects.ts'

const HOUR_MS = 3_600_000
const PAGE = 200
/** Three in the morning in Asia/Shanghai, in UTC. */
const NIGHT_HOUR = 19

/** Goes through all tenants once; a tenant that fails is logged and does not hold up the others. */
export async function sweep(deps: Deps): Promise<void> {
  await migrateFleet(deps)
  const nightly = deps.now().getUTCHours() === NIGHT_HOUR
  await dropExpired(deps, deps.databases.control())
  for await (const tenant of tenantIds(deps)) {
    try {
      await dropExpiredOfTenant(deps, tenant)
      await transferProjects(deps, tenant)
      await refreshProjects(deps, tenant)
      await refreshBatches(deps, tenant)
      await remind(deps, tenant)
      await anchorHeads(deps, tenant)
      await gatherRuleUses(deps, tenant)
      if (nightly) await dropOrphans(deps, tenant)
    } catch (error) {
      deps.log({ level: 'error', event: 'sweep', tenant, error: String(error).slice(0, 300) })
    }
  }
}

/** Every tenant's id, read page by page. */
export async function* tenantIds(deps: Deps): AsyncGenerator<string> {
  let after = ''
  for (;;) {
    const [rows = []] = await deps.databases
      .control()
      .read([sql`SELECT id FROM tenants WHERE id > ${after} ORDER BY id LIMIT ${PAGE}`])
    for (const row of rows) yield text(row, 'id')
    if (rows.length < PAGE) return
    after = text(rows.at(-1)!, 'id')
  }
}

/** Sweeps now and every hour, never twice at once. */
export function startSweeping(deps: Deps): { stop(): void; finished(): Promise<void> } {
  let running: Promise<void> | undefined
  const tick = (): void => {
    running ??= sweep(deps)
      .catch((error: unknown) =>
        deps.log({ level: 'error', event: 'sweep', error: String(error).slice(0, 300) }),
      )
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(tick, HOUR_MS)
  timer.unref()
  tick()
  return { stop: () => clearInterval(timer), finished: async () => running }
}
