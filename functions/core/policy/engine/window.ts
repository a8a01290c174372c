import { addDays, type Day, dayOf, daysInMonth, yearOf } from '../../values/day.ts'
import { rollToWorkday } from '../../values/workdays.ts'
import type { Env } from '../model.ts'
import type { Step } from '../model-step.ts'

/** Whether a step's window is open, and when it opens next (§9). */
export interface WindowLook {
  state: 'open' | 'closed' | 'undetermined' | 'unannounced'
  from?: Day
  to?: Day
  missing?: string[]
  late: 'refuse' | 'note'
  /** Closed since this hour of the last day. */
  at?: string
}

/**
 * Looks at the window of a step on the day of the environment, and at its hour where one is given: after the hour of
 * closing what is handed in counts for the next day; where receipt counts, for the working day on which it can be received.
 */
export function lookWindow(env: Env, step: Step): WindowLook | undefined {
  const look = lookDay(env, step)
  const text = step.window?.text
  if (look?.state !== 'open' || look.to === undefined || (!text?.at && text?.counts !== 'receipt'))
    return look
  const isLate = text.at !== undefined && env.outside.time !== undefined && env.outside.time > text.at
  const day = isLate ? addDays(env.day, 1) : env.day
  const counted = text.counts === 'receipt' ? rollToWorkday(day, env.outside.calendar).day : day
  return counted > look.to ? { ...look, state: 'closed', ...(isLate ? { at: text.at } : {}) } : look
}

/** By days alone; undefined when the step has no window that applies. */
function lookDay(env: Env, step: Step): WindowLook | undefined {
  const window = step.window
  if (!window) return undefined
  const late = window.text.late ?? 'refuse'
  if (window.when) {
    const when = window.when.test(env)
    if (when === 0) return undefined
    if (when === 2) {
      const missing = new Set<string>()
      window.when.missing(env, missing)
      return { state: 'undetermined', missing: [...missing], late }
    }
  }
  if (window.text.announced) return announcedLook(env, step, late)
  if (window.from || window.to) return factLook(env, step, late)
  const bounds = windowYears(env, step)
  if (bounds === undefined) return { state: 'undetermined', missing: ['planYear'], late }
  for (const year of bounds) {
    const span = boundsIn(year, window.text.from as string | undefined, window.text.to as string | undefined)
    if (span.from <= env.day && env.day <= span.to) return { state: 'open', ...span, late }
    if (env.day < span.from) return { state: 'closed', ...span, late }
  }
  const last = bounds[bounds.length - 1]!
  return {
    state: 'closed',
    ...boundsIn(last, window.text.from as string | undefined, window.text.to as string | undefined),
    late,
  }
}

/** Years in which the window lies: one for a plan year, else those around the day. */
function windowYears(env: Env, step: Step): number[] | undefined {
  const rule = step.window!
  if (rule.text.for === undefined) {
    const year = yearOf(env.day)
    return [year - 1, year, year + 1]
  }
  const planYear = rule.year?.(env)
  if (typeof planYear !== 'number') return undefined
  return [rule.text.for === 'next-year' ? planYear - 1 : planYear]
}

/** First and last day in a year; without `from` it opens the day after it last closed; it may cross the new year. */
export function boundsIn(
  year: number,
  from: string | undefined,
  to: string | undefined,
): { from: Day; to: Day } {
  const end = to === undefined ? dayOf(year, 12, 31) : edge(year, to, 'last')
  if (from === undefined) return { from: addDays(edge(year - 1, to ?? '12-31', 'last'), 1), to: end }
  const start = edge(year, from, 'first')
  return start <= end ? { from: start, to: end } : { from: start, to: edge(year + 1, to ?? '12-31', 'last') }
}

/** The first such last day on or after a day, and the last such first day on or before it. */
function nextEdge(day: Day, bound: string): Day {
  const inYear = edge(yearOf(day), bound, 'last')
  return inYear >= day ? inYear : edge(yearOf(day) + 1, bound, 'last')
}

function lastEdge(day: Day, bound: string): Day {
  const inYear = edge(yearOf(day), bound, 'first')
  return inYear <= day ? inYear : edge(yearOf(day) - 1, bound, 'first')
}

export function edge(year: number, bound: string, which: 'first' | 'last'): Day {
  if (bound.startsWith('Q')) {
    const quarter = Number(bound[1])
    const month = which === 'first' ? quarter * 3 - 2 : quarter * 3
    return dayOf(year, month, which === 'first' ? 1 : 31)
  }
  const month = Number(bound.slice(0, 2))
  const rest = bound.slice(3)
  if (rest === '') return dayOf(year, month, which === 'first' ? 1 : 31)
  const thirds: Record<string, [number, number]> = {
    early: [1, 10],
    mid: [11, 20],
    late: [21, daysInMonth(year, month)],
  }
  const third = thirds[rest]
  return dayOf(year, month, third ? third[which === 'first' ? 0 : 1] : Number(rest))
}

function announcedLook(env: Env, step: Step, late: 'refuse' | 'note'): WindowLook {
  const year = step.window!.year?.(env)
  const span = env.outside.announced?.[step.id]?.[String(year ?? yearOf(env.day))]
  if (!span) return { state: 'unannounced', late }
  const from = span.from ?? '0000-01-01'
  return {
    state: from <= env.day && env.day <= span.to ? 'open' : 'closed',
    from: span.from,
    to: span.to,
    late,
  }
}

function factLook(env: Env, step: Step, late: 'refuse' | 'note'): WindowLook {
  const window = step.window!
  const missing: string[] = []
  const bound = (read: typeof window.from, text: unknown): Day | undefined => {
    if (!read) return undefined
    const value = read(env)
    if (typeof value === 'string') return value
    missing.push((text as { fact: string }).fact)
    return undefined
  }
  let from = bound(window.from, window.text.from)
  let to = bound(window.to, window.text.to)
  if (missing.length > 0) return { state: 'undetermined', missing, late }
  const { from: fromText, to: toText } = window.text
  if (from !== undefined && typeof toText === 'string') to = nextEdge(from, toText)
  if (to !== undefined && typeof fromText === 'string') from = lastEdge(to, fromText)
  const open = (from === undefined || from <= env.day) && (to === undefined || env.day <= to)
  return { state: open ? 'open' : 'closed', from, to, late }
}
