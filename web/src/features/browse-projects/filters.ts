import type { EXCEPTION_TITLES } from '../../../../functions/core/case/exceptions.ts'

/** Which of the three ways of looking at projects: daily work, money, exceptions. */
export type Area = 'projects' | 'finance' | 'audit'

/** Filters as they stand in the address, by the same names as the service asks for them. */
export const FILTERS = [
  'word',
  'stage',
  'year',
  'organisation',
  'nature',
  'category',
  'track',
  'least',
  'most',
  'due',
  'ended',
  'exception',
  'gated',
  'rule',
  'order',
] as const
export type FilterName = (typeof FILTERS)[number]
export type Filters = Partial<Record<FilterName, string>>

export type Order = '-updated' | 'updated' | '-amount' | 'amount' | '-due' | 'due'
type Kind = keyof typeof EXCEPTION_TITLES

/** What a filter may say, where not everything is allowed; anything else in an address is passed over. */
const ALLOWED: Partial<Record<FilterName, RegExp>> = {
  year: /^\d{4}$/,
  due: /^(overdue|soon)$/,
  ended: /^(true|false)$/,
  exception: /^[a-z-]+$/,
  rule: /^[a-z]{2,20}:\S.{0,260}$/,
  order: /^-?(updated|amount|due)$/,
}

/** The filters of an address; the audit view looks at what is out of order unless it is told otherwise. */
export function filtersIn(asked: URLSearchParams, area: Area): Filters {
  const found = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const said = asked.get(name)
      return said && (ALLOWED[name]?.test(said) ?? true) ? [[name, said]] : []
    }),
  )
  return area === 'audit' && !found.exception ? { ...found, exception: 'any' } : found
}

/** What a view keeps of an address: its filters, not the place in the list. */
export function keptQuery(asked: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const name of FILTERS) if (asked.get(name)) kept.set(name, asked.get(name)!)
  return kept.toString()
}

/** The query of the list. */
export function listQuery(filters: Filters) {
  const { due, ended, exception, gated, order, least, most, ...rest } = filters
  return {
    ...rest,
    ...(isAmount(least) ? { least } : {}),
    ...(isAmount(most) ? { most } : {}),
    ...(due ? { due: due as 'overdue' | 'soon' } : {}),
    ...(ended ? { ended: ended as 'true' | 'false' } : {}),
    ...(exception && exception !== 'all' ? { exception: exception as Kind | 'any' } : {}),
    ...(gated ? { gated: 'true' as const } : {}),
    ...(order ? { order: order as Order } : {}),
  }
}

/** The same as the body of an export. */
export function exportBody(filters: Filters) {
  const { year, ended, gated, ...rest } = listQuery(filters)
  return {
    ...rest,
    ...(year ? { year: Number(year) } : {}),
    ...(ended ? { ended: ended === 'true' } : {}),
    ...(gated ? { gated: true } : {}),
  }
}

function isAmount(text: string | undefined): text is string {
  return text !== undefined && /^\d{1,9}(\.\d{1,6})?$/.test(text)
}
