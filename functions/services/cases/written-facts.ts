import { recordRules } from '../../core/case/batch.ts'
import type { Policy } from '../../core/policy/model.ts'
import type { Value, Values } from '../../core/policy/state.ts'
import { formatMoney } from '../../core/values/money.ts'
import { formatRatio } from '../../core/values/ratio.ts'

/** Facts as people write them, so that what is read can be sent back: amounts with unit, ratios as percentages. */
export function writtenFacts(policy: Policy, facts: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([id, value]) => [id, written(policy.facts.get(id)?.type, value)]),
  )
}

/** Records of a step as people write them. */
export function writtenRecords(policy: Policy, step: string, records: Values): Record<string, unknown> {
  const types = new Map(recordRules(policy, step).map((rule) => [rule.id, rule.type]))
  return Object.fromEntries(Object.entries(records).map(([id, value]) => [id, written(types.get(id), value)]))
}

function written(type: string | undefined, value: Value): unknown {
  if (type === 'money' && typeof value === 'number') return formatMoney(value)
  if (type === 'ratio' && typeof value === 'object' && 'n' in value) return formatRatio(value)
  return value
}
