import { sql, text } from '../../../db/statement.ts'
import { isRest } from '../../core/case/batch.ts'
import { type FillProposal, proposeFill } from '../../core/case/fill.ts'
import { standing } from '../../core/case/standing.ts'
import type { Standing } from '../../core/case/standing-view.ts'
import { partiesOf } from '../cases/acting.ts'
import { UNIT } from '../cases/visibility.ts'
import { writtenRecords } from '../cases/written-facts.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { BATCH_COLUMNS, type BatchItem, batchItem, composed, takeBatch } from './batch-command.ts'

/** A batch as it stands: its steps, what is in it, and what could still be put in. */
export interface BatchView {
  batch: { id: string; title: string; procedure: string; year: number | null; version: number }
  standing: Standing
  mine: string[]
  items: {
    project: string
    title: string
    step: string
    outcome: string | null
    /** As people write them: `480万元`. */
    records: Record<string, unknown>
  }[]
  candidates: { project: string; title: string; step: string }[]
  /** Who would be in by the policy's rule; null where it has none. */
  proposal: FillProposal | null
}

/** One batch. */
export async function readBatch(ctx: TenantContext, batchId: string): Promise<BatchView> {
  const { hand } = await takeBatch(ctx, batchId, isMember)
  const { state } = hand
  const titles = new Map(hand.projects.map((one) => [one.id, one.loaded.title]))
  const listed = new Set((state.items ?? []).map((item) => `${item.project} ${item.step}`))
  const candidates = hand.projects.flatMap((project) =>
    composed(hand)
      .filter((step) => !listed.has(`${project.id} ${step}`) && isRest(project, step, state.year, ctx.today))
      .map((step) => ({ project: project.id, title: project.loaded.title, step })),
  )
  return {
    batch: {
      id: hand.id,
      title: hand.title,
      procedure: state.procedure ?? '',
      year: state.year ?? null,
      version: hand.position.version,
    },
    standing: standing(hand.adopted.policy, state, hand.outside, ctx.today),
    mine: partiesOf(hand.scope, hand.actor),
    items: (state.items ?? []).map(({ project, step, outcome, records }) => ({
      project,
      title: titles.get(project) ?? '',
      step,
      outcome: outcome ?? null,
      records: writtenRecords(hand.adopted.policy, step, records),
    })),
    candidates,
    proposal: proposeFill(hand.adopted.policy, state, hand.projects, hand.outside, ctx.today) ?? null,
  }
}

/** Batches newest first; units see those with projects of theirs. */
export async function listBatches(
  ctx: TenantContext,
  filter: PageRequest & { procedure?: string },
): Promise<Page<BatchItem>> {
  const before = decodeCursor(filter.after, 1)?.[0] ?? '~'
  const own = sql`(SELECT u.organisation_id FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.token_hash = ${ctx.token?.hash})`
  const procedure = filter.procedure === undefined ? sql`` : sql`AND procedure = ${filter.procedure}`
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT ${BATCH_COLUMNS} FROM batches WHERE id < ${before} ${procedure}
      AND (EXISTS (SELECT 1 FROM organisation_parties o WHERE o.organisation_id = ${own} AND o.party <> ${UNIT})
        OR id IN (SELECT i.batch_id FROM batch_items i JOIN projects p ON p.id = i.project_id WHERE p.organisation_id = ${own}))
      ORDER BY id DESC LIMIT ${filter.limit + 1}`,
  ])
  return pageOf(rows[0] ?? [], filter, batchItem, (row) => [text(row, 'id')])
}
