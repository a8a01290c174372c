import { pathOf, textOf } from '../compile/compile.ts'
import type { Path } from '../compile/compiler.ts'
import { reopenPath } from '../compile/graph.ts'
import type { Policy } from '../model.ts'
import type { Effects, OutcomeRule, Step } from '../model-step.ts'

/** Effects with what carries them: an outcome of a step, or its missed due day. */
export interface Effecting {
  step: Step
  outcome?: OutcomeRule
  effects: Effects
  path: Path
}

/** Where an outcome is written; the step itself when it declares none. */
export function outcomePath(policy: Policy, step: Step, outcome: string): Path {
  const base = pathOf(step)
  return textOf(policy.document, step).outcomes ? [...base, 'outcomes', outcome] : base
}

/** All effects of a policy. */
export function effectsOf(policy: Policy): Effecting[] {
  return policy.steps.flatMap((step) => {
    const outcomes: Effecting[] = step.outcomes.map((outcome) => ({
      step,
      outcome,
      effects: outcome.effects,
      path: outcomePath(policy, step, outcome.id),
    }))
    const isList = Array.isArray(textOf(policy.document, step).due)
    const missed: Effecting[] = step.dues.flatMap((due, i) =>
      due.missed
        ? [{ step, effects: due.missed, path: [...pathOf(step), 'due', ...(isList ? [i] : []), 'missed'] }]
        : [],
    )
    return [...outcomes, ...missed]
  })
}

/** Steps that some effect demands. */
export function demandedSteps(all: Effecting[]): Set<string> {
  return new Set(all.flatMap(({ effects }) => effects.demands.map((demand) => demand.step)))
}

/** Steps that some effect resets. */
export function reopenedSteps(policy: Policy, all: Effecting[]): Set<number> {
  return new Set(
    all.flatMap(({ step, effects }) => effects.reopens.flatMap((effect) => reopenPath(policy, step, effect))),
  )
}
