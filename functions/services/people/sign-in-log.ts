import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { RequestContext, TenantContext } from '../context.ts'
import { type Actor, enter, isAdministrator, isMember } from '../enter.ts'
import { me } from '../notices/list-notices.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** How sessions begin, fail to and end. */
export const SIGN_IN_KINDS = [
  'signed-in',
  'wrong',
  'too-many',
  'signed-out',
  'ended-elsewhere',
  'ended-by-administrator',
  'expired',
] as const
export type SignInKind = (typeof SIGN_IN_KINDS)[number]

/** One line of the record. What was typed as an unknown login is never kept, since it may be a password. */
export interface SignInRecord {
  n: number
  at: string
  kind: SignInKind
  user: { id: string; name: string; login: string; organisation: string } | null
  address: string
}

/** Statement that puts one line down. */
export function recordSignIn(
  ctx: Pick<RequestContext, 'now' | 'address'>,
  kind: SignInKind,
  userId: string | undefined,
): Statement {
  return sql`INSERT INTO sign_ins (at, kind, user_id, address) VALUES (${ctx.now.toISOString()}, ${kind}, ${userId}, ${ctx.address})`
}

/** Statement that puts down the end of the sessions that `which` selects; run it before they are deleted. */
export function recordEnds(now: Date, kind: SignInKind, which: Statement): Statement {
  return sql`INSERT INTO sign_ins (at, kind, user_id, address)
    SELECT ${now.toISOString()}, ${kind}, user_id, address FROM sessions WHERE ${which}`
}

/** The record, newest first: the administrator and the auditor see all, others their own. */
export async function listSignIns(
  ctx: TenantContext,
  filter: PageRequest & { user?: string },
): Promise<Page<SignInRecord>> {
  const before = Number(decodeCursor(filter.after, 1)?.[0] ?? Number.MAX_SAFE_INTEGER)
  const bound = Number.isSafeInteger(before) ? before : 0
  const columns = sql`SELECT s.n, s.at, s.kind, s.user_id, s.address, u.name, u.login, o.name AS organisation FROM sign_ins s
    LEFT JOIN users u ON u.id = s.user_id LEFT JOIN organisations o ON o.id = u.organisation_id`
  const all = sql`(SELECT CASE WHEN EXISTS (SELECT 1 FROM users x WHERE x.id = ${me(ctx)} AND x.role IN ('administrator', 'auditor'))
    THEN ${bound} ELSE 0 END)`
  const whose = filter.user === undefined ? sql`` : sql`AND s.user_id = ${filter.user}`
  const { actor, rows } = await enter(ctx, isMember, [
    sql`${columns} WHERE s.user_id = ${me(ctx)} AND s.n < ${bound} ORDER BY s.n DESC LIMIT ${filter.limit + 1}`,
    sql`${columns} WHERE s.n < ${all} ${whose} ORDER BY s.n DESC LIMIT ${filter.limit + 1}`,
  ])
  return pageOf(rows[seesAll(actor) ? 1 : 0] ?? [], filter, recordOf, (row) => [String(integer(row, 'n'))])
}

function seesAll(actor: Actor): boolean {
  return isAdministrator(actor) || actor.role === 'auditor'
}

function recordOf(row: Row): SignInRecord {
  const id = optionalText(row, 'user_id')
  return {
    n: integer(row, 'n'),
    at: text(row, 'at'),
    kind: text(row, 'kind') as SignInKind,
    user:
      id === undefined
        ? null
        : {
            id,
            name: text(row, 'name'),
            login: text(row, 'login'),
            organisation: text(row, 'organisation'),
          },
    address: text(row, 'address'),
  }
}
