import { integer, optionalText, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { ownOrganisation } from './read-project.ts'

/** Something that the person's organisation has to do. */
export interface Todo {
  kind: string
  item: string
  step: string
  title: string
  party: string
  dueOn: string | null
  provisional: boolean
  overdue: boolean
  /** Whether it can be done now. */
  open: boolean
  project: { id: string; title: string; stage: string } | null
  batch: { id: string; title: string } | null
}

/** What awaits the person's organisation, the most urgent first. */
export async function listTodos(ctx: TenantContext, page: PageRequest): Promise<Page<Todo>> {
  const [key = '', subject = '', item = ''] = decodeCursor(page.after, 3) ?? []
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT t.subject, t.item, t.kind, t.party, t.step, t.title, t.due_on, t.sort_key, t.provisional, t.open,
        p.title AS project_title, p.stage, b.title AS batch_title
      FROM todos t LEFT JOIN projects p ON p.id = t.subject LEFT JOIN batches b ON b.id = t.subject
      WHERE t.organisation_id = ${ownOrganisation(ctx)} AND (t.sort_key, t.subject, t.item) > (${key}, ${subject}, ${item})
      ORDER BY t.sort_key, t.subject, t.item LIMIT ${page.limit + 1}`,
  ])
  return pageOf(
    rows[0] ?? [],
    page,
    (row) => todoOf(row, ctx.today),
    (row) => [text(row, 'sort_key'), text(row, 'subject'), text(row, 'item')],
  )
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
    dueOn,
    provisional: integer(row, 'provisional') === 1,
    open: integer(row, 'open') === 1,
    overdue: dueOn !== null && dueOn < today,
    project: project === undefined ? null : { id, title: project, stage: text(row, 'stage') },
    batch: batch === undefined ? null : { id, title: batch },
  }
}
