import { type Answered, answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { useQuery } from '../../shared/query.ts'

export type Workbench = Answered<Awaited<ReturnType<(typeof api)[':tenant']['workbench']['$get']>>>
export type Todo = Answered<Awaited<ReturnType<(typeof api)[':tenant']['todos']['$get']>>>['items'][number]

/** The figures of the desk, read once for all parts of the page. */
export function useWorkbench() {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['workbench', tenant],
    queryFn: () => answer(api[':tenant'].workbench.$get({ param: { tenant } })),
  })
}
