import { integer, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** A person of the tenant as others of it may see him. */
export interface User {
  id: string
  login: string
  name: string
  role: string
  status: string
  organisationId: string
  /** Number of the last change; the entity tag of an edit. */
  version: number
}

/** The version of the row of `users` at hand. */
export const USER_VERSION = sql`coalesce((SELECT max(version) FROM events WHERE stream = 'user:' || users.id), 0)`

/** The administrator sees everyone, others the people of their own organisation. */
export async function listUsers(ctx: TenantContext, page: PageRequest): Promise<Page<User>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const own = sql`SELECT u.organisation_id FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.token_hash = ${ctx.token?.hash}`
  const columns = sql`SELECT id, login, name, role, status, organisation_id, ${USER_VERSION} AS version FROM users`
  const { actor, rows } = await enter(ctx, isMember, [
    sql`${columns} WHERE organisation_id = (${own}) AND id > ${after} ORDER BY id LIMIT ${page.limit + 1}`,
    sql`${columns} WHERE id > (SELECT CASE WHEN EXISTS (SELECT 1 FROM users u JOIN sessions s ON s.user_id = u.id
      WHERE s.token_hash = ${ctx.token?.hash} AND u.role = 'administrator') THEN ${after} ELSE '~' END)
      ORDER BY id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows[isAdministrator(actor) ? 1 : 0] ?? [], page, userOf, (row) => [text(row, 'id')])
}

/** A user row without its password. */
export function userOf(row: Row): User {
  return {
    id: text(row, 'id'),
    login: text(row, 'login'),
    name: text(row, 'name'),
    role: text(row, 'role'),
    status: text(row, 'status'),
    organisationId: text(row, 'organisation_id'),
    version: integer(row, 'version'),
  }
}
