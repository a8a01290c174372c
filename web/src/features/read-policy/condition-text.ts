import type { PolicyWords } from '../../shared/policy-words.ts'

const OPERATORS: Record<string, string> = {
  is: '为',
  not: '不为',
  in: '为',
  notIn: '不为',
  atLeast: '不少于(含)',
  moreThan: '超过(不含)',
  atMost: '不超过(含)',
  lessThan: '少于(不含)',
  before: '早于',
  after: '晚于',
  onOrBefore: '不晚于',
  onOrAfter: '不早于',
  contains: '包含',
  includes: '包含',
  has: '包含',
  known: '已知',
}

/** A condition of the policy as a clause: 总投资概算 超过(不含) 100万元, 且 非涉密项目. */
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
    return `${title}${Object.entries(test)
      .map(([operator, value]) => `${OPERATORS[operator] ?? operator} ${valueText(name, value, words)}`)
      .join(', ')}`
  return `${title}为 ${valueText(name, test, words)}`
}

/** An option by its title, a name by what it stands for, a literal as it is. */
function valueText(name: string, value: unknown, words: PolicyWords): string {
  if (Array.isArray(value)) return value.map((one) => valueText(name, one, words)).join('、')
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .map((one) => valueText(name, one, words))
      .join(' ')
  const text = String(value)
  if (name === 'track') return words.track(text)
  const { facts, tables, decisions, steps } = words.document
  const [step = '', part = ''] = name.split('.')
  return (
    facts[name]?.options?.[text] ??
    tables?.[name]?.values?.[text] ??
    decisions?.[name]?.options[text] ??
    (part === 'outcome' ? steps[step]?.outcomes?.[text]?.title : undefined) ??
    steps[step]?.records?.[part]?.options?.[text] ??
    (value === true
      ? '是'
      : value === false
        ? '否'
        : /^[a-z][A-Za-z-]*$/.test(text)
          ? words.name(text)
          : text)
  )
}
