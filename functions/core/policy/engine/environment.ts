import type { Day } from '../../values/day.ts'
import type { Env, Outside, Policy } from '../model.ts'
import type { CaseState, ProcedureState } from '../state.ts'
import { newMemo } from './applies.ts'

/** The environment for one look at a state on a day. */
export function lookAt(
  policy: Policy,
  state: CaseState,
  outside: Outside,
  day: Day,
  instance?: ProcedureState,
): Env {
  return {
    policy,
    state,
    day,
    outside,
    instance,
    part: undefined,
    overlay: undefined,
    memo: newMemo(policy, hasHistory(state)),
  }
}

function hasHistory(state: CaseState): boolean {
  for (const _ in state.steps) return true
  return state.procedures.length > 0
}

/** The same look after the state was changed under it. */
export function refreshed(env: Env): Env {
  return { ...env, memo: newMemo(env.policy, true) }
}
