import type { Env } from '../policy/model.ts'
import type { OutcomeRule } from '../policy/model-step.ts'
import type { StepState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

/** The execution that sent a step back. */
export interface ReturnStanding {
  step: string
  title: string
  /** Run of a procedure, such as `change-1`. */
  procedure?: string
  /** The number of the execution among those of its step. */
  n: number
  on: Day
  by: string[]
  outcome: string
  article: string[]
}

/**
 * Whether an outcome sends back what was done, to be corrected: somebody has to do it again and must know why. What
 * brings something to a good end by having it done again (`ends`), or lets it be declared anew, is no return.
 */
export function sendsBack({ effects }: OutcomeRule): boolean {
  return effects.ends === undefined && effects.reopens.some(({ anew }) => !anew)
}

/** Whether one of those who act together on a step has already said something with it. */
export function isRemarked(own: StepState | undefined, rev: number): boolean {
  return own?.confirmations.some((one) => one.rev === rev && one.beside?.remark) ?? false
}

/** Who sent a step back, when and with which outcome; undefined where it was not an execution that did. */
export function returnOf(env: Env, own: StepState | undefined): ReturnStanding | undefined {
  const { reopened } = own ?? {}
  if (!reopened) return undefined
  const homes = [
    { steps: env.state.steps, procedure: undefined },
    ...env.state.procedures.map((one) => ({ steps: one.steps, procedure: one.id })),
  ]
  for (const { steps, procedure } of homes)
    for (const [key, state] of Object.entries(steps)) {
      const run = state.runs.find((one) => one.seq === reopened.seq)
      if (!run) continue
      const id = key.split('#')[0]!
      const step = env.policy.steps[env.policy.stepIndex.get(id) ?? -1]
      return {
        step: id,
        title: step?.title ?? id,
        ...(procedure ? { procedure } : {}),
        n: run.n,
        on: run.on,
        by: run.by,
        outcome: step?.outcomes.find((one) => one.id === run.outcome)?.title ?? run.outcome,
        article: reopened.article ?? step?.article ?? [],
      }
    }
  return undefined
}
