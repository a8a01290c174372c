import { integer, optionalText, type Row, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { type CaseVerb, takeInHand } from './case-command.ts'

/** One entry of a project's log, as it was written. */
export interface HistoryEntry {
  version: number
  type: string
  /** The day that counts. */
  on: string
  recordedAt: string
  actor: { user: string; name: string; organisation?: string }
  cause: string | null
  event: Record<string, unknown>
}

/** A document that a step yielded. */
export interface ProjectDocument {
  id: string
  document: string
  title: string
  step: string
  outcome: string | null
  issuedOn: string
  version: number
}

/** The project's log, oldest first. */
export async function readHistory(
  ctx: TenantContext,
  projectId: string,
  page: PageRequest,
): Promise<Page<HistoryEntry>> {
  const after = Number(decodeCursor(page.after, 1)?.[0] ?? '0')
  const rows = await alongside(ctx, projectId, [
    sql`SELECT version, type, effective_on, recorded_at, actor, cause, payload FROM events
      WHERE stream = ${`project:${projectId}`} AND version > ${Number.isSafeInteger(after) ? after : 0}
      ORDER BY version LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows, page, entryOf, (row) => [String(integer(row, 'version'))])
}

/** The project's documents, oldest first. */
export async function listDocuments(
  ctx: TenantContext,
  projectId: string,
  page: PageRequest,
): Promise<Page<ProjectDocument>> {
  const after = decodeCursor(page.after, 1)?.[0] ?? ''
  const rows = await alongside(ctx, projectId, [
    sql`SELECT id, document, title, step, outcome, issued_on, version FROM documents WHERE project_id = ${projectId}
      AND id > ${after} ORDER BY id LIMIT ${page.limit + 1}`,
  ])
  return pageOf(rows, page, documentOf, (row) => [text(row, 'id')])
}

/** Rows about a project that are shown to whoever may see it; read in the same trip as the right to. */
async function alongside(ctx: TenantContext, projectId: string, more: CaseVerb['more']): Promise<Row[]> {
  const { rest } = await takeInHand(ctx, { projectId, may: isMember, input: undefined, more })
  return rest[0] ?? []
}

function entryOf(row: Row): HistoryEntry {
  return {
    version: integer(row, 'version'),
    type: text(row, 'type'),
    on: text(row, 'effective_on'),
    recordedAt: text(row, 'recorded_at'),
    actor: JSON.parse(text(row, 'actor')) as HistoryEntry['actor'],
    cause: optionalText(row, 'cause') ?? null,
    event: JSON.parse(text(row, 'payload')) as Record<string, unknown>,
  }
}

function documentOf(row: Row): ProjectDocument {
  return {
    id: text(row, 'id'),
    document: text(row, 'document'),
    title: text(row, 'title'),
    step: text(row, 'step'),
    outcome: optionalText(row, 'outcome') ?? null,
    issuedOn: text(row, 'issued_on'),
    version: integer(row, 'version'),
  }
}
