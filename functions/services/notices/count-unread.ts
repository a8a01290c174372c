import { integer, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { NoticeCategory } from '../../core/case/told.ts'
import { ownOrganisation } from '../cases/read-project.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { me, notRead, readTo } from './list-notices.ts'

/** How many notices are unread, up to `UNREAD_COUNTED` for the person and as many for the organisation. */
export interface Unread {
  /** Without the categories that the person has muted. */
  unread: number
  byCategory: { category: NoticeCategory; count: number; muted: boolean }[]
}

/** More than the bell tells apart. */
const UNREAD_COUNTED = 100

/** Statement for unread notices by category. */
export function unreadStatement(ctx: TenantContext): Statement {
  const to = (recipient: Statement): Statement =>
    sql`SELECT * FROM (SELECT n.category FROM notices n WHERE n.recipient = ${recipient} AND n.id > ${readTo(ctx)}
      AND ${notRead(ctx)} LIMIT ${UNREAD_COUNTED})`
  return sql`SELECT category, count(*) AS count, category IN (SELECT m.value FROM notice_preferences p, json_each(p.muted) m
      WHERE p.user_id = ${me(ctx)}) AS muted
    FROM (${to(ownOrganisation(ctx))} UNION ALL ${to(me(ctx))}) GROUP BY category`
}

/** What `unreadStatement` found. */
export function unreadOf(rows: readonly Row[] = []): Unread {
  const byCategory = rows.map((row) => ({
    category: text(row, 'category') as NoticeCategory,
    count: integer(row, 'count'),
    muted: integer(row, 'muted') === 1,
  }))
  const heard = byCategory.filter((one) => !one.muted)
  return { unread: heard.reduce((sum, one) => sum + one.count, 0), byCategory }
}

/** The figure on the bell. Asking for it does not keep a session alive: it is the page that asks, not the person. */
export async function countUnread(ctx: TenantContext): Promise<Unread> {
  const { rows } = await enter({ ...ctx, reading: false }, isMember, [unreadStatement(ctx)])
  return unreadOf(rows[0])
}
