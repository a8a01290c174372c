import { type PolicyWords, recordIn } from '../../shared/policy-words.ts'

/** Comparisons, each with its edge. */
const COMPARED: Record<string, string> = {
  atLeast: '不少于(含)',
  moreThan: '超过(不含)',
  atMost: '不超过(含)',
  lessThan: '少于(不含)',
}

/** The same of days. */
const ON_DAYS: Record<string, string> = {
  atLeast: '不早于',
  moreThan: '晚于',
  atMost: '不晚于',
  lessThan: '早于',
}

/** A condition of the policy as a clause: 总投资概算超过(不含) 100万元, 且 非涉密项目. */
export function conditionText(condition: unknown, words: PolicyWords): string {
  if (typeof condition !== 'object' || condition === null) return ''
  return Object.entries(condition)
    .map(([name, test]) => clause(name, test, words))
    .join(', 且 ')
}

function clause(name: string, test: unknown, words: PolicyWords): string {
  if (name === 'any' && Array.isArray(test))
    return `(${test.map((one) => conditionText(one, words)).join(' 或 ')})`
  if (name === 'all' && Array.isArray(test))
    return `(${test.map((one) => conditionText(one, words)).join(', 且 ')})`
  if (name === 'not') return `并非(${conditionText(test, words)})`
  const title = words.name(name)
  if (test === true) return `${title}: 是`
  if (test === false) return `${title}: 否`
  if (typeof test === 'object' && test !== null && !Array.isArray(test))
    return `${title}${testText(name, test as Record<string, unknown>, words)}`
  return `${title}为 ${valueText(name, test, words)}`
}

/** What a fact is compared with: a literal, a share of another fact, another fact, members of a set. */
function testText(name: string, test: Record<string, unknown>, words: PolicyWords): string {
  const { of, stepsFrom, ...operators } = test
  const value = (raw: unknown) => valueText(name, raw, words)
  const other = (raw: unknown) => {
    const called = words.name(String(raw))
    return called.startsWith('「') ? called : `「${called}」`
  }
  return Object.entries(operators)
    .map(([operator, operand]) => {
      const compared = (isDay(name, words) ? ON_DAYS : COMPARED)[operator]
      if (compared && typeof of === 'string') return `${compared}${other(of)}的 ${value(operand)}`
      if (compared && typeof stepsFrom === 'string')
        return `比${other(stepsFrom)}${compared} ${value(operand)} 级`
      if (compared && isFact(operand)) return `${compared}${other(operand.fact)}`
      if (compared) return `${compared} ${value(operand)}`
      switch (operator) {
        case 'in':
          return `为 ${value(operand)}`
        case 'not':
          return `不为 ${value(operand)}`
        case 'known':
          return operand === true ? '已填报' : '未填报'
        case 'same':
          return `与${other(operand)}相同`
        case 'includesAny':
          return `包含 ${value(operand)} 之一`
        case 'includes':
        case 'includesAll':
          return `包含 ${value(operand)}`
        case 'valid':
          return operand === true ? '在有效期内' : '不在有效期内'
        case 'empty':
          return operand === true ? '为空' : '不为空'
        default:
          return ` ${operator} ${value(operand)}`
      }
    })
    .join(', ')
}

function isDay(name: string, words: PolicyWords): boolean {
  const { facts, steps } = words.document
  const [head = '', part = ''] = name.split('.')
  const record = words.own(name)
  const other = steps[head] && recordIn(steps[head], part)
  return part === 'on' || (record ?? facts[name] ?? other)?.type === 'day'
}

function isFact(raw: unknown): raw is { fact: unknown } {
  return typeof raw === 'object' && raw !== null && 'fact' in raw
}

/** An option by its title, a name by what it stands for, a literal as it is. */
function valueText(name: string, value: unknown, words: PolicyWords): string {
  if (Array.isArray(value)) return value.map((one) => valueText(name, one, words)).join('、')
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((one) => valueText(name, one, words))
      .join(' ')
  if (typeof value === 'boolean') return value ? '是' : '否'
  const text = String(value)
  if (text === 'done' || text === 'not-done' || text === 'overdue') return STANDINGS[text]
  return optionsOf(name, words)[text] ?? (/^[a-z][A-Za-z-]*$/.test(text) ? words.name(text) : text)
}

/** How a step stands, where a condition asks. */
const STANDINGS = { done: '已办结', 'not-done': '未办结', overdue: '已逾期' } as const

/** What the options of a name are called: of a fact of the project or of a procedure, a table, a decision, a record. */
function optionsOf(name: string, words: PolicyWords): Record<string, string | undefined> {
  const { facts, tables, decisions, steps, procedures, tracks } = words.document
  if (name === 'track')
    return Object.fromEntries(Object.entries(tracks).map(([id, { title }]) => [id, title]))
  const own = words.own(name)?.options
  if (own) return own
  const fixed = facts[name]?.options ?? tables?.[name]?.values ?? decisions?.[name]?.options
  if (fixed) return fixed
  const [head = '', part = ''] = name.split('.')
  const inner = procedures?.[head]?.facts?.[part]?.options
  if (inner) return inner
  const within = Object.values(procedures ?? {}).find((one) => one.steps[head])
  const step = steps[head] ?? within?.steps[head]
  if (part === 'outcome')
    return Object.fromEntries(Object.entries(step?.outcomes ?? {}).map(([id, one]) => [id, one.title]))
  return (step && recordIn(step, part)?.options) ?? {}
}
