import { type Migration, migrate, schemaHash } from '../../../db/migrate.ts'
import { sql, text } from '../../../db/statement.ts'
import { TENANT_MIGRATIONS } from '../../../db/tenant/migrations.ts'
import type { Deps } from '../../deps.ts'

const PAGE = 100

/** What a run over all tenants came to. */
export interface FleetReport {
  migrated: string[]
  failed: { tenant: string; error: string }[]
}

/**
 * Brings every tenant's database to the schema of this program. A tenant that fails stays at its old schema, is named
 * in the control database and does not hold up the others; a run that was cut off is simply started again.
 */
export async function migrateFleet(
  deps: Deps,
  migrations: readonly Migration[] = TENANT_MIGRATIONS,
): Promise<FleetReport> {
  const control = deps.databases.control()
  const current = schemaHash(migrations)
  const report: FleetReport = { migrated: [], failed: [] }
  let after = ''
  for (;;) {
    const [rows = []] = await control.read([
      sql`SELECT id FROM tenants WHERE id > ${after} AND database_schema <> ${current} ORDER BY id LIMIT ${PAGE}`,
    ])
    for (const row of rows) {
      const tenant = text(row, 'id')
      after = tenant
      const at = deps.now()
      let error: string | undefined
      try {
        await migrate(deps.databases.tenant(tenant), migrations, at)
        report.migrated.push(tenant)
      } catch (reason) {
        error = String(reason).slice(0, 500)
        report.failed.push({ tenant, error })
        deps.log({ level: 'error', event: 'migration', tenant, error })
      }
      await control.write([
        ...(error ? [] : [sql`UPDATE tenants SET database_schema = ${current} WHERE id = ${tenant}`]),
        sql`INSERT INTO fleet (tenant_id, database_schema, state, error, tried_at) VALUES (${tenant}, ${current},
            ${error ? 'failed' : 'current'}, ${error}, ${at.toISOString()})
          ON CONFLICT (tenant_id) DO UPDATE SET database_schema = excluded.database_schema, state = excluded.state,
            error = excluded.error, tried_at = excluded.tried_at`,
      ])
    }
    if (rows.length < PAGE) return report
  }
}
