import { DatabaseError } from '../../../db/database.ts'
import { START } from '../../../db/ledger.ts'
import { openBatch as openBatchCase } from '../../core/case/batch.ts'
import { outsideOf, surroundingStatements, surroundingsOf, versionFor } from '../cases/case-reads.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isOfficer, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { noPolicy } from '../tenants/no-policy.ts'
import { type BatchAnswer, batchAnswer } from './batch-answer.ts'
import { takesPart } from './batch-command.ts'
import { writeBatch } from './write-batch.ts'

export interface OpenBatch {
  procedure: string
  year?: number
}

/** Opens a batch: the plan of a year, a bundle. Whoever has a part in its steps may. */
export async function openBatch(ctx: TenantContext, input: OpenBatch): Promise<BatchAnswer> {
  return retried(async () => {
    const entry = await enter<BatchAnswer>(ctx, isOfficer, surroundingStatements(ctx, undefined))
    requireKey(ctx)
    if (entry.answered) return entry.answered
    const around = surroundingsOf(ctx, entry.rows)
    const adopted = versionFor(around, undefined, ctx.today)
    if (!adopted) throw noPolicy(ctx.today)
    const rule = adopted.policy.procedures.get(input.procedure)
    if (rule?.on !== 'batch')
      throw new AppError('malformed', '办法中没有这一批量程序', {
        errors: [{ pointer: '#/procedure', detail: '没有' }],
      })
    if (rule.each === 'year' && input.year === undefined)
      throw new AppError('malformed', '请写明年度', { errors: [{ pointer: '#/year', detail: '必填' }] })
    const scope = { policy: adopted.policy, units: [], holders: around.holders }
    if (!takesPart(scope, rule.id, entry.actor))
      throw new AppError('forbidden', '本单位在这一程序中不担任责任方')
    const id = ctx.deps.newId()
    const outside = outsideOf(adopted.policy, around, undefined, ctx.today)
    const { event, state } = openBatchCase(adopted.policy, { id, ...input }, outside, ctx.today)
    const once = rule.each === 'year' ? `${rule.id}:${input.year}` : undefined
    const title = input.year === undefined ? rule.title : `${rule.title}(${input.year})`
    const opened = {
      id,
      title,
      once,
      createdAt: ctx.now.toISOString(),
      state,
      position: START,
      adopted,
      around,
      outside,
      scope: { ...scope, state },
    }
    const written = writeBatch(ctx, opened, [event], 'open-batch')
    const answer = batchAnswer(id, written, [])
    try {
      return await commit(ctx, entry, { cases: [written.append], projections: written.projections }, answer)
    } catch (error) {
      if (error instanceof DatabaseError && error.violates('batches.once'))
        throw new AppError('taken', '这一年度已有这一批次')
      throw error
    }
  })
}
