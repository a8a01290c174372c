import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../../functions/core/policy/document/document.ts'
import type { StepText } from '../../functions/core/policy/document/document-steps.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { ruleBook } from '../../functions/core/policy/touch/rule-book.ts'
import { conditionText } from '../../web/src/features/read-policy/condition-text.ts'
import { outcomeLines, stepLines } from '../../web/src/features/read-policy/step-lines.ts'
import { PolicyWords } from '../../web/src/shared/policy-words.ts'

const ROOT = join(import.meta.dirname, '../../tenants')
const IDS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

function documentOf(id: string): PolicyDocument {
  const file = readdirSync(join(ROOT, id)).find((name) => name.endsWith('.yaml'))!
  return loadPolicy(readFileSync(join(ROOT, id, file), 'utf8'), file).policy!.document
}

function stepsOf(document: PolicyDocument): [path: string, step: StepText][] {
  const inner = Object.entries(document.procedures ?? {}).flatMap(([id, { steps }]) =>
    Object.entries(steps).map(([step, text]): [string, StepText] => [`procedures.${id}.steps.${step}`, text]),
  )
  return [
    ...Object.entries(document.steps).map(([id, text]): [string, StepText] => [`steps.${id}`, text]),
    ...inner,
  ]
}

describe.each(IDS)('the policy page of %s', (id) => {
  const document = documentOf(id)
  const words = new PolicyWords(document)
  const lines = stepsOf(document).flatMap(([path, step]) => [
    ...stepLines(step, words).map((line) => ({ path, line })),
    ...Object.keys(step.outcomes ?? {}).flatMap((outcome) =>
      outcomeLines(step, outcome, words).map((line) => ({ path, line })),
    ),
  ])

  it('has a number for every line: each is a rule that is counted, or its step', () => {
    const { rules } = ruleBook(document)
    const paths = lines.flatMap(({ path, line }) =>
      line.rules.map((rule) => (rule.path ? `${path}.${rule.path}` : path)),
    )
    expect(paths.length).toBeGreaterThan(40)
    expect(paths.filter((path) => !rules.has(path))).toEqual([])
  })

  it('says every condition in words, with no name of the file left in it', () => {
    const conditions = [
      ...document.scope.rows,
      ...Object.values(document.tables ?? {}).flatMap(({ rows }) => rows),
      ...Object.values(document.vetoes ?? {}),
      ...Object.values(document.merges ?? {}),
      ...Object.values(document.sanctions ?? {}).flatMap(({ bars }) => bars),
    ].map(({ when }) => conditionText(when, words))
    const materials = stepsOf(document).flatMap(([, step]) =>
      Object.values(step.materials ?? {}).map(({ when }) => conditionText(when, words.within(step))),
    )
    const said = [
      ...lines.flatMap(({ line }) => line.rules.map(({ text }) => text)),
      ...conditions,
      ...materials,
    ]
    expect(said.filter((text) => /[A-Za-z]{4,}|undefined|\[object/.test(text))).toEqual([])
  })
})

describe('how a condition reads', () => {
  it('第二十五条 连云港: a share of another amount, options by their names', () => {
    const document = documentOf('lianyungang')
    const row = document.tables!['change-conditions']!.rows[0]!
    expect(conditionText(row.when, new PolicyWords(document))).toBe(
      '调整后总投资不超过(含)「立项审批: 批复概算」的 100%, 且 建设目标不变: 是, 且 ' +
        '资金调整数额(调增、调减都填正数)不超过(含)「立项审批: 批复概算」的 15%, 且 ' +
        '调整原因为 根据上级部署确需改变建设内容、确需完善优化原项目技术方案、因业务发展需要在已批复框架下调整内容及进度',
    )
  })

  it('第九条 六安: each side of the edge; a day is early or late, not more or less; a bare name is the record of its step', () => {
    const document = documentOf('luan')
    const words = new PolicyWords(document)
    const read = (when: object, step?: string) =>
      conditionText(when, step ? words.within(document.steps[step]!) : words)
    expect(read({ estimate: { atLeast: '500万元' } })).toBe('总投资概算不少于(含) 500万元')
    expect(read({ estimate: { lessThan: '500万元' } })).toBe('总投资概算少于(不含) 500万元')
    expect(read({ signedOn: { atLeast: { fact: 'procurement.on' } } }, 'contract')).toBe(
      '签订日不早于「政府采购」办理日期',
    )
  })
})
