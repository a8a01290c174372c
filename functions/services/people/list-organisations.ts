import { integer, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** An organisation of the tenant with the parties that it holds. */
export interface Organisation {
  id: string
  name: string
  parties: string[]
  /** For a unit: the organisations that hold parties for it alone, by party. */
  answersTo: Record<string, string>
  /** Number of the last change; the entity tag of an edit. */
  version: number
}

/** What is read of an organisation `o`. */
export const ORGANISATION = sql`o.id, o.name,
  (SELECT json_group_array(party) FROM organisation_parties p WHERE p.organisation_id = o.id) AS parties,
  (SELECT json_group_object(party, organisation_id) FROM unit_parties x WHERE x.unit_id = o.id) AS answers_to,
  coalesce((SELECT max(version) FROM events WHERE stream = 'organisation:' || o.id), 0) AS version`

/** The organisations, in the order they were added. */
export async function listOrganisations(ctx: TenantContext, page: PageRequest): Promise<Page<Organisation>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT ${ORGANISATION} FROM organisations o WHERE id > ${after} ORDER BY id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], page, organisationOf, (row) => [text(row, 'id')])
}

/** A row of `ORGANISATION`. */
export function organisationOf(row: Row): Organisation {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    parties: JSON.parse(text(row, 'parties')) as string[],
    answersTo: JSON.parse(text(row, 'answers_to')) as Record<string, string>,
    version: integer(row, 'version'),
  }
}
