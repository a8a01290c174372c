import type { Lens } from './check/lens.ts'
import type { Scope } from './compile/compiler.ts'
import { conditionText } from './diff-conditions.ts'
import { operatorWord } from './diff-words.ts'
import type { Condition } from './document/document-parts.ts'
import { spanText } from './rule-texts.ts'

/** With what the values of one version are read: what rules are called, and what conditions look at. */
export interface Reader {
  lens: Lens
  scope: Scope
  nameOf: (id: string) => string
}

const CONDITIONS = new Set(['when', 'that', 'guard'])
const SPANS = new Set(['within', 'delay'])
const UNSAID = new Set(['title', 'article', 'reading'])

/** A value in one line: conditions as sentences, comparisons with their signs, lists with 、, names by what they are called. */
export function literalText(value: unknown, reader: Reader): string {
  if (value === undefined) return '(无)'
  if (value === true) return '是'
  if (value === false) return '否'
  if (Array.isArray(value))
    return value.length === 0 ? '(空)' : value.map((item) => literalText(item, reader)).join('、')
  if (typeof value === 'string') return reader.nameOf(value)
  if (typeof value !== 'object' || value === null) return String(value)
  const map = value as Record<string, unknown>
  const parts = Object.entries(map)
    .filter(([key]) => !UNSAID.has(key))
    .map(([key, inner]) => `${operatorWord(key) ?? reader.nameOf(key)} ${innerText(key, inner, map, reader)}`)
  const title = typeof map.title === 'string' ? [`「${map.title}」`] : []
  return [...title, ...parts].join(', ')
}

function innerText(key: string, inner: unknown, around: Record<string, unknown>, reader: Reader): string {
  if (CONDITIONS.has(key) && typeof inner === 'object' && inner !== null && !Array.isArray(inner))
    return conditionText(reader.lens, inner as Condition, reader.scope)
  if (SPANS.has(key)) return spanText(inner)
  if (key === 'outcome' || key === 'outcomes') return outcomesText(around.step, inner, reader)
  return literalText(inner, reader)
}

/** Outcomes by their titles, which the step that they are of gives them. */
function outcomesText(step: unknown, raw: unknown, { lens, nameOf }: Reader): string {
  const { steps, procedures } = lens.document
  const inProcedures = Object.values(procedures ?? {}).map((one) => one.steps[String(step)])
  const of = steps[String(step)] ?? inProcedures.find(Boolean)
  return [raw]
    .flat()
    .map((one) => of?.outcomes?.[String(one)]?.title ?? nameOf(String(one)))
    .join('、')
}
