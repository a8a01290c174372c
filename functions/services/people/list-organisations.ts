import { type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** An organisation of the tenant with the parties that it holds. */
export interface Organisation {
  id: string
  name: string
  parties: string[]
}

/** The organisations, in the order they were added. */
export async function listOrganisations(ctx: TenantContext, page: PageRequest): Promise<Page<Organisation>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT id, name, (SELECT json_group_array(party) FROM organisation_parties p WHERE p.organisation_id = o.id) AS parties
      FROM organisations o WHERE id > ${after} ORDER BY id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], page, organisationOf, (row) => [text(row, 'id')])
}

function organisationOf(row: Row): Organisation {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    parties: JSON.parse(text(row, 'parties')) as string[],
  }
}
