import { composeBatch as compose, type ItemText } from '../../core/case/compose.ts'
import { actingFor } from '../cases/acting.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { isOfficer, requireKey } from '../enter.ts'
import { ok, type Result, refused } from '../result.ts'
import { type BatchAnswer, batchAnswer } from './batch-answer.ts'
import { takeBatch } from './batch-command.ts'
import { writeBatch } from './write-batch.ts'

export interface ComposeBatch {
  batchId: string
  items: ItemText[]
}

/** Puts projects into a batch, or takes them out, before its composing step is executed. */
export async function composeBatch(ctx: TenantContext, input: ComposeBatch): Promise<Result<BatchAnswer>> {
  return retried(async () => {
    const named = input.items.map((item) => item.project)
    const { entry, hand } = await takeBatch<BatchAnswer>(ctx, input.batchId, isOfficer, named)
    requireKey(ctx)
    if (entry.answered) return ok(entry.answered)
    const { policy } = hand.adopted
    const steps = policy.procedures.get(hand.state.procedure ?? '')?.steps ?? []
    const composer = steps.map((index) => policy.steps[index]).find((step) => step?.composes.length)
    const wanted = composer?.by?.all.flatMap((rule) => rule.parties)
    const by = actingFor(hand.scope, hand.actor, wanted)
    const known = new Set(hand.projects.map((project) => project.id))
    const decision = compose(policy, hand.state, input.items, by, known, hand.outside, ctx.today)
    if (!decision.ok) return refused(decision.findings)
    const items = new Set((decision.state.items ?? []).map((item) => item.project))
    const owners = hand.projects.filter((one) => items.has(one.id)).map((one) => one.loaded.organisationId)
    hand.scope.units = [...new Set(owners)]
    const written = writeBatch(ctx, hand, decision.events, 'compose')
    const answer = batchAnswer(hand.id, written, [])
    const write = decision.events.length ? { cases: [written.append], projections: written.projections } : {}
    return ok(await commit(ctx, entry, write, answer))
  })
}
