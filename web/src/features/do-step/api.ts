import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import type { StepFormData } from '../../shared/inputs/field-input.tsx'
import { useTenant } from '../../shared/me.ts'
import type { GiveOpinions } from '../../shared/opinions/opinion-form.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import type { StepPlace } from './step-page.tsx'

const project = api[':tenant'].projects[':id']
const step = project.steps[':step']

export type MaterialForm = StepFormData['materials'][number]

/** What an execution states, as the service reads it. */
export type StepBody = NonNullable<Parameters<typeof step.$post>[0]>['json']

/** What the step asks for. */
export function useStepForm(at: StepPlace) {
  const tenant = useTenant()
  return useQuery({
    queryKey: ['step-form', tenant, at.id, at.step, at.procedure],
    queryFn: () =>
      answer(
        step.form.$get({
          param: { tenant, id: at.id, step: at.step },
          query: at.procedure ? { procedure: at.procedure } : {},
        }),
      ),
  })
}

/** Tries the step without storing anything. */
export function usePreview(at: StepPlace) {
  const tenant = useTenant()
  return (body: StepBody) =>
    answer(
      step.preview.$post({
        param: { tenant, id: at.id, step: at.step },
        json: { ...body, ...(at.procedure ? { procedure: at.procedure } : {}) },
      }),
    )
}

export type StepDone = Answered<Awaited<ReturnType<typeof step.$post>>>

/**
 * Does the step. `onDone` comes before anything is read again: on what is read then, the page that the step was done
 * on would say that it cannot be done, for as long as it still stood there.
 */
export function useExecute(at: StepPlace, onDone: (done: StepDone) => void) {
  const tenant = useTenant()
  return useAct(async (json: StepBody, key: string) => {
    const done = await (at.procedure
      ? answer(
          project.procedures[':pid'].steps[':step'].$post(
            { param: { tenant, id: at.id, pid: at.procedure, step: at.step }, json },
            keyed(key),
          ),
        )
      : answer(step.$post({ param: { tenant, id: at.id, step: at.step }, json }, keyed(key))))
    onDone(done)
    return done
  })
}

/** Takes the step back, with a reason. */
export function useWithdraw(at: StepPlace) {
  const tenant = useTenant()
  return useAct((reason: string, key: string) =>
    at.procedure
      ? answer(
          project.procedures[':pid'].steps[':step'].withdrawal.$post(
            { param: { tenant, id: at.id, pid: at.procedure, step: at.step }, json: { reason } },
            keyed(key),
          ),
        )
      : answer(
          step.withdrawal.$post(
            { param: { tenant, id: at.id, step: at.step }, json: { reason } },
            keyed(key),
          ),
        ),
  )
}

/** Gives opinions in one act. */
export function useGiveOpinion(at: StepPlace): GiveOpinions {
  const tenant = useTenant()
  return (as, words, key) =>
    answer(
      step.opinions.$post(
        {
          param: { tenant, id: at.id, step: at.step },
          json: {
            opinions: words.map((word) => ({ as, ...word })),
            ...(at.procedure ? { procedure: at.procedure } : {}),
          },
        },
        keyed(key),
      ),
    )
}

export function useAttest(at: StepPlace) {
  const tenant = useTenant()
  return useAct((party: string, key: string) =>
    answer(
      step.attestations.$post(
        {
          param: { tenant, id: at.id, step: at.step },
          json: { as: party, ...(at.procedure ? { procedure: at.procedure } : {}) },
        },
        keyed(key),
      ),
    ),
  )
}
