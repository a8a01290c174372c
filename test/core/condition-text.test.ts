import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { StepText } from '../../functions/core/policy/document/document-steps.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { conditionText } from '../../web/src/features/read-policy/condition-text.ts'
import { PolicyWords } from '../../web/src/shared/policy-words.ts'
import { small } from './small.ts'

const SHIPPED = readdirSync('tenants', { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .flatMap(({ name }) => readdirSync(`tenants/${name}`).map((file) => `tenants/${name}/${file}`))
  .filter((path) => path.endsWith('.yaml'))

/** Every condition of a document with the step that it stands in, if any. */
function conditionsIn(node: unknown, step?: StepText): { condition: unknown; step?: StepText }[] {
  if (Array.isArray(node)) return node.flatMap((one) => conditionsIn(one, step))
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, inner]) => {
    if (key === 'when' || key === 'that') return [{ condition: inner, step }]
    if (key === 'steps' && typeof inner === 'object')
      return Object.values(inner as Record<string, StepText>).flatMap((one) => conditionsIn(one, one))
    return conditionsIn(inner, step)
  })
}

describe('the conditions of a policy in words', () => {
  it.each(SHIPPED)('say no code word: %s', (path) => {
    const { policy } = loadPolicy(readFileSync(path, 'utf8'), path)
    const words = new PolicyWords(policy!.document)
    const texts = conditionsIn(policy!.document).map(({ condition, step }) =>
      conditionText(condition, step ? words.within(step) : words),
    )
    expect(texts.length).toBeGreaterThan(15)
    expect(texts.filter((text) => /[a-z]{2,}|undefined/.test(text))).toEqual([])
  })

  const policy = small(`
facts:
  estimate: {title: 概算, type: money}
  approved: {title: 批复额, type: money}
  kind: {title: 种类, type: choice, options: {new: 新建, old: 续建}}
  systems: {title: 系统, type: set, options: {a: 甲, b: 乙}}
  secret: {title: 涉密, type: boolean}
steps:
  declare: {title: 申报, records: {mode: {title: 方式, type: choice, options: {open: 公开}}}}
procedures:
  change:
    title: 调整
    on: project
    facts: {reason: {title: 原因, type: choice, options: {law: 政策调整}}}
    steps:
      judge: {title: 认定, outcomes: {own: {title: 自行调整}, formal: {title: 报批}}}
`)
  const words = new PolicyWords(policy.document)

  it.each([
    [{ estimate: { atLeast: '100万元', lessThan: '500万元' } }, '概算不少于(含) 100万元, 少于(不含) 500万元'],
    [{ estimate: { atMost: '15%', of: 'approved' } }, '概算不超过(含)「批复额」的 15%'],
    [{ estimate: { moreThan: { fact: 'approved' } } }, '概算超过(不含)「批复额」'],
    [{ estimate: { same: 'approved' } }, '概算与「批复额」相同'],
    [{ kind: 'new' }, '种类为 新建'],
    [{ kind: { in: ['new', 'old'] } }, '种类为 新建、续建'],
    [{ kind: { not: 'old' } }, '种类不为 续建'],
    [{ kind: { known: false } }, '种类未填报'],
    [{ systems: { includesAny: ['a', 'b'] } }, '系统包含 甲、乙 之一'],
    [{ secret: false }, '涉密: 否'],
    [{ 'change.reason': { in: ['law'] } }, '原因为 政策调整'],
    [{ 'judge.outcome': 'own' }, '「认定」结果为 自行调整'],
    [{ 'declare.mode': 'open' }, '申报: 方式为 公开'],
    [{ any: [{ secret: true }, { not: { kind: 'new' } }] }, '(涉密: 是 或 并非(种类为 新建))'],
  ])('%j', (condition, text) => {
    expect(conditionText(condition, words)).toBe(text)
  })
})
