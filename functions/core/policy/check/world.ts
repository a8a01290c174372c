import { addDays, type Day } from '../../values/day.ts'
import { lookAt } from '../engine/environment.ts'
import type { Outside } from '../model.ts'
import {
  type CaseState,
  newCase,
  newStepState,
  type ProcedureState,
  type Run,
  type StepState,
  type Value,
} from '../state.ts'
import type { AssignedEnv, Lens, Variable } from './lens.ts'

/** Values of variables, by their ids; what is missing is not known. */
export type Assignment = Map<string, Value>

/** The day on which conditions are looked at when no case is played. */
export const LOOK_DAY: Day = '2026-07-01'

/**
 * An environment in which exactly the assigned variables are known. It is built for looking at conditions only: no
 * case reaches such a state by itself.
 */
export function worldOf(lens: Lens, variables: Variable[], assignment: Assignment): AssignedEnv {
  const state = newCase('check', LOOK_DAY, {}, {})
  const outside: Outside = {
    unit: { facts: {}, sanctions: [] },
    calendar: { years: new Set(), off: new Set(), work: new Set() },
  }
  const assigned: Assignment = new Map()
  for (const variable of variables) {
    const value = assignment.get(variable.id)
    if (value === undefined) continue
    if (variable.kind === 'computed') assigned.set(variable.id, value)
    else put(lens, state, outside, variable, value)
  }
  const instance = state.procedures[state.procedures.length - 1]
  return { ...lookAt(lens.policy, state, outside, LOOK_DAY, instance), assigned }
}

function put(lens: Lens, state: CaseState, outside: Outside, variable: Variable, value: Value): void {
  switch (variable.kind) {
    case 'fact':
      if (variable.procedure) instanceIn(state, variable.procedure).facts[variable.tail] = value
      else if (lens.document.facts[variable.id]?.of === 'unit') outside.unit.facts[variable.id] = value
      else state.facts[variable.id] = value
      return
    case 'decision':
      state.decisions[variable.id] = { value: String(value), by: '', reason: '', on: LOOK_DAY, seq: 0 }
      return
    case 'record':
      runOf(lens, state, variable.step!).records[variable.tail] = value
      return
    case 'supplied':
      return supply(lens, state, variable, value)
    case 'word': {
      const own = stepIn(lens, state, variable.step!)
      if (value === 'done') own.done = true
      if (value === 'overdue') own.stamp = overdueStamp()
      return
    }
    case 'result': {
      const instance = instanceIn(state, variable.procedure!)
      if (variable.tail === 'result') instance.result = String(value)
      else if (value === false) instance.result ??= 'effective'
      return
    }
    case 'track':
      state.track = String(value)
      return
    case 'computed':
    case 'table':
      return
  }
}

function supply(lens: Lens, state: CaseState, variable: Variable, value: Value): void {
  const { tail } = variable
  const id = variable.step!
  const own = stepIn(lens, state, id)
  if (tail === 'done') own.done = value === true
  else if (tail === 'overdue') own.stamp = value === true ? overdueStamp() : undefined
  else if (tail === 'on') runOf(lens, state, id).on = String(value)
  else if (tail === 'outcome') runOf(lens, state, id).outcome = String(value)
  else if (tail.startsWith('times')) {
    const outcome = tail.slice('times.'.length)
    for (let n = own.runs.length; n < Number(value); n += 1) own.runs.push(newRun(n + 1, outcome))
  } else if (tail.startsWith('previous.')) {
    const last = runOf(lens, state, id)
    own.runs.unshift({ ...newRun(0, last.outcome), records: { [tail.slice('previous.'.length)]: value } })
  }
}

function overdueStamp(): NonNullable<StepState['stamp']> {
  return { dueOn: addDays(LOOK_DAY, -1), provisional: false, key: 'check', seq: 0 }
}

function instanceIn(state: CaseState, procedure: string): ProcedureState {
  const found = state.procedures.find((one) => one.procedure === procedure)
  if (found) return found
  const made = { id: `${procedure}-1`, procedure, openedOn: LOOK_DAY, seq: 0, facts: {}, steps: {} }
  state.procedures.push(made)
  return made
}

function stepIn(lens: Lens, state: CaseState, id: string): StepState {
  const step = lens.policy.steps[lens.policy.stepIndex.get(id)!]!
  const home = step.procedure === undefined ? state.steps : instanceIn(state, step.procedure).steps
  home[id] ??= newStepState()
  return home[id]
}

function runOf(lens: Lens, state: CaseState, id: string): Run {
  const own = stepIn(lens, state, id)
  if (own.runs.length === 0) own.runs.push(newRun(1, ''))
  return own.runs[own.runs.length - 1]!
}

function newRun(n: number, outcome: string): Run {
  const run = { n, seq: 0, on: LOOK_DAY, entered: LOOK_DAY, by: [], outcome, settles: true }
  return { ...run, records: {}, materials: [] }
}
