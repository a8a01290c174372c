import { formatSpan, leastDays as leastOf, type Span } from '../../values/span.ts'

/** Spans one after another, by unit. */
export type Total = Record<Span['unit'], number>

export const NOTHING: Total = { days: 0, workdays: 0, months: 0 }

export function plus(total: Total, span: Span | undefined): Total {
  return span ? { ...total, [span.unit]: total[span.unit] + span.count } : total
}

/** The fewest calendar days that the spans can take together. */
export function leastDays(total: Total): number {
  return total.days + total.workdays + leastOf({ count: total.months, unit: 'months' })
}

/** The most calendar days that a span can take: long holidays make working days far apart. */
function mostDays(span: Span): number {
  if (span.unit === 'days') return span.count
  if (span.unit === 'workdays') return Math.ceil(span.count * 1.4) + 16
  return Math.ceil(span.count * 30.4375) + 2
}

/** Whether the spans together are certainly longer than the term, whatever the days. */
export function exceeds(total: Total, term: Span): boolean {
  const units = (Object.keys(total) as Span['unit'][]).filter((unit) => total[unit] > 0)
  if (units.length === 1 && units[0] === term.unit) return total[term.unit] > term.count
  return leastDays(total) > mostDays(term)
}

/** 「7个月又10日」. */
export function totalText(total: Total): string {
  const units: Span['unit'][] = ['months', 'days', 'workdays']
  return units
    .filter((unit) => total[unit] > 0)
    .map((unit) => formatSpan({ count: total[unit], unit }))
    .join('又')
}
