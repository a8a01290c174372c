import { Lens } from '../../functions/core/policy/check/lens.ts'
import { type CheckReport, checkPolicy } from '../../functions/core/policy/check.ts'
import { loadPolicy, placeProblems } from '../../functions/core/policy/load.ts'
import type { Problem } from '../../functions/core/policy/problem.ts'

/**
 * A small policy that the whole check passes without a remark, as text, so that a test can spoil one place of it and say
 * at which line it must be found.
 */
export const SMALL_POLICY = `policy:
  jurisdiction: {id: somewhere, name: 某县, division: "990101", level: county}
  title: 某县政务信息化项目管理办法
  effective: 2026-01-01
  source: full-text
  articles: 9
scope:
  article: 第一条
  rows:
    - {when: {nature: maintenance}, track: out}
    - {when: {nature: {in: [new, upgrade]}}, track: construction}
tracks:
  construction: {title: 建设, article: 第一条}
  out: {title: 不适用本办法, only: [], article: 第一条}
parties:
  unit: {name: 建设单位, from: unit, article: 第一条}
  lead: {name: 数据局, article: 第一条}
  finance: {name: 财政局, article: 第一条}
  government: {name: 县政府, article: 第三条}
facts:
  nature: {title: 项目性质, type: choice, options: {new: 新建, upgrade: 改造, maintenance: 运维}, article: 第一条}
  estimate: {title: 投资概算, type: money, article: 第二条}
  secret: {title: 涉密项目, type: boolean, article: 第一条}
  planYear: {title: 计划年度, type: year, article: 第二条}
tables:
  route:
    title: 立项方式
    rows:
      - {when: {estimate: {atLeast: 500万元}}, is: own, article: 第四条}
      - {when: {estimate: {lessThan: 500万元}}, is: simple, article: 第四条}
decisions:
  supervisionChoice:
    title: 是否监理
    by: lead
    options: {engage: 监理, waive: 不监理}
    default: engage
    article: 第六条
stages:
  declaration: {}
  planning: {}
  approval: {}
  implementation: {}
  acceptance: {}
  evaluation: {}
steps:
  declare:
    title: 年度申报
    stage: declaration
    by: unit
    window: {from: 07-01, to: 08-31, for: next-year, article: 第二条}
    materials: {design: {title: 设计方案}}
    article: 第二条
  review:
    title: 评审
    stage: declaration
    by: lead
    after: declare
    opinions: {from: finance, article: 第三条}
    outcomes:
      pass: {title: 通过}
      return: {title: 退回, reopens: declare}
      reject: {title: 不通过, ends: rejected}
    article: 第三条
  plan-listing:
    title: 列入计划
    stage: planning
    through: plan-approval
    after: review
    outcomes:
      listed: {title: 列入, records: {budget: {title: 年度安排, type: money}}}
      not-listed: {title: 未列入, again: true}
    article: 第三条
  proposal:
    title: 项目建议书
    stage: approval
    by: unit
    after: review
    when: {route: own}
    article: 第四条
  approval:
    title: 立项审批
    stage: approval
    by: lead
    after: [proposal, plan-listing]
    outcomes:
      approve:
        title: 批准
        records: {sound: {title: 方案合理, type: boolean}}
        requires:
          - {that: {sound: true}, article: 第四条}
      reject: {title: 不批准, ends: rejected}
    article: 第四条
  supervision:
    title: 委托监理
    stage: implementation
    by: unit
    after: approval
    when: {plan-listing.budget: {atLeast: 100万元}, supervisionChoice: engage}
    article: 第六条
  start:
    title: 启动实施
    stage: implementation
    by: unit
    after: [approval, supervision]
    due: {by: 12-31, year: planYear}
    article: 第五条
  completion: {title: 建成, stage: implementation, by: unit, after: start, article: 第五条}
  acceptance-application:
    title: 验收申请
    stage: acceptance
    by: unit
    after: {step: completion, delay: 3 months}
    unless: rectification
    due: {within: 6 months, of: completion}
    article: 第七条
  acceptance:
    title: 竣工验收
    stage: acceptance
    by: lead
    after: acceptance-application
    outcomes:
      pass: {title: 合格, lifts: suspension}
      fail:
        title: 不合格
        records: {rectifyBy: {title: 整改期限, type: day}}
        demands: {step: rectification, due: {fact: rectifyBy}}
        reopens: acceptance-application
    article: 第七条
  rectification:
    title: 整改
    stage: acceptance
    by: unit
    owed: on-demand
    due: {fact: acceptance.rectifyBy, missed: {imposes: suspension}}
    article: 第七条
  evaluation:
    title: 年度评价
    stage: evaluation
    by: lead
    repeat: {each: year, by: 11-30, from: acceptance, until: closing}
    article: 第八条
  closing: {title: 停用, stage: evaluation, by: unit, owed: never, after: acceptance, article: 第八条}
procedures:
  annual-plan:
    title: 年度计划
    on: batch
    each: year
    article: 第三条
    steps:
      plan-compilation: {title: 编制计划, by: lead, composes: [plan-listing]}
      plan-approval:
        title: 批准计划
        by: government
        after: plan-compilation
        outcomes:
          approve: {title: 批准, carries: {items: listed, rest: not-listed}}
          return: {title: 退回, reopens: plan-compilation}
  payment:
    title: 资金支付
    on: project
    after: approval
    article: 第九条
    steps:
      payment: {title: 支付, by: finance}
vetoes:
  secret-simple:
    title: 涉密项目不得简易立项
    when: {secret: true, route: simple}
    bars: [{step: approval, outcome: approve}]
    article: 第四条
sanctions:
  suspension:
    title: 停止拨款
    on: project
    bars: [{step: payment}]
    article: 第七条
coverage:
  第一条: enforced
  第二条: enforced
  第三条: enforced
  第四条: enforced
  第五条: enforced
  第六条: enforced
  第七条: enforced
  第八条: enforced
  第九条: enforced
`

/** The small policy with some of its text replaced; each piece must stand in it exactly once. */
export function spoiled(...edits: [from: string, to: string][]): string {
  return edits.reduce((text, [from, to]) => {
    const parts = text.split(from)
    if (parts.length !== 2) throw new Error(`stands ${parts.length - 1} times in the policy: ${from}`)
    return parts.join(to)
  }, SMALL_POLICY)
}

/** The line (from 1) on which a piece of text begins. */
export function lineOf(text: string, piece: string): number {
  const at = text.indexOf(piece)
  if (at < 0) throw new Error(`not in the policy: ${piece}`)
  return text.slice(0, at).split('\n').length
}

export function check(text: string, superior?: string): CheckReport {
  return checkPolicy(
    text,
    'small.yaml',
    superior === undefined ? undefined : { text: superior, file: 'superior.yaml' },
  )
}

type Proof = (lens: Lens) => Problem[]

/** What one proof says of a policy that loads, each problem with its place; other proofs are left out to save time. */
export function proved(text: string, ...proofs: Proof[]): Problem[] {
  const { policy, problems } = loadPolicy(text, 'small.yaml')
  if (!policy) throw new Error(problems.map((one) => `${one.path.join('.')}: ${one.message}`).join('\n'))
  const lens = new Lens(policy)
  return placeProblems(
    text,
    'small.yaml',
    proofs.flatMap((proof) => proof(lens)),
  )
}

/** The problems of a code that a proof finds; all codes in the message when there is none. */
export function problemsOf(text: string, code: string, ...proofs: Proof[]): Problem[] {
  const problems = proofs.length > 0 ? proved(text, ...proofs) : check(text).problems
  const found = problems.filter((problem) => problem.code === code)
  if (found.length === 0)
    throw new Error(
      `no ${code} among: ${problems.map((one) => `${one.code} ${one.message}`).join('\n') || 'none'}`,
    )
  return found
}
