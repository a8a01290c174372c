import type { Step } from '../model-step.ts'
import { variants } from './climb.ts'
import type { Cut } from './cuts.ts'
import { Grid, strideOf } from './grid.ts'
import type { Lens } from './lens.ts'
import type { Liveness } from './liveness.ts'
import type { Wishes } from './play-values.ts'
import { conditionsOfStep, ownConditions } from './step-conditions.ts'

const MOST_ASSIGNMENTS = 6

/** Looks for classes in which a step is done that no run has reached. */
export function reachTargets(live: Liveness): void {
  for (const step of live.lens.policy.steps) {
    if (step.owed.fixed === 'on-demand') continue
    if (live.lens.policy.procedures.get(step.procedure ?? '')?.on === 'batch') continue
    for (const wishes of applying(live.lens, step)) {
      if (live.executed.has(step.id)) break
      for (const base of live.bases.values()) reach(live, step, new Map([...base.wishes, ...wishes]), wishes)
    }
  }
}

function reach(live: Liveness, step: Step, wishes: Wishes, fixed: Wishes): void {
  const plan = { wishes, optional: 'eager', procedure: step.procedure } as const
  for (const _ of variants(live, plan, fixed)) if (live.executed.has(step.id)) return
}

/** Some assignments in which the step applies, spread over all that there are. */
function applying(lens: Lens, step: Step): Wishes[] {
  const guards = ownConditions(lens, step).map((placed) => lens.guard(placed))
  const grid = new Grid(lens, conditionsOfStep(lens, step))
  const found = [...grid.assignments()].filter((assignment) => {
    const env = grid.world(assignment)
    return guards.every((guard) => guard.test(env) === 1)
  })
  const stride = found.length <= MOST_ASSIGNMENTS ? 1 : strideOf(found.length)
  return Array.from({ length: Math.min(found.length, MOST_ASSIGNMENTS) }, (_, i) => {
    const assignment = found[(i * stride) % found.length]!
    return new Map([...assignment].map(([id, value]): [string, Cut] => [id, { kind: 'value', value }]))
  })
}
