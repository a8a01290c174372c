import { sql, text } from '../../../db/statement.ts'
import type { RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'

/** A jurisdiction that people can sign in to. */
export interface Jurisdiction {
  id: string
  name: string
  division: string
}

/** The jurisdictions on the platform by division code, for the sign-in page: their names are public. */
export async function listJurisdictions(ctx: RequestContext): Promise<Jurisdiction[]> {
  const [rows = []] = await databaseOf(ctx, undefined).read([
    sql`SELECT id, name, division FROM tenants ORDER BY division, id LIMIT 4000`,
  ])
  return rows.map((row) => ({
    id: text(row, 'id'),
    name: text(row, 'name'),
    division: text(row, 'division'),
  }))
}
