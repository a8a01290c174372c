import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { addDays } from '../../core/values/day.ts'
import type { TenantContext } from '../context.ts'
import { holderOf } from '../desk/list-project-todos.ts'
import { DESK, DESK_COLUMNS } from '../desk/todo-in-hand.ts'
import { type Actor, enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { ownOrganisation } from './read-project.ts'
import { seesAllProjects } from './visibility.ts'

/** Something that an organisation has to do. */
export interface Todo {
  kind: string
  item: string
  step: string
  title: string
  party: string
  organisation: { id: string; name: string }
  dueOn: string | null
  provisional: boolean
  overdue: boolean
  /** Whether it can be done now. */
  open: boolean
  /** Who of the organisation sees to it. */
  holder: { id: string; name: string } | null
  /** What was said when it was handed over. */
  note: string | null
  urgedOn: string | null
  project: { id: string; title: string; stage: string } | null
  batch: { id: string; title: string } | null
}

/** To-dos by their day: passed, within three days, or whatever can be done now. */
export type TodoDue = 'overdue' | 'soon' | 'open'

/** Which to-dos of the organisation: all, those in the person's hands, or those in nobody's; and by their day. */
export interface TodoFilter extends PageRequest {
  held?: 'mine' | 'nobody'
  due?: TodoDue
}

const SOON_DAYS = 3

const COLUMNS = sql`t.subject, t.item, t.kind, t.party, t.step, t.title, t.due_on, t.sort_key, t.provisional, t.open,
  t.organisation_id, o.name AS organisation, p.title AS project_title, p.stage, b.title AS batch_title, ${DESK_COLUMNS}`

const BESIDE = sql`LEFT JOIN projects p ON p.id = t.subject LEFT JOIN batches b ON b.id = t.subject
  LEFT JOIN organisations o ON o.id = t.organisation_id ${DESK}`

/** What awaits the person's organisation, the most urgent first. */
export async function listTodos(ctx: TenantContext, filter: TodoFilter): Promise<Page<Todo>> {
  const [key = '', subject = '', item = ''] = decodeCursor(filter.after, 3) ?? []
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT ${COLUMNS} FROM todos t ${BESIDE}
      WHERE t.organisation_id = ${ownOrganisation(ctx)} AND (t.sort_key, t.subject, t.item) > (${key}, ${subject}, ${item})
        ${heldBy(ctx, filter.held)} ${dueWhen(filter.due, ctx.today)}
      ORDER BY t.sort_key, t.subject, t.item LIMIT ${filter.limit + 1}`,
  ])
  return pageOf(
    rows[0] ?? [],
    filter,
    (row) => todoOf(row, ctx.today),
    (row) => [text(row, 'sort_key'), text(row, 'subject'), text(row, 'item')],
  )
}

/** What is overdue in the whole tenant, the longest first; for authorities and the auditor. */
export async function listOverdue(ctx: TenantContext, page: PageRequest): Promise<Page<Todo>> {
  const [due = '', subject = '', item = '', organisation = ''] = decodeCursor(page.after, 4) ?? []
  const { rows } = await enter(ctx, seesOverdue, [
    sql`SELECT ${COLUMNS} FROM todos t ${BESIDE}
      WHERE t.due_on < ${ctx.today} AND (t.due_on, t.subject, t.item, t.organisation_id) > (${due}, ${subject}, ${item}, ${organisation})
      ORDER BY t.due_on, t.subject, t.item, t.organisation_id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(
    rows[0] ?? [],
    page,
    (row) => todoOf(row, ctx.today),
    (row) => [text(row, 'due_on'), text(row, 'subject'), text(row, 'item'), text(row, 'organisation_id')],
  )
}

/** Condition on `sort_key`, which begins with whether the to-do is open (0) or waits (1) and its due day. */
export function dueWhen(due: TodoDue | undefined, today: string): Statement {
  if (due === undefined) return sql``
  if (due === 'open') return sql`AND sort_key < '1'`
  const [from, to] = due === 'overdue' ? ['', today] : [today, addDays(today, SOON_DAYS + 1)]
  return sql`AND (sort_key >= ${`0 ${from}`} AND sort_key < ${`0 ${to}`} OR sort_key >= ${`1 ${from}`} AND sort_key < ${`1 ${to}`})`
}

function seesOverdue(actor: Actor): boolean {
  return seesAllProjects(actor)
}

function heldBy(ctx: TenantContext, held: TodoFilter['held']): Statement {
  if (held === 'nobody') return sql`AND h.id IS NULL`
  if (held === 'mine')
    return sql`AND h.id = (SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`
  return sql``
}

function todoOf(row: Row, today: string): Todo {
  const dueOn = optionalText(row, 'due_on') ?? null
  const project = optionalText(row, 'project_title')
  const batch = optionalText(row, 'batch_title')
  const id = text(row, 'subject')
  return {
    kind: text(row, 'kind'),
    item: text(row, 'item'),
    step: text(row, 'step'),
    title: text(row, 'title'),
    party: text(row, 'party'),
    organisation: { id: text(row, 'organisation_id'), name: optionalText(row, 'organisation') ?? '' },
    dueOn,
    provisional: integer(row, 'provisional') === 1,
    open: integer(row, 'open') === 1,
    overdue: dueOn !== null && dueOn < today,
    holder: holderOf(row),
    note: optionalText(row, 'note') ?? null,
    urgedOn: optionalText(row, 'urged_on') ?? null,
    project: project === undefined ? null : { id, title: project, stage: text(row, 'stage') },
    batch: batch === undefined ? null : { id, title: batch },
  }
}
