import { type Position, positionOf, positionStatement } from '../../../db/ledger.ts'
import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { type DeskRow, deskStatement, noticeStatements } from '../../../db/tenant/notices.ts'
import { ownOrganisation } from '../cases/read-project.ts'
import { seesAllProjects } from '../cases/visibility.ts'
import { commit } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { type Actor, type Entry, enter, eventActor, isOfficer, requireKey } from '../enter.ts'
import { notFound } from '../errors.ts'
import { type DeskEvent, deskAfter, deskNotices } from './desk-events.ts'

/** Which to-do: of a project or a batch, of an organisation. */
export interface TodoRef {
  subject: string
  item: string
}

/** A to-do's place on the desk, as everyone with a part in the project may see it. */
export interface DeskView {
  subject: string
  item: string
  organisationId: string
  holder: { id: string; name: string } | null
  heldSince: string | null
  note: string | null
  urgedOn: string | null
  urges: number
}

/** A to-do with all that acting on it beside its case needs. */
export interface TodoInHand {
  entry: Entry<Actor, DeskView>
  todo: { title: string; step: string; open: boolean; organisationId: string }
  desk: DeskRow
  /** Who has it in hand, while he is of the organisation. */
  holder: { id: string; name: string } | undefined
  position: Position
  /** Rows of the verb's own statements. */
  rest: Row[][]
}

/** Columns of a to-do's desk, for queries that join `DESK` to `todos t`. */
export const DESK_COLUMNS = sql`h.id AS holder_id, h.name AS holder_name, d.holder_id AS kept_holder, d.held_since, d.note, d.urged_on,
  coalesce(d.urges, 0) AS urges`

/** The desk of a to-do and its holder; whoever has left the organisation or ended the account holds nothing any more. */
export const DESK = sql`LEFT JOIN desk d ON d.subject = t.subject AND d.item = t.item AND d.organisation_id = t.organisation_id
  LEFT JOIN users h ON h.id = d.holder_id AND h.organisation_id = t.organisation_id AND h.status = 'active'`

/** Statements that tell whether the person's organisation has a part in a project: its unit, and a party held there. */
export function partStatements(ctx: TenantContext, projectId: string): Statement[] {
  return [
    sql`SELECT organisation_id FROM projects WHERE id = ${projectId}`,
    sql`SELECT 1 AS held FROM project_parties WHERE project_id = ${projectId} AND organisation_id = ${ownOrganisation(ctx)} LIMIT 1`,
  ]
}

/** Whether what `partStatements` found lets the person see the project. */
export function hasPart(actor: Actor, rows: readonly Row[][]): boolean {
  const project = rows[0]?.[0]
  if (!project) return false
  return (
    seesAllProjects(actor) || text(project, 'organisation_id') === actor.organisationId || !!rows[1]?.length
  )
}

/** Reads a to-do of an organisation in one trip; without one named, of the person's own. Throws `not-found`. */
export async function takeTodo(
  ctx: TenantContext,
  ref: TodoRef,
  organisation: string | undefined,
  more: readonly Statement[] = [],
): Promise<TodoInHand> {
  const whose = organisation === undefined ? ownOrganisation(ctx) : sql`${organisation}`
  const entry = await enter<DeskView>(ctx, isOfficer, [
    ...partStatements(ctx, ref.subject),
    sql`SELECT t.title, t.step, t.open, t.organisation_id, ${DESK_COLUMNS} FROM todos t
      ${DESK} WHERE t.subject = ${ref.subject} AND t.item = ${ref.item} AND t.organisation_id = ${whose}`,
    positionStatement(`desk:${ref.subject}`),
    ...more,
  ])
  requireKey(ctx)
  const row = entry.rows[2]?.[0]
  if (!row) throw notFound()
  const organisationId = text(row, 'organisation_id')
  if (organisationId !== entry.actor.organisationId && !hasPart(entry.actor, entry.rows)) throw notFound()
  const holderId = optionalText(row, 'holder_id')
  return {
    entry,
    todo: {
      title: text(row, 'title'),
      step: text(row, 'step'),
      open: integer(row, 'open') === 1,
      organisationId,
    },
    desk: deskOfRow(ref, organisationId, row),
    holder: holderId === undefined ? undefined : { id: holderId, name: text(row, 'holder_name') },
    position: positionOf(entry.rows[3]?.[0]),
    rest: entry.rows.slice(4),
  }
}

/** What an event of a desk stream says beside the to-do that it is about. */
export type DeskAct =
  | { type: 'urged'; note?: string }
  | { type: 'handed-over'; to: string; toName: string; note?: string }
  | { type: 'claimed' }
  | { type: 'given-back'; note?: string }

/** Records what happens to a to-do in the log beside its case, and tells whom it concerns. */
export async function putDown(
  ctx: TenantContext,
  ref: TodoRef,
  hand: TodoInHand,
  act: DeskAct,
): Promise<DeskView> {
  const { entry, todo, position } = hand
  const event: DeskEvent = {
    ...act,
    on: ctx.today,
    item: ref.item,
    organisation: todo.organisationId,
    title: todo.title,
    step: todo.step,
  }
  const logged = {
    version: position.version + 1,
    recordedAt: ctx.now.toISOString(),
    actor: eventActor(entry.actor),
    payload: event,
  }
  const desk = deskAfter(hand.desk, ref.subject, logged)
  const stream = `desk:${ref.subject}`
  const others = [
    { stream, position, action: act.type, events: [{ type: act.type, on: ctx.today, payload: event }] },
  ]
  const projections = [deskStatement(desk), ...noticeStatements(deskNotices(ref.subject, logged))]
  const holder =
    act.type === 'handed-over'
      ? { id: act.to, name: act.toName }
      : act.type === 'claimed'
        ? { id: entry.actor.userId, name: entry.actor.name }
        : act.type === 'urged'
          ? hand.holder
          : undefined
  return commit(ctx, entry, { others, projections }, deskView(desk, holder))
}

function deskOfRow(ref: TodoRef, organisationId: string, row: Row): DeskRow {
  return {
    ...ref,
    organisationId,
    holderId: optionalText(row, 'kept_holder'),
    heldSince: optionalText(row, 'held_since'),
    note: optionalText(row, 'note'),
    urgedOn: optionalText(row, 'urged_on'),
    urges: integer(row, 'urges'),
  }
}

function deskView(row: DeskRow, holder: TodoInHand['holder']): DeskView {
  return {
    subject: row.subject,
    item: row.item,
    organisationId: row.organisationId,
    holder: holder ?? null,
    heldSince: row.heldSince ?? null,
    note: row.note ?? null,
    urgedOn: row.urgedOn ?? null,
    urges: row.urges,
  }
}
