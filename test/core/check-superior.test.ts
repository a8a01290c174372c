import { describe, expect, it } from 'vitest'
import { check, lineOf, SMALL_POLICY, spoiled } from './small-policy.ts'

/** What the policy is told when the small policy is its superior. */
function looser(text: string) {
  return check(text, SMALL_POLICY).problems.filter((problem) => problem.code === 'looser')
}

describe('a superior policy', () => {
  it('finds nothing in the same rules', () => {
    expect(looser(SMALL_POLICY)).toEqual([])
  })
  it('warns, with both articles, and does not forbid', () => {
    const text = spoiled(['delay: 3 months', 'delay: 2 months'])
    const [problem] = looser(text)
    expect(problem).toMatchObject({
      severity: 'warning',
      line: lineOf(text, 'after: {step: completion, delay'),
      article: ['第七条'],
    })
    expect(problem!.message).toBe(
      '宽于上级《某县政务信息化项目管理办法》第七条: 「验收申请」在「建成」之后只须间隔 2个月, 上级为 3个月',
    )
    expect(check(text, SMALL_POLICY).ok).toBe(true)
  })
  it('is content with a longer delay and a shorter term', () => {
    expect(
      looser(spoiled(['delay: 3 months', 'delay: 4 months'], ['within: 6 months', 'within: 5 months'])),
    ).toEqual([])
  })
  it.each<[string, [string, string][], string]>([
    ['a longer term', [['due: {within: 6 months', 'due: {within: 9 months']], '的期限为 9个月, 上级为 6个月'],
    ['no term', [['    due: {within: 6 months, of: completion}\n', '']], '没有办理期限'],
    ['a missing material', [['    materials: {design: {title: 设计方案}}\n', '']], '不要求材料「设计方案」'],
    ['fewer opinions', [['    opinions: {from: finance, article: 第三条}\n', '']], '不征求 财政局 的意见'],
    [
      'a missing condition',
      [['after: [approval, supervision]', 'after: approval']],
      '「启动实施」不以「委托监理」为前提',
    ],
    ['an optional step', [['when: {route: own}', 'when: {route: own}\n    owed: never']], '可办可不办'],
    [
      'a missing step',
      [
        ['    after: [approval, supervision]\n', '    after: approval\n'],
        [
          '  supervision:\n    title: 委托监理\n    stage: implementation\n    by: unit\n    after: approval\n    when: {plan-listing.budget: {atLeast: 100万元}, supervisionChoice: engage}\n    article: 第六条\n',
          '',
        ],
      ],
      '没有环节「委托监理」(supervision)',
    ],
  ])('warns of %s', (_, edits, message) => {
    const said = looser(spoiled(...edits)).map((one) => one.message)
    expect(said.join('\n')).toContain(message)
  })
  it('warns of a later day', () => {
    const superior = SMALL_POLICY.replace('due: {by: 12-31', 'due: {by: 06-30')
    const found = check(SMALL_POLICY, superior).problems.filter((problem) => problem.code === 'looser')
    expect(found.map((one) => one.message.split(': ')[1])).toEqual([
      '「启动实施」的期限为 12-31, 上级为 06-30',
    ])
  })
  it('shows the smallest project that must do a step there and not here', () => {
    const text = spoiled([
      '{plan-listing.budget: {atLeast: 100万元}',
      '{plan-listing.budget: {atLeast: 150万元}',
    ])
    expect(looser(text)[0]).toMatchObject({
      line: lineOf(text, 'when: {plan-listing.budget'),
      example: { facts: { 'plan-listing.budget': '100万元' } },
    })
  })
  it('shows the project that is governed there and not here', () => {
    const text = spoiled(
      [
        '{when: {nature: maintenance}, track: out}',
        '{when: {nature: {in: [maintenance, upgrade]}}, track: out}',
      ],
      ['{nature: {in: [new, upgrade]}}', '{nature: new}'],
    )
    expect(looser(text)).toHaveLength(1)
    expect(looser(text)[0]).toMatchObject({
      line: lineOf(text, 'scope:'),
      example: { facts: { nature: 'upgrade' } },
    })
  })
  it('shows where a table goes the laxer way', () => {
    const text = spoiled(
      ['{estimate: {atLeast: 500万元}}', '{estimate: {atLeast: 800万元}}'],
      ['{estimate: {lessThan: 500万元}}', '{estimate: {lessThan: 800万元}}'],
    )
    const found = looser(text)
    expect(found.map((one) => one.path[0])).toEqual(['steps', 'tables'])
    expect(found[1]).toMatchObject({
      line: lineOf(text, '{when: {estimate: {lessThan: 800万元'),
      example: { facts: { estimate: '500万元' } },
    })
    const stricter = spoiled(
      ['{estimate: {atLeast: 500万元}}', '{estimate: {atLeast: 300万元}}'],
      ['{estimate: {lessThan: 500万元}}', '{estimate: {lessThan: 300万元}}'],
    )
    expect(looser(stricter)).toEqual([])
  })
  it('passes on the errors of the superior text with its name', () => {
    const broken = SMALL_POLICY.replace('after: declare', 'after: declaration')
    const report = check(SMALL_POLICY, broken)
    expect(report.ok).toBe(false)
    expect(report.problems[0]).toMatchObject({
      code: 'reference',
      file: 'superior.yaml',
      line: lineOf(broken, 'after: declaration'),
    })
  })
})
