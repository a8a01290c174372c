import { atomsOf } from './check/conditions.ts'
import type { Lens } from './check/lens.ts'
import type { Scope } from './compile/compiler.ts'
import type { Condition } from './document/document-parts.ts'

/** Conditions as an officer reads them, and what of them changed when only numbers did. */

const COMPARED: Record<string, string> = {
  atLeast: '不少于',
  moreThan: '大于',
  atMost: '不超过',
  lessThan: '小于',
}

/** A condition in words: 「年度安排 不少于 100万元, 涉密项目为是」. */
export function conditionText(lens: Lens, condition: Condition, scope: Scope): string {
  return Object.entries(condition)
    .map(([name, test]) => {
      if (name === 'any' || name === 'all') {
        const parts = (test as Condition[]).map((one) => conditionText(lens, one, scope))
        return parts.length === 1 ? parts[0]! : `(${parts.join(name === 'any' ? ' 或 ' : ' 且 ')})`
      }
      if (name === 'not') return `并非(${conditionText(lens, test as Condition, scope)})`
      return atomText(lens, name, test, scope)
    })
    .join(', ')
}

function atomText(lens: Lens, name: string, test: unknown, scope: Scope): string {
  const variable = lens.variable(name, scope)
  const title = variable?.title ?? name
  const value = (raw: unknown): string => valueText(variable?.options, raw)
  if (typeof test !== 'object' || test === null) return `${title}为${value(test)}`
  const map = test as Record<string, unknown>
  const parts = Object.entries(map).map(([operator, operand]) => {
    const other = (raw: unknown) => `「${lens.variable(String(raw), scope)?.title ?? raw}」`
    if (operator in COMPARED) {
      if (typeof map.of === 'string') return `${COMPARED[operator]}${other(map.of)}的 ${value(operand)}`
      if (typeof map.stepsFrom === 'string')
        return `比${other(map.stepsFrom)}${COMPARED[operator]} ${operand} 级`
      const fact =
        typeof operand === 'object' && operand !== null && 'fact' in operand ? operand.fact : undefined
      return `${COMPARED[operator]} ${fact === undefined ? value(operand) : other(fact)}`
    }
    switch (operator) {
      case 'of':
      case 'stepsFrom':
        return ''
      case 'in':
        return `为${listed(operand, value)}之一`
      case 'not':
        return `不是${listed(operand, value)}`
      case 'known':
        return operand === true ? '已知' : '未知'
      case 'same':
        return `与${other(operand)}相同`
      case 'includes':
      case 'includesAll':
        return `含${listed(operand, value)}`
      case 'includesAny':
        return `含${listed(operand, value)}之一`
      case 'valid':
        return operand === true ? '在有效期内' : '不在有效期内'
      case 'empty':
        return operand === true ? '为空' : '不为空'
      default:
        return `${operator} ${value(operand)}`
    }
  })
  return `${title} ${parts.filter((part) => part !== '').join('、')}`
}

function valueText(options: Record<string, string> | undefined, raw: unknown): string {
  if (typeof raw === 'boolean') return raw ? '是' : '否'
  return options?.[String(raw)] ?? String(raw)
}

function listed(raw: unknown, value: (one: unknown) => string): string {
  return (Array.isArray(raw) ? raw : [raw]).map(value).join('、')
}

/**
 * 「年度安排 不少于 100万元 → 不少于 150万元」 for every test that differs, when two conditions are alike but for what
 * single names are compared with; undefined when they are built differently.
 */
export function testChanges(
  before: { lens: Lens; condition: Condition },
  after: { lens: Lens; condition: Condition },
  scope: Scope,
): string[] | undefined {
  if (shapeOf(before.condition) !== shapeOf(after.condition)) return undefined
  const [old, now] = [before, after].map(({ condition }) => atomsOf({ condition, scope }))
  return now!.flatMap((atom, i) => {
    const was = old![i]!
    if (JSON.stringify(was.test) === JSON.stringify(atom.test)) return []
    const title = after.lens.variable(atom.name, scope)?.title ?? atom.name
    const said = [before.lens, after.lens].map((lens, side) =>
      atomText(lens, atom.name, side === 0 ? was.test : atom.test, scope),
    )
    const [from, to] = said.map((text) => (text.startsWith(title) ? text.slice(title.length).trim() : text))
    return [`${title} ${from} → ${to}`]
  })
}

/** How a condition is built, without what its tests compare with. */
function shapeOf(condition: Condition): string {
  return Object.entries(condition)
    .map(([name, test]) => {
      if (name === 'any' || name === 'all') return `${name}[${(test as Condition[]).map(shapeOf).join(';')}]`
      return name === 'not' ? `not(${shapeOf(test as Condition)})` : name
    })
    .join(',')
}
