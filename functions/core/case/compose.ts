import type { CaseEvent } from '../policy/command.ts'
import { actorFinding } from '../policy/engine/actors.ts'
import { applyEvent } from '../policy/engine/apply.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { stepState } from '../policy/engine/read-state.ts'
import { finding, spoken } from '../policy/engine/say.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { isKept, typedRecords } from './batch.ts'

/** An item as people write it. */
export interface ItemText {
  project: string
  step?: string
  outcome?: string
  records?: Record<string, unknown>
}

/**
 * Puts items into a batch without executing its composing step, so that their units can be asked before it is. Only
 * the parties of that step may, and only while it is not done. Without an event nothing changes.
 */
export function composeBatch(
  policy: Policy,
  batch: CaseState,
  items: readonly ItemText[],
  by: string[],
  known: ReadonlySet<string>,
  outside: Outside,
  day: Day,
): { ok: true; events: CaseEvent[]; state: CaseState } | { ok: false; findings: Finding[] } {
  const steps = (policy.procedures.get(batch.procedure ?? '')?.steps ?? []).map(
    (index) => policy.steps[index]!,
  )
  const composer = steps.find((step) => step.composes.length > 0)
  const env = lookAt(policy, batch, outside, day)
  const findings: Finding[] = []
  if (!composer) findings.push(finding('unknown', batch.procedure ?? '', [], { name: 'items' }))
  else {
    const wrong = actorFinding(env, composer, by)
    if (wrong) findings.push(wrong)
    if (stepState(env, composer)?.done)
      findings.push(finding('already-done', composer.id, composer.article, {}))
  }
  const typed = items.map((item) => {
    const step = item.step ?? composer?.composes[0] ?? ''
    if (composer && !composer.composes.includes(step))
      findings.push(finding('unknown', composer.id, [], { name: step }))
    if (!known.has(item.project)) findings.push(finding('unknown', step, [], { name: item.project }))
    return {
      project: item.project,
      step,
      ...(item.outcome ? { outcome: item.outcome } : {}),
      records: typedRecords(policy, step, item.records ?? {}),
    }
  })
  if (findings.length > 0) return { ok: false, findings: spoken(policy, findings) }
  if (typed.every((item) => isKept(batch, item))) return { ok: true, events: [], state: batch }
  const event: CaseEvent = { type: 'composed', on: day, by, items: typed }
  return { ok: true, events: [event], state: applyEvent(policy, batch, event, outside) }
}
