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

function written(type: string | undefined, value: Value): unknown {
  if (type === 'money' && typeof value === 'number') return formatMoney(value)
  if (type === 'ratio' && typeof value === 'object' && 'n' in value) return formatRatio(value)
  return value
}
