import { formatMoney } from '../../values/money.ts'
import { formatRatio, type Ratio } from '../../values/ratio.ts'
import { formatSpan, type Span } from '../../values/span.ts'
import type { Value } from '../state.ts'
import type { Lens, Variable } from './lens.ts'
import type { Assignment } from './world.ts'

/** A value as a policy author writes it, so that an example can be put into a file of facts. */
export function literalOf(variable: Pick<Variable, 'type'>, value: Value): unknown {
  if (variable.type === 'money' && typeof value === 'number') return formatMoney(value)
  if (variable.type === 'ratio' && typeof value === 'object' && 'n' in value)
    return formatRatio(value as Ratio)
  return value
}

/** A value as people read it. */
export function shown(variable: Pick<Variable, 'type' | 'options'>, value: Value): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (variable.type === 'choice') return variable.options?.[String(value)] ?? String(value)
  if (Array.isArray(value)) {
    const items = value.map((one) => (typeof one === 'string' ? (variable.options?.[one] ?? one) : '一项'))
    return items.length > 0 ? items.join('、') : '空'
  }
  if (typeof value === 'object' && 'from' in value) return `有效期 ${value.from} 至 ${value.to}`
  return String(literalOf(variable, value))
}

/** An assignment in words: 「总投资概算 = 500万元, 涉密项目 = 是」. */
export function inWords(variables: Variable[], assignment: Assignment): string {
  const parts = variables.flatMap((variable) => {
    const value = assignment.get(variable.id)
    return value === undefined ? [] : [`${variable.title} = ${shown(variable, value)}`]
  })
  return parts.length > 0 ? parts.join(', ') : '任何情形'
}

/** An assignment as the author writes facts. */
export function asFacts(variables: Variable[], assignment: Assignment): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  for (const variable of variables) {
    const value = assignment.get(variable.id)
    if (value !== undefined) facts[variable.id] = literalOf(variable, value)
  }
  return facts
}

export function spanText(span: Span): string {
  return formatSpan(span)
}

/** What a step is called, with its id. */
export function stepName(lens: Lens, id: string): string {
  const index = lens.policy.stepIndex.get(id)
  return index === undefined ? id : `${lens.policy.steps[index]!.title}(${id})`
}
