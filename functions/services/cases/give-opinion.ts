import type { TenantContext } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Result } from '../result.ts'
import type { CaseAnswer } from './case-answer.ts'
import { runOnProject } from './case-command.ts'
import { oneVoice, partiesAsked } from './wanted-parties.ts'

/** A word on an aspect, or on the whole; `as` where the organisation holds several parties that are asked. */
export interface OpinionWord {
  value: 'agree' | 'object'
  aspect?: string
  remark?: string
  as?: string
}

export interface GiveOpinions {
  projectId: string
  step: string
  words: readonly OpinionWord[]
  procedure?: string
}

/** Gives the opinions of the actor's organisation on a step that asks for them: one act, all of them or none. */
export function giveOpinions(ctx: TenantContext, input: GiveOpinions): Promise<Result<CaseAnswer>> {
  const { projectId, step, words, procedure } = input
  requireOnce(words)
  return runOnProject(ctx, {
    projectId,
    action: `opinion:${step}`,
    input,
    command: (hand) => {
      const asked = partiesAsked(hand, step, 'opinion', procedure)
      return words.map(({ as, ...word }) => ({
        type: 'opinion' as const,
        step,
        by: oneVoice(hand, asked, as),
        ...word,
        procedure,
      }))
    },
  })
}

/** Of two words on one aspect sent together it would not be clear which is meant: throws `malformed`. */
export function requireOnce(words: readonly OpinionWord[]): void {
  const said = words.map(({ as = '', aspect = '' }) => `${as} ${aspect}`)
  const twice = said.findIndex((one, i) => said.indexOf(one) < i)
  if (twice >= 0)
    throw new AppError('malformed', '同一方面的意见写了两次', {
      errors: [{ pointer: `#/opinions/${twice}`, detail: words[twice]!.aspect ?? '总体意见' }],
    })
}
