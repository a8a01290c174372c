import { type Answered, answer, api } from '../api.ts'
import { useTenant } from '../me.ts'
import { useQuery } from '../query.ts'

const project = api[':tenant'].projects[':id']

/** What was filled in and handed in over the project's life. */
export type Dossier = Answered<Awaited<ReturnType<typeof project.dossier.$get>>>
export type DossierRun = Dossier['runs'][number]

/** Read by the tabs that show it, once for all of them. */
export function useDossier(id: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['dossier', tenant, id],
    queryFn: () => answer(project.dossier.$get({ param: { tenant, id } })),
  })
}

/** A size as people read it. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
