import { type Answered, ApiError, answer, api, keyed, problemOf } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { useAct, useQuery } from '../../shared/query.ts'
import { type Area, exportBody, type Filters, listQuery } from './filters.ts'

const routes = api[':tenant']

export type ProjectPage = Answered<Awaited<ReturnType<typeof routes.projects.$get>>>
export type Item = ProjectPage['items'][number]
export type Totals = NonNullable<ProjectPage['totals']>
export type SavedView = Answered<Awaited<ReturnType<typeof routes.views.$get>>>['items'][number]
export type Columns = SavedView['columns']
type ExportColumn = Parameters<typeof routes.projects.export.$post>[0]['json']['columns'][number]

/** One page of projects with the totals of all that the filters match. */
export function useProjects(area: Area, filters: Filters, place: { after?: string; limit: string }) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['projects', tenant, area, filters, place],
    queryFn: () =>
      answer(
        routes.projects.$get({
          param: { tenant },
          query: {
            ...listQuery(filters),
            ...place,
            totals: 'true',
            ...(area === 'finance' ? { gates: 'true' as const } : {}),
          },
        }),
      ),
    placeholderData: (before) => before,
  })
}

/** How many projects have each kind of exception. */
export function useExceptionCounts(kinds: readonly string[], on: boolean) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['projects', tenant, 'exceptions'],
    enabled: on,
    queryFn: () =>
      Promise.all(
        kinds.map(async (exception) => {
          const query = { ...listQuery({ exception }), limit: '1', totals: 'true' as const }
          return (await answer(routes.projects.$get({ param: { tenant }, query }))).totals?.count ?? 0
        }),
      ),
  })
}

/** Makes a workbook of what is filtered or chosen and hands it to the browser. */
export async function exportProjects(
  tenant: string,
  filters: Filters,
  columns: readonly string[],
  ids?: readonly string[],
): Promise<string> {
  const response = await routes.projects.export.$post({
    param: { tenant },
    json: {
      ...(ids ? { ids: [...ids] } : exportBody(filters)),
      columns: columns as ExportColumn[],
    },
  })
  if (!response.ok) throw new ApiError(await problemOf(response as unknown as Response))
  const name = decodeURIComponent(
    /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ??
      'projects.xlsx',
  )
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  return name
}

/** Views of the person and those that colleagues share. */
export function useViews() {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['views', tenant],
    queryFn: async () =>
      (await answer(routes.views.$get({ param: { tenant }, query: { limit: '200' } }))).items,
  })
}

type Content = Pick<SavedView, 'name' | 'shared' | 'query' | 'columns'>

export function useAddView() {
  const tenant = useTenant()
  return useAct((json: Content, key: string) =>
    answer(routes.views.$post({ param: { tenant }, json }, keyed(key))),
  )
}

export function useChangeView() {
  const tenant = useTenant()
  return useAct(({ view, ...json }: Content & { view: SavedView }) =>
    answer(
      routes.views[':id'].$put(
        { param: { tenant, id: view.id }, json },
        { headers: { 'if-match': `"${view.version}"` } },
      ),
    ),
  )
}

export function useDropView() {
  const tenant = useTenant()
  return useAct(async (view: SavedView) => {
    const response = await routes.views[':id'].$delete(
      { param: { tenant, id: view.id } },
      { headers: { 'if-match': `"${view.version}"` } },
    )
    if (!response.ok) throw new ApiError(await problemOf(response as unknown as Response))
  })
}
