import type { Env } from '../model.ts'
import type { Step } from '../model-step.ts'
import { applies, edgeHolds } from './applies.ts'
import { periodsOf, running } from './periods.ts'
import { somePart, stepState } from './read-state.ts'
import { isOpenNow } from './survey.ts'

/** The stage of a case (§16): derived from its steps, never stored by hand. */
export function stageOf(env: Env): string {
  const { policy, state } = env
  if (state.ended) return 'closed'
  const holders = policy.main
    .map((index) => policy.steps[index]!)
    .filter((step) => somePart(env, step, holds))
  const waited = holders
    .filter((step) => isWaitedFor(env, step))
    .sort((a, b) => a.stageIndex - b.stageIndex || a.index - b.index)[0]
  if (waited) return delayedBy(env, waited)?.stage ?? waited.stage
  if (isSettled(env) && !policy.main.some((index) => isPeriodicRunning(env, policy.steps[index]!)))
    return 'closed'
  let latest: Step | undefined
  for (const index of policy.main) {
    const step = policy.steps[index]!
    if (step.repeatEach) continue
    if (latest && step.stageIndex <= latest.stageIndex) continue
    if (somePart(env, step, isReached)) latest = step
  }
  return latest?.stage ?? policy.stages[0]!.id
}

function isReached(env: Env, step: Step): boolean {
  if (stepState(env, step)?.done) return true
  return step.owed.get(env) !== 'never' && !step.aside && isOpenNow(env, step)
}

/** Pending in a way that can hold a stage: owed, ordinary, not periodic, demanded, optional or aside. */
function holds(env: Env, step: Step): boolean {
  if (step.aside || step.repeatEach || step.owed.get(env) !== 'always') return false
  const own = stepState(env, step)
  if (own?.done || (own?.demands.length ?? 0) > 0) return false
  return applies(env, step) === 1
}

function isWaitedFor(env: Env, step: Step): boolean {
  return step.successors.some((index) => {
    const other = env.policy.steps[index]!
    if (
      other.procedure ||
      other.stageIndex <= step.stageIndex ||
      other.repeatEach ||
      other.owed.get(env) !== 'always'
    )
      return false
    return somePart(env, other, isStillDue)
  })
}

function isStillDue(env: Env, step: Step): boolean {
  return !stepState(env, step)?.done && applies(env, step) !== 0
}

/** The step from which a delay runs, when the waiting step lacks nothing else. */
function delayedBy(env: Env, step: Step): Step | undefined {
  const failing = step.edges.filter((edge) => edgeHolds(env, edge) !== 1)
  const only = failing.length === 1 ? failing[0]! : undefined
  return only?.delay && edgeHolds(env, only, true) === 1 ? env.policy.steps[only.target] : undefined
}

/** Nothing pending, nothing owed that is undetermined (§1). */
export function isSettled(env: Env): boolean {
  if (env.state.ended) return true
  if (env.state.procedures.some((one) => !one.result)) return false
  return env.policy.main.every((index) => {
    const step = env.policy.steps[index]!
    return !somePart(env, step, isStepUnsettled)
  })
}

function isStepUnsettled(env: Env, step: Step): boolean {
  const own = stepState(env, step)
  if ((own?.demands.length ?? 0) > 0) return true
  if (applies(env, step) === 0) return false
  if (step.repeatEach) return periodsOf(env, step).some((period) => !period.done)
  return !own?.done && (step.owed.get(env) !== 'never' || own?.reopened !== undefined)
}

function isPeriodicRunning(env: Env, step: Step): boolean {
  if (typeof step.repeat !== 'object' || applies(env, step) === 0) return false
  const span = running(env, step.repeat)
  return span !== undefined && span.until === undefined
}
