import type { Dayjs } from 'dayjs'
import type { PlayForm } from '../../../../../functions/core/policy/play/play-form.ts'
import type { ScenarioEvent } from '../../../../../functions/core/policy/scenario.ts'

export interface MaterialValue {
  given?: boolean
  reason?: string
}

/** A party that is asked and says nothing. */
export const NO_OPINION = 'none'

/** What the form of an act holds. */
export interface ActValues {
  on: Dayjs
  by?: string[]
  outcome?: string
  fields?: Record<string, unknown>
  materials?: Record<string, MaterialValue | undefined>
  opinions?: Record<string, string | undefined>
  witness?: string[]
  experts?: string[]
  dissent?: string[]
  checks?: Record<string, string | undefined>
  minute?: string
  period?: string
}

type StepPlay = Extract<PlayForm, { kind: 'step' }>

/** The values with which a form is opened: an execution in good order with that outcome. */
export function valuesFor({ form, proposals }: StepPlay, outcome: string | undefined): Omit<ActValues, 'on'> {
  const proposal = proposals[outcome ?? ''] ?? Object.values(proposals)[0]
  if (!proposal) return { outcome }
  const asked = [...form.materials, ...form.outcomes.flatMap((one) => one.materials)]
  return {
    outcome,
    by: proposal.by,
    fields: proposal.records,
    materials: Object.fromEntries(
      asked.map(({ id }): [string, MaterialValue] => [id, { given: proposal.materials.includes(id) }]),
    ),
    opinions: proposal.opinions,
    witness: proposal.witness,
    experts: proposal.experts.map((one) => one.name),
    dissent: [],
    checks: proposal.checks,
  }
}

/** The outcome that a form begins with: the first that settles the step and may be chosen. */
export function firstOutcome({ form }: StepPlay): string | undefined {
  const allowed = form.outcomes.filter((one) => one.allowed !== 'no')
  return (allowed.find((one) => one.settles) ?? allowed[0])?.id
}

/** The act as an event of a scenario; what is empty is left out. */
export function eventOfForm(
  { form }: StepPlay,
  values: ActValues,
  place: { procedure?: string; part?: string },
): ScenarioEvent {
  const on = values.on.format('YYYY-MM-DD')
  const outcome = form.outcomes.find((one) => one.id === values.outcome)
  const fields = [...(outcome?.settles === false ? [] : form.fields), ...(outcome?.fields ?? [])]
  const asked = new Set(fields.map((one) => one.id))
  const offered = [...(outcome?.settles === false ? [] : form.materials), ...(outcome?.materials ?? [])]
  const records = present(values.fields, (id) => asked.has(id))
  const materials = offered.flatMap(({ id }): NonNullable<ScenarioEvent['materials']> => {
    const value = values.materials?.[id]
    if (value?.given) return [id]
    return value?.reason?.trim() ? [{ id, reason: value.reason.trim() }] : []
  })
  const given = Object.entries(values.opinions ?? {}).filter(([, value]) => value !== NO_OPINION)
  const opinions = present(Object.fromEntries(given), () => true)
  const checks = present(values.checks, () => true) as Record<string, string>
  const dissent = new Set(values.dissent)
  const experts = (values.experts ?? []).map((name) => ({ name, agrees: !dissent.has(name) }))
  const chosen = form.outcomes.length > 1 ? values.outcome : undefined
  return {
    on,
    ...(place.procedure ? { procedure: place.procedure } : {}),
    step: form.step,
    ...(values.by?.length ? { by: values.by.length === 1 ? values.by[0] : values.by } : {}),
    ...(chosen ? { outcome: chosen } : {}),
    ...(place.part ? { part: place.part } : {}),
    ...(values.period ? { period: values.period } : {}),
    ...(filled(records) ? { records } : {}),
    ...(materials.length ? { materials } : {}),
    ...(filled(opinions) ? { opinions } : {}),
    ...(values.witness?.length ? { witness: values.witness } : {}),
    ...(experts.length && outcome?.settles !== false ? { experts } : {}),
    ...(filled(checks) ? { checks } : {}),
    ...(form.minute && values.minute?.trim() ? { minute: { number: values.minute.trim(), heldOn: on } } : {}),
  }
}

function filled(values: Record<string, unknown>): boolean {
  return Object.keys(values).length > 0
}

function present(
  values: Record<string, unknown> | undefined,
  asked: (id: string) => boolean,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(
      ([id, value]) => asked(id) && value !== undefined && value !== null && value !== '',
    ),
  )
}
