import type { Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import { SENTENCES } from './sentences.ts'

/** Findings as data, and the same with their sentences. */

type Facts = Finding['facts']

/** A finding as data; its sentence is made by `spoken`. */
export function finding(
  code: Finding['code'],
  step: string,
  article: string[],
  facts: Facts = {},
  level: Finding['level'] = 'block',
): Finding {
  return { code, level, article, facts, message: '', step }
}

/** The findings with their sentences. */
export function spoken(policy: Policy, findings: Finding[]): Finding[] {
  return findings.map((one) => ({ ...one, message: sentence(policy, one) }))
}

function sentence(policy: Policy, one: Finding): string {
  const index = one.step === undefined ? undefined : policy.stepIndex.get(one.step)
  const title = index === undefined ? titleOf(policy, one.step) : policy.steps[index]!.title
  const cite = one.article.length > 0 ? `(${one.article.join('、')})` : ''
  return `${SENTENCES[one.code](one.facts, title, (name) => nameOf(policy, one.step, name))}${cite}`
}

function titleOf(policy: Policy, id: string | undefined): string {
  if (id === undefined) return '本项目'
  return (
    policy.procedures.get(id)?.title ??
    policy.decisions.get(id)?.title ??
    policy.sanctions.get(id)?.title ??
    policy.merges.find((merge) => merge.id === id)?.title ??
    id
  )
}

const SUPPLIED: Record<string, string> = {
  outcome: '结果',
  done: '已办',
  on: '日期',
  times: '次数',
  overdue: '逾期',
}

/** What a fact, record, table or step is called. */
export function nameOf(policy: Policy, step: string | undefined, name: string): string {
  const [head, tail] = name.includes('.')
    ? [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)]
    : [step ?? '', name]
  const index = policy.stepIndex.get(head)
  if (index !== undefined) {
    const rule = policy.steps[index]!
    const record = [...rule.records, ...rule.outcomes.flatMap((outcome) => outcome.records)].find(
      (one) => one.id === tail,
    )
    if (record) return record.title
  }
  const known = policy.facts.get(name) ?? policy.tables.get(name) ?? policy.decisions.get(name)
  if (known) return known.title
  if (name === 'track') return '办理路径'
  const own = index === undefined ? step : policy.steps[index]!.procedure
  return (
    (own && policy.facts.get(`${own}.${name}`)?.title) ??
    (index !== undefined && name.includes('.')
      ? `${policy.steps[index]!.title}·${SUPPLIED[tail] ?? tail}`
      : name)
  )
}

/** The names of parties as people know them. */
export function partyNames(policy: Policy, parties: string[]): string {
  return parties.map((party) => policy.document.parties[party]?.name ?? party).join('、')
}
