import { useSearchParams } from 'react-router'
import { type Answered, answer, api } from '../../shared/api.ts'
import { useQuery } from '../../shared/query.ts'

export type Summary = Answered<Awaited<ReturnType<typeof api.oversight.summary.$get>>>
export type Gathered = Summary['total']

/** The bases of amounts that go up to the province. */
export const AMOUNTS = ['estimate', 'approved', 'budget', 'contract', 'paid'] as const

/** What an overseer looks at: filters that stand in the address. */
export interface Filter {
  jurisdiction?: string
  year?: string
  stage?: string
  category?: string
}

const NAMES = ['jurisdiction', 'year', 'stage', 'category'] as const

export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [asked, setAsked] = useSearchParams()
  const filter: Filter = Object.fromEntries(
    NAMES.flatMap((name) => (asked.get(name) ? [[name, asked.get(name)!]] : [])),
  )
  const change = (next: Partial<Filter>) => {
    const all = new URLSearchParams(asked)
    all.delete('after')
    for (const [name, value] of Object.entries(next)) value ? all.set(name, value) : all.delete(name)
    setAsked(all)
  }
  return [filter, change]
}

export function useSummary(filter: Filter) {
  return useQuery({
    queryKey: ['oversight', filter],
    queryFn: () => answer(api.oversight.summary.$get({ query: filter })),
    placeholderData: (before) => before,
  })
}

/** The address of the projects behind a number. */
export function listOf(filter: Filter, more: Record<string, string | undefined> = {}): string {
  const asked = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filter, ...more })) if (value) asked.set(name, value)
  return `/oversight/projects${asked.size > 0 ? `?${asked}` : ''}`
}
