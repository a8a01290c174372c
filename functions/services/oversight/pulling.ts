import type { Cursor, FeedNote } from '../../../db/oversight/cursor.ts'
import { parkStatement, withdrawStatements } from '../../../db/oversight/rows.ts'
import type { Statement } from '../../../db/statement.ts'
import { type PolicyVersion, projectOfStream } from '../../core/oversight/log-entry.ts'
import type { Deps } from '../../deps.ts'

/** How often a stream is tried before it is read no more. */
export const MAX_TRIES = 10

/** A tenant to pull and what is known of it. */
export interface Pull {
  tenant: string
  division: string
  cursor: Cursor | undefined
  note: FeedNote | undefined
  /** The day that rows are made for. */
  day: string
  /** Pages at most, so that one tenant does not hold up the others. */
  pages: number
}

/** A pull under way. */
export interface Pulling extends Pull {
  deps: Deps
  versions: PolicyVersion[] | undefined
  applied: number
  head: number
  /** What could not be read on in this pull. */
  failed: { stream: string; error: string; tries: number } | undefined
  /** Why rows of a project could not be made. */
  unmade: string | undefined
}

/** What cannot be folded or shown. */
export interface Failure {
  seq: number
  stream: string
  error: string
}

/** Counts a failed try; true when it was the last and the stream is to be read no more. */
export function countTry(work: Pulling, { stream, error }: Failure): boolean {
  const tries = (work.note?.stuck === stream ? work.note.tries : 0) + 1
  if (tries >= MAX_TRIES) return true
  work.failed = { stream, error, tries }
  return false
}

/** Parks a stream. The rows of a project whose log cannot be read are no longer what the log says: they go. */
export function parkStatements(work: Pulling, { stream, seq, error }: Failure): Statement[] {
  const id = projectOfStream(stream)
  work.deps.log({ level: 'error', event: 'oversight-parked', tenant: work.tenant, seq })
  return [
    parkStatement(work.tenant, { stream, seq, error, at: work.deps.now().toISOString() }),
    ...(id === undefined ? [] : withdrawStatements(work.tenant, [id])),
  ]
}

/** What a pull that came to its end tells of the tenant. */
export function noteOf({ deps, tenant, head, failed }: Pulling): FeedNote {
  const at = deps.now().toISOString()
  const trouble = { error: failed?.error, stuck: failed?.stream, tries: failed?.tries ?? 0 }
  return { tenant, head, pulledAt: at, triedAt: at, ...trouble }
}
