import type { StartCommand } from '../../core/policy/command.ts'
import { lookAt } from '../../core/policy/engine/environment.ts'
import type { TenantContext } from '../context.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { type CaseInHand, runOnProject } from './case-command.ts'
import { inTheNameOf } from './wanted-parties.ts'

export interface StartProcedure {
  projectId: string
  procedure: string
  facts: Record<string, unknown>
  as?: string
}

/** Starts a procedure within a project: a change, an extension, a payment. */
export function startProcedure(ctx: TenantContext, input: StartProcedure): Promise<Result<CaseAnswer>> {
  return runOnProject(ctx, {
    projectId: input.projectId,
    action: `start:${input.procedure}`,
    input,
    command: (hand) => startCommand(hand, input),
  })
}

/** The engine's command for a start by the person in hand. */
export function startCommand(hand: CaseInHand, { procedure, facts, as }: StartProcedure): StartCommand {
  return { type: 'start', procedure, facts, by: inTheNameOf(hand, starters(hand, procedure), as) }
}

function starters(hand: CaseInHand, procedure: string): string[] | undefined {
  const { policy } = hand.adopted
  const rule = policy.procedures.get(procedure)
  if (!rule) return undefined
  const env = lookAt(policy, hand.project.state, hand.outside, hand.today)
  return (rule.by ?? policy.steps[rule.steps[0] ?? -1]?.by)?.get(env)?.parties
}
