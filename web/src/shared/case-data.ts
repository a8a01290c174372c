import { type Answered, answer, api } from './api.ts'
import { useTenant } from './me.ts'
import { useQuery } from './query.ts'

const project = api[':tenant'].projects[':id']

/** The case of a project as the service tells it. */
export type Case = Answered<Awaited<ReturnType<typeof project.case.$get>>>
export type CaseStep = Case['steps'][number]
export type CaseProcedure = Case['procedures'][number]
export type Obligation = Case['obligations'][number]
export type ProjectView = Answered<Awaited<ReturnType<typeof project.$get>>>
export type Standing = NonNullable<
  Answered<Awaited<ReturnType<typeof project.procedures.preview.$post>>>['standing']
>

export function useCase(id: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['case', tenant, id],
    queryFn: () => answer(project.case.$get({ param: { tenant, id } })),
  })
}

export function useProject(id: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['project', tenant, id],
    queryFn: () => answer(project.$get({ param: { tenant, id } })),
  })
}

/** A step of the case, of its main procedure or of a run of another. */
export function findStep(seen: Case, step: string, procedure?: string, part?: string): CaseStep | undefined {
  const steps = procedure
    ? (seen.procedures.find((one) => one.id === procedure)?.steps ?? [])
    : [...seen.steps, ...seen.procedures.flatMap((one) => one.steps)]
  return steps.find((one) => one.id === step && (part === undefined || one.part === part))
}
