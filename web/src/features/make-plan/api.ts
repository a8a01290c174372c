import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import type { GiveOpinions } from '../../shared/opinions/opinion-form.tsx'
import { useAct, useQuery } from '../../shared/query.ts'

const batch = api[':tenant'].batches[':id']
const step = batch.steps[':step']

export type Plan = Answered<Awaited<ReturnType<typeof batch.$get>>>
export type PlanStep = Plan['standing']['steps'][number]
export type PlanBody = Parameters<typeof step.$post>[0]['json']
export type PlanPreview = Answered<Awaited<ReturnType<typeof step.preview.$post>>>

type ComposeItem = Parameters<typeof batch.items.$post>[0]['json']['items'][number]
export type PlanItem = Plan['items'][number]

/** What being in the plan asks to be stated of a project. */
export function useItemForm({ project, step: name }: { project: string; step: string }) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['step-form', tenant, project, name],
    queryFn: () =>
      answer(
        api[':tenant'].projects[':id'].steps[':step'].form.$get({
          param: { tenant, id: project, step: name },
          query: {},
        }),
      ),
  })
}

export function usePlan(id: string) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['batch', tenant, id],
    queryFn: () => answer(batch.$get({ param: { tenant, id } })),
  })
}

/** Puts projects into the plan, or takes them out of it. */
export function useCompose(id: string) {
  const tenant = useTenant()
  return useAct((items: ComposeItem[], key: string) =>
    answer(batch.items.$post({ param: { tenant, id }, json: { items } }, keyed(key))),
  )
}

export function useExecute(id: string, name: string) {
  const tenant = useTenant()
  return useAct((json: PlanBody, key: string) =>
    answer(step.$post({ param: { tenant, id, step: name }, json }, keyed(key))),
  )
}

/** Tries a step of the plan: which projects would refuse it. */
export function useTrial(id: string, name: string) {
  const tenant = useTenant()
  return useAct((json: PlanBody) => answer(step.preview.$post({ param: { tenant, id, step: name }, json })))
}

/** Gives opinions on a step of a plan in one act. */
export function useOpinion(id: string, name: string): GiveOpinions {
  const tenant = useTenant()
  return (as, words, key) =>
    answer(
      step.opinions.$post(
        { param: { tenant, id, step: name }, json: { opinions: words.map((word) => ({ as, ...word })) } },
        keyed(key),
      ),
    )
}
