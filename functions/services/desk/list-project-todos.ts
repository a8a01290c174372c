import { integer, optionalText, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { DESK, DESK_COLUMNS, hasPart, partStatements } from './todo-in-hand.ts'

/** A to-do of a project, whoever's it is. */
export interface ProjectTodo {
  item: string
  kind: string
  step: string
  title: string
  dueOn: string | null
  open: boolean
  organisation: { id: string; name: string }
  holder: { id: string; name: string } | null
  note: string | null
  urgedOn: string | null
}

/** What is to be done in a project, by whom, and in whose hands it is; for all who have a part in it. */
export async function listProjectTodos(
  ctx: TenantContext,
  projectId: string,
  page: PageRequest,
): Promise<Page<ProjectTodo>> {
  const [item = '', organisation = ''] = decodeCursor(page.after, 2) ?? []
  const { actor, rows } = await enter(ctx, isMember, [
    ...partStatements(ctx, projectId),
    sql`SELECT t.item, t.kind, t.step, t.title, t.due_on, t.open, t.organisation_id, o.name AS organisation, ${DESK_COLUMNS}
      FROM todos t JOIN organisations o ON o.id = t.organisation_id
      ${DESK} WHERE t.subject = ${projectId} AND (t.item, t.organisation_id) > (${item}, ${organisation})
      ORDER BY t.subject, t.item, t.organisation_id LIMIT ${page.limit + 1}`,
  ])
  if (!hasPart(actor, rows)) throw notFound()
  return pageOf(rows[2] ?? [], page, projectTodo, (row) => [text(row, 'item'), text(row, 'organisation_id')])
}

function projectTodo(row: Row): ProjectTodo {
  return {
    item: text(row, 'item'),
    kind: text(row, 'kind'),
    step: text(row, 'step'),
    title: text(row, 'title'),
    dueOn: optionalText(row, 'due_on') ?? null,
    open: integer(row, 'open') === 1,
    organisation: { id: text(row, 'organisation_id'), name: text(row, 'organisation') },
    holder: holderOf(row),
    note: optionalText(row, 'note') ?? null,
    urgedOn: optionalText(row, 'urged_on') ?? null,
  }
}

/** Who has the to-do of a row with `DESK_COLUMNS` in hand. */
export function holderOf(row: Row): { id: string; name: string } | null {
  const id = optionalText(row, 'holder_id')
  return id === undefined ? null : { id, name: text(row, 'holder_name') }
}
