import type { Dayjs } from 'dayjs'
import type { OutcomeForm } from '../../shared/inputs/field-input.tsx'
import type { StepBody } from './api.ts'
import type { StepPlace } from './step-page.tsx'

/** A material as filled in: its file, or the reason why there is none. */
export interface MaterialValue {
  file?: { id: string; name: string }
  reason?: string
  contents?: string[]
}

export interface StepValues {
  as?: string
  outcome?: string
  period?: string
  fields?: Record<string, unknown>
  materials?: Record<string, MaterialValue | undefined>
  checks?: Record<string, 'met' | 'not-met' | 'not-applicable' | undefined>
  experts?: string[]
  agreeing?: string[]
  minute?: { number?: string; heldOn?: Dayjs }
  remark?: string
}

/** What the form states as the service reads it; what was left empty is left out. */
export function bodyOf(
  values: StepValues,
  more: { at: StepPlace; outcomes: OutcomeForm[]; asked: ReadonlySet<string> },
): StepBody {
  const outcome = values.outcome ?? (more.outcomes.length === 1 ? more.outcomes[0]?.id : undefined)
  const filled = Object.entries(present(values.fields)).filter(([id]) => more.asked.has(id))
  const records = Object.fromEntries(filled)
  const materials = Object.entries(values.materials ?? {}).flatMap(([id, value]) => {
    if (!value?.file && !value?.reason) return []
    return [
      {
        id,
        ...(value.file ? { file: value.file.id } : { reason: value.reason }),
        ...(value.contents?.length ? { contents: value.contents } : {}),
      },
    ]
  })
  const experts = (values.experts ?? []).map((name) => ({
    name,
    agrees: values.agreeing?.includes(name) ?? true,
  }))
  const { number, heldOn } = values.minute ?? {}
  return {
    ...(values.as ? { as: values.as } : {}),
    ...(outcome ? { outcome } : {}),
    ...(Object.keys(records).length ? { records } : {}),
    ...(materials.length ? { materials } : {}),
    ...(experts.length ? { experts } : {}),
    ...(Object.keys(present(values.checks)).length
      ? { checks: present(values.checks) as StepBody['checks'] }
      : {}),
    ...(number && heldOn ? { minute: { number, heldOn: heldOn.format('YYYY-MM-DD') } } : {}),
    ...(values.remark?.trim() ? { remark: values.remark.trim() } : {}),
    ...((values.period ?? more.at.period) ? { period: values.period ?? more.at.period } : {}),
    ...(more.at.part ? { part: more.at.part } : {}),
  }
}

function present(values: Record<string, unknown> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(([, value]) => value !== undefined && value !== null),
  )
}
