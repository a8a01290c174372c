import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { NoticeCategory } from '../../core/case/told.ts'
import { ownOrganisation } from '../cases/read-project.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** Something to know, to the person or to the organisation. */
export interface Notice {
  id: string
  category: NoticeCategory
  at: string
  step: string | null
  about: Record<string, unknown>
  read: boolean
  project: { id: string; title: string; organisationId: string } | null
  batch: { id: string; title: string } | null
}

/** Which notices. */
export interface NoticeFilter extends PageRequest {
  category?: NoticeCategory
  unread?: boolean
  /** Those that came on this day (Asia/Shanghai) or later. */
  since?: string
}

/** After every id. */
const LAST = '~'

/** The person who asks, within a statement. */
export function me(ctx: TenantContext): Statement {
  return sql`(SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`
}

/** Up to which notice the person has read everything; what came before the person did counts as read. */
export function readTo(ctx: TenantContext): Statement {
  return sql`coalesce((SELECT read_to FROM notice_preferences WHERE user_id = ${me(ctx)}),
    (SELECT created_at FROM users WHERE id = ${me(ctx)}))`
}

/** That the notice `n` was not read one by one. */
export function notRead(ctx: TenantContext): Statement {
  return sql`NOT EXISTS (SELECT 1 FROM notice_reads r WHERE r.user_id = ${me(ctx)} AND r.notice_id = n.id)`
}

/** Notices to the person and the organisation, the newest first. */
export async function listNotices(ctx: TenantContext, filter: NoticeFilter): Promise<Page<Notice>> {
  const before = decodeCursor(filter.after, 1)?.[0] ?? LAST
  const unread = filter.unread ? sql`AND n.id > ${readTo(ctx)} AND ${notRead(ctx)}` : sql``
  const since = filter.since ? sql`AND n.id >= ${instantOf(filter.since)}` : sql``
  const category = filter.category ? sql`AND n.category = ${filter.category}` : sql``
  const to = (recipient: Statement): Statement =>
    sql`SELECT n.id, n.category, n.subject, n.step, n.about, p.title AS project, p.organisation_id AS unit, b.title AS batch,
        n.id <= ${readTo(ctx)} OR NOT ${notRead(ctx)} AS read
      FROM notices n LEFT JOIN projects p ON p.id = n.subject LEFT JOIN batches b ON b.id = n.subject
      WHERE n.recipient = ${recipient} AND n.id < ${before} ${since} ${category} ${unread}`
  const { rows } = await enter(ctx, isMember, [
    sql`${to(ownOrganisation(ctx))} UNION ALL ${to(me(ctx))} ORDER BY 1 DESC LIMIT ${filter.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], filter, noticeOf, (row) => [text(row, 'id')])
}

/** The instant at which a day begins in Asia/Shanghai, as notice ids are written. */
export function instantOf(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}

function noticeOf(row: Row): Notice {
  const id = text(row, 'id')
  const subject = text(row, 'subject')
  const project = optionalText(row, 'project')
  const batch = optionalText(row, 'batch')
  return {
    id,
    category: text(row, 'category') as NoticeCategory,
    at: id.slice(0, id.indexOf('/')),
    step: optionalText(row, 'step') ?? null,
    about: JSON.parse(text(row, 'about')) as Record<string, unknown>,
    read: integer(row, 'read') === 1,
    project:
      project === undefined ? null : { id: subject, title: project, organisationId: text(row, 'unit') },
    batch: batch === undefined ? null : { id: subject, title: batch },
  }
}
