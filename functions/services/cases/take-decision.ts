import type { TenantContext } from '../context.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'
import { oneVoice } from './wanted-parties.ts'

export interface TakeDecision {
  projectId: string
  decision: string
  value: string
  reason: string
  as?: string
}

/** Decides a matter that the policy leaves to a party's discretion, with the reason. */
export function takeDecision(ctx: TenantContext, input: TakeDecision): Promise<Result<CaseAnswer>> {
  const { projectId, decision, value, reason } = input
  return runOnProject(ctx, {
    projectId,
    action: `decide:${decision}`,
    input,
    command: (hand) => {
      const rule = hand.adopted.policy.decisions.get(decision)
      return { type: 'decide', decision, value, reason, by: oneVoice(hand, rule ? [rule.by] : [], input.as) }
    },
  })
}
