import type { CaseEvent } from '../policy/command.ts'
import { applyEvent } from '../policy/engine/apply.ts'
import { emptyOutside } from '../policy/engine/outside.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { CaseState } from '../policy/state.ts'
import type { Calendar } from '../values/workdays.ts'

/** Folds a whole log into a state; what rebuild, transition and the auditor use. */
export function replay(
  policy: Policy,
  events: Iterable<CaseEvent>,
  calendar: Calendar,
): CaseState | undefined {
  const outside: Outside = { ...emptyOutside, calendar }
  let state: CaseState | undefined
  for (const event of events) state = applyEvent(policy, state, event, outside)
  return state
}

/** Folds one event. */
export function evolve(
  policy: Policy,
  state: CaseState | undefined,
  event: CaseEvent,
  calendar: Calendar,
): CaseState {
  return applyEvent(policy, state, event, { ...emptyOutside, calendar })
}
