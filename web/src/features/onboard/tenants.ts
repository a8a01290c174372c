import { type Answered, answer, api } from '../../shared/api.ts'
import { useQuery } from '../../shared/query.ts'

export type Tenant = Answered<Awaited<ReturnType<typeof api.tenants.$get>>>['items'][number]

/** The jurisdictions on the platform. */
export function useTenants() {
  return useQuery({
    queryKey: ['tenants'],
    queryFn: () => answer(api.tenants.$get({ query: { limit: '200' } })),
  })
}
