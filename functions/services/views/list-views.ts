import { sql, text } from '../../../db/statement.ts'
import { ownOrganisation } from '../cases/read-project.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { type SavedView, VIEW_COLUMNS, viewOf } from './saved-views.ts'

/** The person's own views, and those that others of the organisation share. */
export async function listViews(ctx: TenantContext, page: PageRequest): Promise<Page<SavedView>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const own = sql`(SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`
  const limit = page.limit + 1
  const { actor, rows } = await enter(ctx, isMember, [
    sql`SELECT ${VIEW_COLUMNS} FROM views v WHERE v.user_id = ${own} AND v.id > ${after} ORDER BY v.id LIMIT ${limit}`,
    sql`SELECT ${VIEW_COLUMNS} FROM views v WHERE v.shared = 1 AND v.organisation_id = ${ownOrganisation(ctx)} AND v.id > ${after}
      AND +v.user_id <> ${own} ORDER BY v.id LIMIT ${limit}`,
  ])
  const both = rows.flat().sort((a, b) => (text(a, 'id') < text(b, 'id') ? -1 : 1))
  return pageOf(
    both,
    page,
    (row) => viewOf(row, actor.userId),
    (row) => [text(row, 'id')],
  )
}
