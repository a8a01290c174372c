import { addDays, addMonths, type Day, daysBetween } from './day.ts'
import { addWorkdays, type Calendar, type Reckoned, workdaysBetween } from './workdays.ts'

/** A length of time as the articles count it. */
export interface Span {
  count: number
  unit: 'days' | 'workdays' | 'months'
}

const SPAN = /^(\d{1,4})\s*(days?|workdays?|months?|years?|weeks?|天|日|个工作日|工作日|个月|月|年)$/

/** Reads `6 months`, `30 days`, `10 workdays`, `1 year`; undefined when the text is no span. */
export function parseSpan(text: string): Span | undefined {
  const match = SPAN.exec(text.trim())
  if (!match) return undefined
  const count = Number(match[1])
  const unit = match[2]!
  if (unit.startsWith('workday') || unit.endsWith('工作日')) return { count, unit: 'workdays' }
  if (unit.startsWith('month') || unit.endsWith('月')) return { count, unit: 'months' }
  if (unit.startsWith('year') || unit === '年') return { count: count * 12, unit: 'months' }
  if (unit.startsWith('week')) return { count: count * 7, unit: 'days' }
  return { count, unit: 'days' }
}

/** `from` plus the span; the first day is not counted, months end on the same date or the month's last. */
export function addSpan(from: Day, span: Span, calendar: Calendar): Reckoned {
  switch (span.unit) {
    case 'days':
      return { day: addDays(from, span.count), provisional: false }
    case 'months':
      return { day: addMonths(from, span.count), provisional: false }
    case 'workdays':
      return addWorkdays(from, span.count, calendar)
  }
}

/** A stretch of days: the first is not counted, the last is. */
export interface Stretch {
  from: Day
  to: Day
}

/** `from` plus what is left of the span when `used` has been taken off it; at least one day is left. */
export function addRest(from: Day, span: Span, used: Stretch[], calendar: Calendar): Reckoned {
  if (used.length === 0) return addSpan(from, span, calendar)
  if (span.unit === 'workdays') {
    const spent = used.reduce((sum, one) => sum + workdaysBetween(one.from, one.to, calendar), 0)
    return addWorkdays(from, Math.max(1, span.count - spent), calendar)
  }
  const spent = used.reduce((sum, one) => sum + daysBetween(one.from, one.to), 0)
  const whole = addSpan(from, span, calendar)
  const left = daysBetween(from, whole.day) - spent
  return { day: addDays(from, Math.max(1, left)), provisional: whole.provisional }
}

/** The span before a day: `10 workdays` ahead of it. */
export function subtractSpan(from: Day, span: Span, calendar: Calendar): Reckoned {
  return addSpan(from, { ...span, count: -span.count }, calendar)
}

const UNIT_TEXT = { days: '日', workdays: '个工作日', months: '个月' } as const

/** The span in Chinese: `6个月`. */
export function formatSpan(span: Span): string {
  return `${span.count}${UNIT_TEXT[span.unit]}`
}

/** The least number of calendar days that the span can take, whenever it begins; for comparing spans of different units. */
export function leastDays(span: Span): number {
  if (span.unit !== 'months') return span.count
  // Around 2100, which is no leap year, every run of months is as short as it gets.
  let least = Number.POSITIVE_INFINITY
  for (let month = 1; month <= 96; month += 1) {
    const from = addDays(addMonths('2096-03-01', month), -1)
    least = Math.min(least, daysBetween(from, addMonths(from, span.count)))
  }
  return least
}
