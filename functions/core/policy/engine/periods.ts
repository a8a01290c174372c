import { addDays, type Day, dayOf, monthOf, yearOf } from '../../values/day.ts'
import type { Env } from '../model.ts'
import type { PeriodRule, Step } from '../model-step.ts'
import { standingRuns } from '../state.ts'
import { stepState } from './read-state.ts'
import { edge } from './window.ts'

/** Periodic instances are derived, never stored (§7): one for each period in which the step is running on its due day. */
export interface Period {
  id: string
  from: Day
  /** Last day of the period, or its `by`. */
  dueOn: Day
  /** Without a `by` it is owed and never overdue. */
  bound: boolean
  done: boolean
}

const MONTHS: Record<PeriodRule['each'], number> = { year: 12, 'half-year': 6, quarter: 3, month: 1 }

/** When the step runs from and until; undefined when it has not begun. */
export function running(env: Env, rule: PeriodRule): { from: Day; until: Day | undefined } | undefined {
  const from = rule.from === undefined ? env.state.openedOn : settledDay(env, rule.from, 'first')
  if (from === undefined) return undefined
  return {
    from,
    until:
      rule.until === undefined
        ? env.state.ended?.on
        : (settledDay(env, rule.until, 'last') ?? env.state.ended?.on),
  }
}

function settledDay(env: Env, index: number, which: 'first' | 'last'): Day | undefined {
  const state = stepState(env, env.policy.steps[index]!)
  if (!state?.done) return undefined
  const days = standingRuns(state).flatMap((run) => (run.settles ? run.on : []))
  return which === 'first' ? days[0] : days[days.length - 1]
}

/** All periods begun by the day of the environment, oldest first. */
export function periodsOf(env: Env, step: Step): Period[] {
  if (typeof step.repeat !== 'object') return []
  const rule = step.repeat
  const span = running(env, rule)
  if (!span) return []
  const length = MONTHS[rule.each]
  const done = new Set(
    (stepState(env, step)?.runs ?? []).filter((run) => !run.undone && run.settles).map((run) => run.period),
  )
  const periods: Period[] = []
  for (let index = firstIndex(span.from, length); ; index += 1) {
    const period = periodAt(index, length, rule)
    const opens = windowOpens(step, period.from)
    if (opens > env.day || periods.length > 400) break
    const isRunning = period.dueOn >= span.from && (span.until === undefined || period.dueOn < span.until)
    if (isRunning || done.has(period.id))
      periods.push({ ...period, from: opens, bound: rule.by !== undefined, done: done.has(period.id) })
  }
  return periods
}

function windowOpens(step: Step, periodFrom: Day): Day {
  const from = step.window?.text.from
  return typeof from === 'string' ? edge(yearOf(periodFrom), from, 'first') : periodFrom
}

function firstIndex(day: Day, length: number): number {
  return Math.floor((yearOf(day) * 12 + monthOf(day) - 1) / length)
}

function periodAt(index: number, length: number, rule: PeriodRule): { id: string; from: Day; dueOn: Day } {
  const month = index * length
  const from = dayOf(Math.floor(month / 12), (month % 12) + 1, 1)
  const next = month + length
  const last = addDays(dayOf(Math.floor(next / 12), (next % 12) + 1, 1), -1)
  const dueOn = rule.by ? dueIn(from, last, rule.by) : last
  return { id: periodId(from, rule.each), from, dueOn }
}

/** The `by` day inside the period; for periods shorter than a year its date in the period's last month. */
function dueIn(from: Day, last: Day, by: string): Day {
  const [month, date] = by.split('-').map(Number)
  const inYear = dayOf(yearOf(from), month!, date!)
  return inYear >= from && inYear <= last ? inYear : dayOf(yearOf(last), monthOf(last), date!)
}

export function periodId(from: Day, each: PeriodRule['each']): string {
  const year = yearOf(from)
  const month = monthOf(from)
  switch (each) {
    case 'year':
      return String(year)
    case 'half-year':
      return `${year}-H${month <= 6 ? 1 : 2}`
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`
    case 'month':
      return `${year}-${String(month).padStart(2, '0')}`
  }
}

/** The period that an execution serves: the one named, else the oldest not done, else the present one. */
export function servedPeriod(env: Env, step: Step, named: string | undefined): Period | undefined {
  const periods = periodsOf(env, step)
  if (named !== undefined) return periods.find((period) => period.id === named)
  return periods.find((period) => !period.done) ?? periods[periods.length - 1]
}
