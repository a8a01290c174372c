import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { me } from '../notices/list-notices.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'

/** Something that the person has begun or done, as the log has it. */
export interface OwnAct {
  seq: number
  type: string
  on: string
  at: string
  /** Step, procedure or decision of the policy. */
  what: string | null
  outcome: string | null
  project: { id: string; title: string; stage: string; ended: string | null } | null
  batch: { id: string; title: string } | null
}

/** `begun`: projects, plans and procedures that the person opened · `done`: what the person carried out in any. */
export type ActKind = 'begun' | 'done'

/** Statement for a person's acts, the newest first; what was taken back was not done. The conditions are those of the partial indexes, word for word. */
export function ownActsStatement(
  ctx: TenantContext,
  kind: ActKind,
  before: number,
  limit: number,
): Statement {
  const which =
    kind === 'begun'
      ? sql`e.type IN ('opened', 'started')`
      : sql`e.type IN ('executed', 'confirmed', 'opinion', 'witnessed', 'decided')`
  // A withdrawal follows what it takes back, and says how many events that is.
  const standing = sql`NOT EXISTS (SELECT 1 FROM events w WHERE w.stream = e.stream AND w.version > e.version
    AND w.type = 'withdrawn' AND w.version - json_extract(w.payload, '$.takes') <= e.version)`
  return sql`SELECT e.seq, e.type, e.effective_on, e.recorded_at, e.stream,
      coalesce(json_extract(e.payload, '$.step'), json_extract(e.payload, '$.decision'), json_extract(e.payload, '$.procedure')) AS what,
      coalesce(json_extract(e.payload, '$.outcome'), json_extract(e.payload, '$.value')) AS outcome,
      p.id AS project_id, p.title AS project, p.stage, p.ended, b.id AS batch_id, b.title AS batch
    FROM events e LEFT JOIN projects p ON p.id = substr(e.stream, 9) LEFT JOIN batches b ON b.id = substr(e.stream, 7)
    WHERE json_extract(e.actor, '$.user') = ${me(ctx)} AND ${which} AND e.seq < ${before} AND ${standing}
    ORDER BY e.seq DESC LIMIT ${limit}`
}

/** The person's own acts of a kind. */
export async function listOwnActs(
  ctx: TenantContext,
  filter: PageRequest & { kind: ActKind },
): Promise<Page<OwnAct>> {
  const before = Number(decodeCursor(filter.after, 1)?.[0] ?? Number.MAX_SAFE_INTEGER)
  const bound = Number.isSafeInteger(before) ? before : 0
  const { rows } = await enter(ctx, isMember, [ownActsStatement(ctx, filter.kind, bound, filter.limit + 1)])
  return pageOf(rows[0] ?? [], filter, ownActOf, (row) => [String(integer(row, 'seq'))])
}

/** A row of `ownActsStatement`. */
export function ownActOf(row: Row): OwnAct {
  const project = optionalText(row, 'project_id')
  const batch = optionalText(row, 'batch_id')
  return {
    seq: integer(row, 'seq'),
    type: text(row, 'type'),
    on: text(row, 'effective_on'),
    at: text(row, 'recorded_at'),
    what: optionalText(row, 'what') ?? null,
    outcome: optionalText(row, 'outcome') ?? null,
    project:
      project === undefined
        ? null
        : {
            id: project,
            title: text(row, 'project'),
            stage: text(row, 'stage'),
            ended: optionalText(row, 'ended') ?? null,
          },
    batch: batch === undefined ? null : { id: batch, title: text(row, 'batch') },
  }
}
