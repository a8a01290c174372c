import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../functions/core/policy/check.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Problem } from '../../functions/core/policy/problem.ts'
import { scenario } from '../../functions/core/policy/scenario.ts'
import { simulate } from '../../functions/core/policy/simulate.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { check, lineOf, problemsOf, spoiled } from './small-policy.ts'

/** The run of a deadlock, played again: each event is accepted, and the project is not settled. */
function replayed(text: string, problem: Problem) {
  const { policy } = loadPolicy(text, 'small.yaml')
  const { facts, events } = problem.example as { facts: Record<string, unknown>; events: unknown[] }
  const result = simulate(policy!, scenario.parse({ facts, events }), seededCalendar)
  expect(result.events.filter((event) => !event.accepted)).toEqual([])
  return result.state
}

describe('deadlock', () => {
  it('a class of projects for which a requirement can never hold', () => {
    const text = spoiled([
      'due: {by: 12-31, year: planYear}',
      'requires: [{that: {estimate: {moreThan: 300万元}}}]',
    ])
    const [problem] = problemsOf(text, 'deadlock')
    expect(problem).toMatchObject({ severity: 'error', line: lineOf(text, 'start:'), article: ['第五条'] })
    expect(problem!.message).toContain('情形: 投资概算 = 300万元')
    expect(problem!.message).toContain('「启动实施」的条件不成立')
    expect(replayed(text, problem!).settled).toBe(false)
    expect((problem!.example as { blocked: string[] }).blocked).toContain('start')
  })
  it('two steps that require each other', () => {
    const text = spoiled(['due: {by: 12-31, year: planYear}', 'requires: [{that: {completion.done: true}}]'])
    const [problem] = problemsOf(text, 'deadlock')
    expect(problem!.message).toContain('情形: 任何项目')
    expect(replayed(text, problem!).settled).toBe(false)
    expect(check(text).problems.map((one) => one.code)).not.toContain('dead-step')
  })
  it('a choice of a party that leads nowhere', () => {
    const text = spoiled([
      'title: 启动实施\n    stage: implementation\n    by: unit\n    after: [approval, supervision]',
      'title: 启动实施\n    stage: implementation\n    by: unit\n    after: [approval, supervision]\n    requires: [{that: {supervision.outcome: done}}]',
    ])
    expect(problemsOf(text, 'unreached-record')[0]!.path).toEqual(['steps', 'start', 'requires', 0, 'that'])
  })
  it('a result that makes it impossible to go on', () => {
    const text = spoiled(
      [
        'after: review\n    when: {route: own}',
        'after: review\n    when: {route: own}\n    outcomes: {good: {title: 可行}, poor: {title: 不可行}}',
      ],
      [
        '- {that: {sound: true}, article: 第四条}',
        '- {that: {sound: true}, article: 第四条}\n          - {that: {proposal.outcome: good}, when: {route: own}}',
      ],
      ['      reject: {title: 不批准, ends: rejected}\n', ''],
    )
    const problem = problemsOf(text, 'deadlock').find((one) =>
      one.message.includes('情形: 项目建议书的结果 = 不可行'),
    )
    expect(problem!.path).toEqual(['steps', 'approval'])
    expect(replayed(text, problem!).settled).toBe(false)
  })
  it('a procedure that holds up the project and cannot end', () => {
    const text = spoiled(
      [
        'steps:\n      payment: {title: 支付, by: finance}',
        'steps:\n      payment: {title: 支付, by: finance, requires: [{that: {completion.done: true}}]}',
      ],
      ['completion: {title: 建成,', 'completion: {title: 建成, unless: {procedure: payment},'],
    )
    const [problem] = problemsOf(text, 'deadlock')
    expect(problem!.message).toContain('办理「资金支付」')
  })
  it('not while an authority can still refuse', () => {
    const text = spoiled(
      ['- {that: {sound: true}, article: 第四条}', '- {that: {secret: false}, article: 第四条}'],
      [
        'records: {budget: {title: 年度安排, type: money}}',
        'records: {budget: {title: 年度安排, type: money}}',
      ],
    )
    expect(check(text).problems.filter((one) => one.severity === 'error')).toEqual([])
  })
  it('not for a project that may not begin at all', () => {
    const text = spoiled([
      'window: {from: 07-01, to: 08-31, for: next-year, article: 第二条}',
      'requires: [{that: {secret: false}}]',
    ])
    expect(check(text).problems.filter((one) => one.severity === 'error')).toEqual([])
  })
})

describe('what comes from elsewhere or in several pieces', () => {
  it("a count over the unit's other projects", () => {
    const others = 'others: {title: 在建项目数, count: unit.projects, article: 第一条}'
    const text = spoiled(
      ['  planYear:', `  ${others}\n  planYear:`],
      [
        'window: {from: 07-01, to: 08-31, for: next-year, article: 第二条}',
        'requires: [{that: {others: {atMost: 1}}}]',
      ],
    )
    expect(check(text).problems).toEqual([])
  })
  it('contracts, each with its own acceptance', () => {
    const parts = `contract:
    title: 签订合同
    stage: implementation
    by: unit
    after: start
    repeat: many
    creates: contract
    records: {amount: {title: 合同额, type: money}}
    article: 第五条
  contracts-complete: {title: 合同签完, stage: implementation, by: unit, after: contract, article: 第五条}
  contract-acceptance: {title: 单项验收, stage: implementation, by: unit, each: contract, closedBy: contracts-complete, after: contract, article: 第五条}
  completion: {title: 建成, stage: implementation, by: unit, after: {every: contract-acceptance}`
    const text = spoiled(['completion: {title: 建成, stage: implementation, by: unit, after: start', parts])
    expect(check(text).problems.filter((one) => one.severity !== 'note')).toEqual([])
  })
})

describe('dead-step', () => {
  it('not where a missed day ends the project: a lapse is an end', () => {
    const text = spoiled([
      'review:\n    title: 评审',
      'review:\n    due: {within: 30 days, of: declare, missed: {ends: lapsed}, article: 第三条}\n    title: 评审',
    ])
    expect(checkPolicy(text, 'p.yaml').problems.filter((one) => one.code === 'deadlock')).toEqual([])
  })
  it('a condition that holds nowhere', () => {
    const text = spoiled(['when: {route: own}', 'when: {route: own, estimate: {lessThan: 100万元}}'])
    const [problem] = problemsOf(text, 'dead-step')
    expect(problem).toMatchObject({ severity: 'error', line: lineOf(text, 'proposal:') })
    expect(problem!.message).toContain('在任何情形下都不成立')
  })
  it('against its own stage or track', () => {
    const text = spoiled(['closing: {title: 停用,', 'closing: {title: 停用, when: {nature: maintenance},'])
    expect(problemsOf(text, 'dead-step')[0]).toMatchObject({ line: lineOf(text, 'closing:') })
  })
  it('a step that no run reaches, and not those after it', () => {
    const text = spoiled([
      'supervision:\n    title: 委托监理',
      'audit: {title: 审计, stage: evaluation, by: lead, owed: never, after: survey, article: 第八条}\n  survey:\n    title: 现场核查\n    owed: never\n    requires: [{that: {closing.done: true}}]\n    until: closing\n    stage: evaluation\n    by: lead\n    after: acceptance\n    article: 第八条\n  supervision:\n    title: 委托监理',
    ])
    const dead = problemsOf(text, 'dead-step')
    expect(dead.map((one) => one.path.at(-1))).toEqual(['survey'])
  })
})

describe('dead-outcome', () => {
  it('warns of an outcome that can never be taken', () => {
    const text = spoiled([
      'reject: {title: 不批准, ends: rejected}',
      'reject: {title: 不批准, ends: rejected, when: {route: own, estimate: {lessThan: 1万元}}}',
    ])
    const [problem] = problemsOf(text, 'dead-outcome')
    expect(problem).toMatchObject({ severity: 'warning', line: lineOf(text, 'reject: {title: 不批准') })
  })
})
