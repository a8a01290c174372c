import { type Answered, answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { useQuery } from '../../shared/query.ts'

export type User = Answered<Awaited<ReturnType<(typeof api)[':tenant']['users']['$get']>>>['items'][number]

/** What people may be, in the order of the choice. */
export const ROLES = ['handler', 'reviewer', 'head', 'auditor', 'administrator'] as const

/** Everybody of the tenant whom the person may see, page after page. */
export function useUsers() {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['users', tenant],
    queryFn: async () => {
      const all: User[] = []
      let after: string | undefined
      do {
        const page = await answer(
          api[':tenant'].users.$get({ param: { tenant }, query: { limit: '200', after } }),
        )
        all.push(...page.items)
        after = page.next ?? undefined
      } while (after)
      return all
    },
  })
}
