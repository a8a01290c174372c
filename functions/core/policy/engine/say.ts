import type { Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'

/** Findings become sentences here and nowhere else: `facts` carries the data, the sentence is made from it. */

type Facts = Finding['facts']
type NameOf = (name: string) => string

const text = (value: unknown): string => (value === null || value === undefined ? '未知' : String(value))

const SENTENCES: Record<Finding['code'], (facts: Facts, title: string, nameOf: NameOf) => string> = {
  excluded: (f, t) =>
    f.missing ? `「${t}」不适用于本项目` : `「${t}」不适用于本项目${f.because ? `(${text(f.because)})` : ''}`,
  passed: (_, t) => `「${t}」已过办理时点, 其后的环节已经办理`,
  'not-demanded': (_, t) => `「${t}」只在被要求时办理, 目前没有这项要求`,
  'already-done': (_, t) => `「${t}」已经办理`,
  'not-done': (f, t) =>
    f.due
      ? `「${t}」的期限自「${text(f.waitsFor)}」办结起算`
      : `办理「${t}」之前须先办理「${text(f.waitsFor)}」`,
  reopened: (f, t) => `「${text(f.waitsFor)}」已退回重办, 办结之前不能办理「${t}」`,
  'too-early': (f, t) => `「${t}」最早于 ${text(f.from)} 办理(距「${text(f.waitsFor)}」须满规定时长)`,
  'too-late': (f, t) =>
    f.dueOn
      ? `「${t}」逾期: 应于 ${text(f.dueOn)} 前办理`
      : `「${t}」已过期限, 「${text(f.closedBy)}」已经办理`,
  outstanding: (f, t) => `「${text(f.waitsFor)}」尚未办结, 不能办理「${t}」`,
  undetermined: (f, t, nameOf) => `「${t}」${f.due ? '的期限' : ''}无法判定: 缺少 ${missingOf(f, nameOf)}`,
  requires: (f, t, nameOf) => `「${t}」的条件不成立: ${f.title ? text(f.title) : describe(f, nameOf)}`,
  veto: (f, t) => `属于「${text(f.veto)}」, 不得办理「${t}」`,
  sanction: (f, t) => `「${text(f.sanction)}」自 ${text(f.since)} 起生效, 不得办理「${t}」`,
  window: (f, t) =>
    f.unannounced
      ? `「${t}」的办理时间尚未公布, 暂不限制`
      : `「${t}」的办理时间为 ${text(f.from)} 至 ${text(f.to)}, 当日为 ${text(f.day)}`,
  record: (f, t) =>
    f.expected
      ? `「${t}」的「${text(f.record)}」须是${text(f.expected)}`
      : f.limit
        ? `「${t}」的「${text(f.record)}」${text(f.limit)}`
        : `办理「${t}」须填写「${text(f.record)}」`,
  material: (f, t) =>
    f.contents
      ? `「${t}」的材料「${text(f.material)}」缺少: ${text(f.contents)}`
      : `办理「${t}」须提交「${text(f.material)}」`,
  opinion: (f, t) =>
    f.objected ? `「${t}」的会签中 ${text(f.objected)} 不同意` : `「${t}」尚缺 ${text(f.from)} 的意见`,
  witness: (f, t) => `「${t}」须有 ${text(f.witness)} 见证`,
  actor: (f, t) => `「${t}」由 ${text(f.party)} 办理${f.by ? `, 不由 ${text(f.by)} 办理` : ''}`,
  through: (f, t) => `「${t}」只能通过「${text(f.through)}」办理`,
  'joint-differs': (f, t) =>
    `「${t}」须各方确认同一内容: ${text(f.party)} 已确认的「${text(f.field)}」为 ${text(f.first)}`,
  check: (f, t) => `「${t}」的核对项「${text(f.check)}」未满足`,
  norm: (f) => text(f.norm),
  version: (f, t) => `「${t}」不能按本版办法办理: ${text(f.because)}`,
  'no-policy': (f) => `${text(f.day)} 没有生效的管理办法(生效日 ${text(f.effective)})`,
  unknown: (f) => `没有「${text(f.name)}」${f.guess ? `, 是否指「${text(f.guess)}」?` : ''}`,
  ended: (f) => `已于 ${text(f.on)} 办结(${text(f.result)}), 不再办理`,
}

function missingOf(facts: Facts, nameOf: NameOf): string {
  return Object.keys(facts)
    .filter((name) => facts[name] === null)
    .map(nameOf)
    .join('、')
}

function describe(facts: Facts, nameOf: NameOf): string {
  return Object.entries(facts)
    .map(
      ([name, value]) => `${nameOf(name)}为${value === true ? '是' : value === false ? '否' : text(value)}`,
    )
    .join(', ')
}

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
  const own = index === undefined ? undefined : policy.steps[index]!.procedure
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
