import { describe, expect, it } from 'vitest'
import { checkKnown } from '../../functions/core/policy/check/known.ts'
import { checkRoutes } from '../../functions/core/policy/check/routes.ts'
import { check, lineOf, problemsOf, proved, spoiled } from './small-policy.ts'

describe('known-too-late', () => {
  it('a step that applies by what it records itself', () => {
    const text = spoiled([
      'completion: {title: 建成, stage: implementation, by: unit',
      'completion: {title: 建成, records: {built: {title: 已建成, type: boolean}}, when: {built: true}, stage: implementation, by: unit',
    ])
    const [problem] = problemsOf(text, 'known-too-late', checkKnown)
    expect(problem).toMatchObject({ severity: 'error', line: lineOf(text, 'completion: {') })
    expect(problem!.message).toContain('「已建成」(completion.built)')
  })
  it('a requirement on a record of a step that follows', () => {
    const text = spoiled([
      'due: {by: 12-31, year: planYear}',
      'due: {by: 12-31, year: planYear}\n    requires: [{that: {acceptance.outcome: pass}}]',
    ])
    const [problem] = problemsOf(text, 'known-too-late', checkKnown)
    expect(problem).toMatchObject({ line: lineOf(text, 'requires: [{that: {acceptance') })
    expect(problem!.message).toContain('又在「启动实施」之后')
  })
  it('a fact that a later step states', () => {
    const text = spoiled([
      'secret: {title: 涉密项目, type: boolean,',
      'secret: {title: 涉密项目, type: boolean, from: completion,',
    ])
    expect(problemsOf(text, 'known-too-late', checkKnown)[0]!.path.slice(0, 2)).toEqual([
      'vetoes',
      'secret-simple',
    ])
  })
  it('through a table', () => {
    const text = spoiled([
      'estimate: {title: 投资概算, type: money,',
      'estimate: {title: 投资概算, type: money, from: approval,',
    ])
    expect(problemsOf(text, 'known-too-late', checkKnown)[0]!.message).toContain('(estimate)')
  })
  it('a record of a step on demand that only the guarded step demands', () => {
    const text = spoiled([
      'pass: {title: 合格, lifts: suspension}',
      'pass: {title: 合格, lifts: suspension, requires: [{that: {rectification.outcome: done}}]}',
    ])
    expect(problemsOf(text, 'known-too-late', checkKnown)[0]!.message).toContain('「整改的结果」')
  })
  it('is content with whether something is known or done', () => {
    const text = spoiled([
      'due: {by: 12-31, year: planYear}',
      'due: {by: 12-31, year: planYear}\n    requires: [{that: {acceptance.done: false}}]',
    ])
    expect(proved(text, checkKnown, checkRoutes)).toEqual([])
  })
})

describe('unreached-record', () => {
  const recorded = (rule: string) =>
    spoiled(
      [
        'title: 项目建议书\n    stage: approval\n    by: unit',
        'title: 项目建议书\n    stage: approval\n    by: unit\n    records: {scale: {title: 规模, type: number, atLeast: 3}}',
      ],
      ['due: {by: 12-31, year: planYear}', `due: {by: 12-31, year: planYear}\n    requires: [${rule}]`],
    )
  it('a rule that is asked on a route that never records it', () => {
    const text = recorded('{that: {proposal.scale: {atLeast: 3}}}')
    const [problem] = problemsOf(text, 'unreached-record', checkRoutes)
    expect(problem).toMatchObject({
      severity: 'error',
      line: lineOf(text, 'requires: [{that: {proposal'),
      example: { facts: { estimate: '499.999999万元' } },
    })
    expect(problem!.message).toContain('有的项目不办「项目建议书(proposal)」')
  })
  it('not when the rule is asked only where it is recorded', () => {
    const text = recorded('{that: {proposal.scale: {atLeast: 3}}, when: {route: own}}')
    expect(proved(text, checkKnown, checkRoutes)).toEqual([])
  })
  it('not when something else decides there', () => {
    expect(
      proved(
        recorded('{that: {any: [{route: simple}, {proposal.scale: {atLeast: 3}}]}}'),
        checkKnown,
        checkRoutes,
      ),
    ).toEqual([])
  })
})

describe('cycle', () => {
  it('a table that reads itself is reported, and nothing is asked of it', () => {
    const text = spoiled(['{estimate: {lessThan: 500万元}}', '{route: own}'])
    const { problems } = check(text)
    expect(problems.map((problem) => problem.code)).toEqual(['cycle'])
    expect(problems[0]).toMatchObject({ severity: 'error', line: lineOf(text, 'route:') })
  })
  it('two computed facts that rest on each other', () => {
    const facts =
      '  a: {title: 甲, difference: [estimate, b], article: 第一条}\n  b: {title: 乙, difference: [estimate, a], article: 第一条}\n  planYear:'
    expect(problemsOf(spoiled(['  planYear:', facts]), 'cycle')[0]!.message).toContain('a → b → a')
  })
})
