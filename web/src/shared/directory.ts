import { type Answered, answer, api } from './api.ts'
import { useTenant } from './me.ts'
import { useQuery } from './query.ts'

export type Organisation = Answered<
  Awaited<ReturnType<(typeof api)[':tenant']['organisations']['$get']>>
>['items'][number]

/** Every organisation of the tenant, page after page. */
export function useOrganisations() {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['organisations', tenant],
    staleTime: 300_000,
    enabled: tenant !== '',
    queryFn: async () => {
      const all: Organisation[] = []
      let after: string | undefined
      do {
        const page = await answer(
          api[':tenant'].organisations.$get({ param: { tenant }, query: { limit: '200', after } }),
        )
        all.push(...page.items)
        after = page.next ?? undefined
      } while (after)
      return all
    },
  })
}

/** Names of organisations by id. */
export function useOrganisationNames(): (id: string) => string {
  const { data } = useOrganisations()
  const names = new Map(data?.map((one) => [one.id, one.name]))
  return (id) => names.get(id) ?? '—'
}
