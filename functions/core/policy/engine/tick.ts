import { copyOf } from '../../values/copy.ts'
import type { Day } from '../../values/day.ts'
import type { Env, Outside, Policy } from '../model.ts'
import type { Effects, Step } from '../model-step.ts'
import type { CaseState, ProcedureState, StepState } from '../state.ts'
import { applies } from './applies.ts'
import { stampDay } from './due.ts'
import { applyEffects, dayAfter, reopenerOf, restamp, undoReopening } from './effects.ts'
import { lookAt } from './environment.ts'
import { emptyOutside } from './outside.ts'
import { stateKey } from './read-state.ts'

const NEVER = '9999-12-31'

/**
 * What the project does to its unit's sanctions, also what will follow from due days if nothing more is done: written to
 * the unit when the duty arises, each dated to the day after, and gone again when the duty is done (§12).
 */
export function unitSanctionsAhead(
  policy: Policy,
  state: CaseState,
  outside: Outside = emptyOutside,
): CaseState['unitSanctions'] {
  if (!policy.ticks.some((index) => policy.steps[index]!.dues.some((due) => touchesSanctions(due.missed))))
    return state.unitSanctions
  return tick(policy, state, NEVER, outside).unitSanctions
}

function touchesSanctions(effects: Effects | undefined): boolean {
  return effects !== undefined && effects.imposes.length + effects.lifts.length > 0
}

interface Missed {
  step: Step
  state: StepState
  instance: ProcedureState | undefined
  part: string | undefined
  dueOn: Day
  mark: () => void
  rule: number
}

/**
 * Applies what follows from due days missed before `day` (§8), in order of due day then step id, once per stamp, as of
 * the day after. Returns the same object when nothing follows; never changes the one given.
 */
export function tick(policy: Policy, state: CaseState, day: Day, outside: Outside = emptyOutside): CaseState {
  if (policy.ticks.length === 0 || state.ended) return state
  let current = state
  for (let guard = 0; guard < 1_000; guard += 1) {
    const next = firstMissed(policy, current, day, outside)
    if (!next || current.ended) return current
    if (current === state) {
      current = copyOf(state)
      continue
    }
    const on = dayAfter(next.dueOn)
    const effects = next.step.dues[next.rule]!.missed!
    const env = { ...lookAt(policy, current, outside, on, next.instance), part: next.part }
    const reopenedBy = effects.ends === undefined ? undefined : reopenerOf(env, next.step)
    next.mark()
    current.seq += 1
    current.rev += 1
    applyEffects(env, next.step, effects, on, `missed:${next.step.id}`)
    if (effects.ends) endCase(env, next.instance, effects.ends, on, reopenedBy)
    restamp(lookAt(policy, current, outside, on))
  }
  return current
}

const NO_PARTS = [undefined]

function firstMissed(policy: Policy, state: CaseState, day: Day, outside: Outside): Missed | undefined {
  let first: Missed | undefined
  const consider = (
    step: Step,
    own: StepState | undefined,
    instance: ProcedureState | undefined,
    part?: string,
  ): void => {
    if (!own || (own.done && own.demands.length === 0)) return
    const stampOn = own.stamp && !own.done ? stampDay({ state, day }, step, own.stamp) : undefined
    const offer = (dueOn: Day | undefined, done: boolean | undefined, rule: number): void => {
      if (dueOn === undefined || done || dueOn >= day || !step.dues[rule]?.missed) return
      if (first && (first.dueOn < dueOn || (first.dueOn === dueOn && first.step.id <= step.id))) return
      if (applies({ ...lookAt(policy, state, outside, dayAfter(dueOn), instance), part }, step) !== 1) return
      first = { step, state: own, instance, part, dueOn, rule, mark: () => markMissed(own, stampOn, dueOn) }
    }
    offer(stampOn, own.stamp?.missed, own.stamp?.rule ?? 0)
    for (const demand of own.demands) offer(demand.dueOn, demand.missed, 0)
  }
  for (const index of policy.ticks) {
    const step = policy.steps[index]!
    if (step.procedure === undefined || step.procedure === state.procedure)
      for (const part of step.each === undefined ? NO_PARTS : (state.parts[step.each] ?? []))
        consider(step, state.steps[stateKey(step, part?.id)], undefined, part?.id)
    else
      for (const one of state.procedures)
        if (one.procedure === step.procedure && !one.result) consider(step, one.steps[step.id], one)
  }
  return first
}

/** One missed day of a step has its effects once, whether a stamp, a demand or both carry it. */
function markMissed(own: StepState, stampOn: Day | undefined, dueOn: Day): void {
  if (own.stamp && stampOn === dueOn) own.stamp.missed = true
  for (const demand of own.demands) if (demand.dueOn === dueOn) demand.missed = true
}

/**
 * Ends a procedure, or the case; a main step that is open because a procedure reopened it ends that procedure instead,
 * and the reopening is undone (†).
 */
export function endCase(
  env: Env,
  instance: ProcedureState | undefined,
  result: string,
  on: Day,
  reopenedBy?: ProcedureState,
): void {
  if (reopenedBy) undoReopening(env, reopenedBy)
  const ending = reopenedBy ?? instance
  if (!ending) {
    env.state.ended = { result, on, seq: env.state.seq }
    return
  }
  ending.result = result
  ending.endedOn = on
  ending.endedSeq = env.state.seq
}
