import type { NoticeCategory } from '../../functions/core/case/told.ts'
import { type Statement, sql, values } from '../statement.ts'

/** One notice to an organisation or a person. Ids ascend in the order in which things happened. */
export interface NoticeRow {
  recipient: string
  id: string
  category: NoticeCategory
  /** Project or batch. */
  subject: string
  step: string | undefined
  about: object
}

/** Adds notices that follow from events: one statement, or none. */
export function noticeStatements(rows: readonly NoticeRow[]): Statement[] {
  if (!rows.length) return []
  const lines = rows.map((row) => [
    row.recipient,
    row.id,
    row.category,
    row.subject,
    row.step,
    JSON.stringify(row.about),
  ])
  return [sql`INSERT INTO notices (recipient, id, category, subject, step, about) VALUES ${values(lines)}`]
}

/** What the desk knows of a to-do. */
export interface DeskRow {
  subject: string
  item: string
  organisationId: string
  holderId: string | undefined
  heldSince: string | undefined
  note: string | undefined
  urgedOn: string | undefined
  urges: number
}

/** Puts down how a to-do stands on the desk. */
export function deskStatement(row: DeskRow): Statement {
  return sql`INSERT INTO desk (subject, item, organisation_id, holder_id, held_since, note, urged_on, urges) VALUES (${row.subject},
      ${row.item}, ${row.organisationId}, ${row.holderId}, ${row.heldSince}, ${row.note}, ${row.urgedOn}, ${row.urges})
    ON CONFLICT (subject, item, organisation_id) DO UPDATE SET holder_id = excluded.holder_id, held_since = excluded.held_since,
      note = excluded.note, urged_on = excluded.urged_on, urges = excluded.urges`
}

/**
 * Reminds organisations of what they owe within three days or have let pass, also while it waits for others; each due day of a
 * to-do is told once before and once after.
 */
export function reminderStatements(today: string, inThreeDays: string, now: string): Statement[] {
  const reminder = (category: NoticeCategory, range: Statement): Statement =>
    sql`INSERT INTO notices (recipient, id, category, subject, step, about, origin)
      SELECT organisation_id, ${now} || '/' || subject || '/' || item || '/' || ${category}, ${category}, subject, step,
        json_object('kind', kind, 'title', title, 'dueOn', due_on, 'item', item),
        ${category} || ' ' || subject || ' ' || item || ' ' || organisation_id || ' ' || due_on
      FROM todos WHERE ${range}
      ON CONFLICT (origin) WHERE origin IS NOT NULL DO NOTHING`
  return [
    reminder('due-soon', sql`due_on BETWEEN ${today} AND ${inThreeDays}`),
    reminder('overdue', sql`due_on < ${today}`),
  ]
}
