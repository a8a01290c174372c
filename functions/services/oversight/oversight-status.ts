import { integer, optionalText, sql, text } from '../../../db/statement.ts'
import type { Deps } from '../../deps.ts'

/** How far the read model has come with a tenant. */
export interface TenantStatus {
  tenant: string
  seq: number
  head: number
  /** The day that its rows are made for; '' when some must be made anew. */
  asOf: string
  projects: number
  parked: number
  pulledAt: string | undefined
  error: string | undefined
}

/** Every tenant that the read model knows, by id. For operators: nobody's permission is asked. */
export async function oversightStatus(deps: Deps): Promise<TenantStatus[]> {
  const [rows = []] = await deps.databases.oversight().read([
    sql`SELECT f.tenant_id, coalesce(c.seq, 0) AS seq, f.head, coalesce(c.as_of, '') AS as_of, f.pulled_at, f.error,
        (SELECT count(*) FROM projects p WHERE p.tenant_id = f.tenant_id) AS projects,
        (SELECT count(*) FROM parked k WHERE k.tenant_id = f.tenant_id) AS parked
      FROM feeds f LEFT JOIN cursors c ON c.tenant_id = f.tenant_id ORDER BY f.tenant_id`,
  ])
  return rows.map((row) => ({
    tenant: text(row, 'tenant_id'),
    seq: integer(row, 'seq'),
    head: integer(row, 'head'),
    asOf: text(row, 'as_of'),
    projects: integer(row, 'projects'),
    parked: integer(row, 'parked'),
    pulledAt: optionalText(row, 'pulled_at'),
    error: optionalText(row, 'error'),
  }))
}
