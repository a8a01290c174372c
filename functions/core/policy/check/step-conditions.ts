import { textOf } from '../compile/compile.ts'
import { governs } from '../engine/applies.ts'
import type { Tri } from '../model.ts'
import type { Step } from '../model-step.ts'
import type { Placed } from './conditions.ts'
import type { AssignedEnv, Lens } from './lens.ts'

/** Under which conditions a step applies, nothing having been executed. */

/** Those that give the track, where the track decides which steps there are. */
export function trackConditions(lens: Lens, step: Step): Placed[] {
  return lens.policy.restricted && step.procedure === undefined ? lens.scopeConditions() : []
}

/** Those of its stage and its own. */
export function ownConditions(lens: Lens, step: Step): Placed[] {
  const stage = lens.document.stages[step.stage]
  const { when } = textOf(lens.document, step)
  return [
    ...(stage?.when && step.procedure === undefined ? [{ condition: stage.when, scope: {} }] : []),
    ...(when ? [{ condition: when, scope: { step: step.id, procedure: step.procedure } }] : []),
  ]
}

export function conditionsOfStep(lens: Lens, step: Step): Placed[] {
  return [...trackConditions(lens, step), ...ownConditions(lens, step)]
}

/** Whether a step applies by its track, stage and condition. */
export function appliesIn(lens: Lens, env: AssignedEnv, step: Step): Tri {
  const values = ownConditions(lens, step).map((placed) => lens.guard(placed).test(env))
  if (step.procedure === undefined) values.push(governs(env, step))
  return values.includes(0) ? 0 : values.includes(2) ? 2 : 1
}
