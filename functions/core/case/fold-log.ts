import type { CaseEvent } from '../policy/command.ts'
import type { Policy } from '../policy/model.ts'
import type { CaseState } from '../policy/state.ts'
import type { Calendar } from '../values/workdays.ts'
import { evolve } from './evolve.ts'
import { transferState } from './transition.ts'

/** An event of a project's log; readers may carry more of its row along. */
export interface Logged {
  event: CaseEvent
}

/** Events after which the state is not a matter of the state before and of the event alone: the log is needed. */
export function readsLog(type: string): boolean {
  return type === 'withdrawn' || type === 'transferred'
}

/** The entries of a log that still count: without what was taken back, and without the taking back. */
export function countingOf<T extends Logged>(log: Iterable<T>): T[] {
  const counting: T[] = []
  for (const one of log)
    if (one.event.type === 'withdrawn') counting.splice(Math.max(1, counting.length - one.event.takes))
    else counting.push(one)
  return counting
}

/** The version that judges an event of a case in the state before it. */
export type Judge<T> = (state: CaseState | undefined, entry: T) => Policy

/** Folds a whole log into the state that it makes; undefined for an empty one. */
export function foldLog<T extends Logged>(
  log: Iterable<T>,
  judge: Judge<T>,
  calendar: Calendar,
): CaseState | undefined {
  let state: CaseState | undefined
  const past: CaseEvent[] = []
  for (const one of countingOf(log)) {
    state = foldNext(state, past, one, judge, calendar)
    past.push(one.event)
  }
  return state
}

/** Folds one more entry that counts; `past` are the events that count before it. */
export function foldNext<T extends Logged>(
  state: CaseState | undefined,
  past: readonly CaseEvent[],
  one: T,
  judge: Judge<T>,
  calendar: Calendar,
): CaseState {
  const policy = judge(state, one)
  if (one.event.type !== 'transferred') return evolve(policy, state, one.event, calendar)
  const moved = transferState(policy, past, one.event, calendar)
  if (!moved) throw new Error(`the project ends by being taken over by the version of ${one.event.to}`)
  return moved
}

/** The version that binds a case, where its state or the event itself says so. */
export function boundBy(state: CaseState | undefined, event: CaseEvent): string | undefined {
  if (event.type === 'transferred') return event.to
  return state?.version ?? ('version' in event ? event.version : undefined)
}
