import type { Statement } from '../../../db/statement.ts'
import type { CaseAppend } from '../../../db/tenant/append.ts'
import { batchStatements } from '../../../db/tenant/batch-projections.ts'
import { evolve } from '../../core/case/evolve.ts'
import { standing } from '../../core/case/standing.ts'
import type { Standing } from '../../core/case/standing-view.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { seededCalendar } from '../calendar.ts'
import { todosOf } from '../cases/projection.ts'
import type { TenantContext } from '../context.ts'
import type { BatchInHand } from './batch-command.ts'

/** What one batch writes: its part of the append and its rows. */
export interface WrittenBatch {
  append: CaseAppend
  projections: Statement[]
  standing: Standing
  version: number
}

/** Turns a batch's events into what is written. */
export function writeBatch(
  ctx: TenantContext,
  hand: Omit<BatchInHand, 'actor' | 'projects' | 'others'>,
  events: readonly CaseEvent[],
  action: string,
): WrittenBatch {
  const { policy } = hand.adopted
  let state: CaseState | undefined = hand.position.version === 0 ? undefined : hand.state
  for (const event of events) state = evolve(policy, state, event, seededCalendar)
  const after = state!
  const version = hand.position.version + events.length
  const projected = batchProjection(
    { ...hand, state: after, updatedAt: ctx.now.toISOString() },
    version,
    ctx.today,
  )
  return {
    append: {
      stream: `batch:${hand.id}`,
      position: hand.position,
      action,
      events: events.map((event) => ({
        type: event.type,
        on: event.on,
        payload: event.type === 'opened' ? { ...event, title: hand.title, once: hand.once } : event,
      })),
      state: JSON.stringify(after),
    },
    projections: projected.statements,
    standing: projected.standing,
    version,
  }
}

/** The rows of a batch on a day, and the standing that they were made from. */
export function batchProjection(
  hand: Omit<BatchInHand, 'actor' | 'projects' | 'others' | 'position'> & { updatedAt: string },
  version: number,
  today: string,
): { statements: Statement[]; standing: Standing } {
  const { state } = hand
  const seen = standing(hand.adopted.policy, state, hand.outside, today)
  const row = {
    id: hand.id,
    procedure: state.procedure ?? '',
    year: state.year,
    once: hand.once,
    policy: hand.adopted.hash,
    title: hand.title,
    ended: state.ended?.result,
    version,
    createdAt: hand.createdAt,
    updatedAt: hand.updatedAt,
  }
  const items = (state.items ?? []).map((item) => ({
    projectId: item.project,
    step: item.step,
    outcome: item.outcome,
    records: item.records,
  }))
  const todos = todosOf({ ...hand.scope, state }, state, seen).map((todo) => ({
    ...todo,
    kind: 'batch' as const,
  }))
  return { statements: batchStatements(row, items, todos), standing: seen }
}
