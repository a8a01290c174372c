import type { TenantContext } from '../context.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'
import { validEntriesOf, validEntriesStatement } from './case-reads.ts'
import { inTheNameOf, partiesForStep } from './wanted-parties.ts'

export interface DrawExperts {
  projectId: string
  step: string
  procedure?: string
  as?: string
  count?: number
  aside?: { name: string; reason: string }[]
  reason?: string
}

/**
 * Draws the experts of a step by lot from the whole register as it is valid today; the seed, the pool, who stood aside
 * and why go into the log, so that the lot can be drawn again by anybody.
 */
export function drawExperts(ctx: TenantContext, input: DrawExperts): Promise<Result<CaseAnswer>> {
  const { projectId, step, procedure, count, aside, reason } = input
  return runOnProject(ctx, {
    projectId,
    action: `draw:${step}`,
    input,
    more: [validEntriesStatement(ctx.today)],
    command: (hand, [entries]) => {
      hand.outside = { ...hand.outside, registers: Object.fromEntries(validEntriesOf(entries)) }
      const by = inTheNameOf(hand, partiesForStep(hand, step, procedure), input.as)
      const seed = [...ctx.deps.randomBytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      return { type: 'draw', step, by, seed, count, aside, reason, procedure }
    },
  })
}
