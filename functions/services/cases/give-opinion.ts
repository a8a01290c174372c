import type { TenantContext } from '../context.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'
import { oneVoice, partiesAsked } from './wanted-parties.ts'

export interface GiveOpinion {
  projectId: string
  step: string
  value: 'agree' | 'object'
  aspect?: string
  remark?: string
  as?: string
  procedure?: string
}

/** Gives the opinion of the actor's organisation on a step that asks for it. */
export function giveOpinion(ctx: TenantContext, input: GiveOpinion): Promise<Result<CaseAnswer>> {
  const { projectId, step, value, aspect, remark, procedure } = input
  return runOnProject(ctx, {
    projectId,
    action: `opinion:${step}`,
    input,
    command: (hand) => {
      const by = oneVoice(hand, partiesAsked(hand, step, 'opinion', procedure), input.as)
      return { type: 'opinion', step, by, value, aspect, remark, procedure }
    },
  })
}
