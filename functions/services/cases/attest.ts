import type { TenantContext } from '../context.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'
import { oneVoice, partiesAsked } from './wanted-parties.ts'

export interface Attest {
  projectId: string
  step: string
  as?: string
  procedure?: string
}

/** Attests, for the witnessing organisation, that it is present at a step. */
export function attest(ctx: TenantContext, input: Attest): Promise<Result<CaseAnswer>> {
  const { projectId, step, procedure } = input
  return runOnProject(ctx, {
    projectId,
    action: `attest:${step}`,
    input,
    command: (hand) => {
      const by = oneVoice(hand, partiesAsked(hand, step, 'witness', procedure), input.as)
      return { type: 'witness', step, by, procedure }
    },
  })
}
