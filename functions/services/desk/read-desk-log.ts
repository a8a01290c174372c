import { integer, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import type { DeskEvent } from './desk-events.ts'
import { hasPart, partStatements } from './todo-in-hand.ts'

/** One entry of the log beside a project: who urged whom, who handed what to whom. */
export interface DeskEntry {
  version: number
  type: DeskEvent['type']
  recordedAt: string
  actor: { user: string; name: string; organisation?: string }
  /** The to-do and the organisation that owes it. */
  title: string
  step: string
  organisationId: string
  to: string | null
  note: string | null
}

/** What happened to a project's to-dos beside its case, the newest first; for all who have a part in it. */
export async function readDeskLog(
  ctx: TenantContext,
  projectId: string,
  page: PageRequest,
): Promise<Page<DeskEntry>> {
  const before = Number(decodeCursor(page.after, 1)?.[0] ?? Number.MAX_SAFE_INTEGER)
  const { actor, rows } = await enter(ctx, isMember, [
    ...partStatements(ctx, projectId),
    sql`SELECT version, type, recorded_at, actor, payload FROM events WHERE stream = ${`desk:${projectId}`}
      AND version < ${Number.isSafeInteger(before) ? before : 0} ORDER BY version DESC LIMIT ${page.limit + 1}`,
  ])
  if (!hasPart(actor, rows)) throw notFound()
  return pageOf(rows[2] ?? [], page, entryOf, (row) => [String(integer(row, 'version'))])
}

function entryOf(row: Row): DeskEntry {
  const event = JSON.parse(text(row, 'payload')) as DeskEvent
  return {
    version: integer(row, 'version'),
    type: event.type,
    recordedAt: text(row, 'recorded_at'),
    actor: JSON.parse(text(row, 'actor')) as DeskEntry['actor'],
    title: event.title,
    step: event.step,
    organisationId: event.organisation,
    to: event.type === 'handed-over' ? event.toName : null,
    note: ('note' in event ? event.note : undefined) ?? null,
  }
}
