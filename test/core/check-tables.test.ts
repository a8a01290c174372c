import { describe, expect, it } from 'vitest'
import { checkTables } from '../../functions/core/policy/check/tables.ts'
import { check, lineOf, problemsOf, proved, SMALL_POLICY, spoiled } from './small-policy.ts'

describe('the small policy', () => {
  it('passes the whole check without a remark', () => {
    const report = check(SMALL_POLICY)
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
  })
})

describe('tables are total', () => {
  it('shows the smallest gap, the edge itself', () => {
    const text = spoiled(['{estimate: {atLeast: 500万元}}', '{estimate: {moreThan: 500万元}}'])
    const [gap] = problemsOf(text, 'table-gap', checkTables)
    expect(gap).toMatchObject({
      severity: 'error',
      line: lineOf(text, 'route:'),
      example: { facts: { estimate: '500万元' } },
    })
    expect(gap!.message).toBe('「立项方式」没有一行适用于: 投资概算 = 500万元')
  })
  it('finds an option that no row of the scope takes', () => {
    const text = spoiled(['{nature: {in: [new, upgrade]}}', '{nature: new}'])
    expect(problemsOf(text, 'table-gap', checkTables)[0]).toMatchObject({
      line: lineOf(text, 'scope:'),
      example: { facts: { nature: 'upgrade' } },
    })
  })
  it('asks a table in a step only where the step applies', () => {
    const row = '{when: {nature: new}, is: lead, article: 第八条}'
    const by = `by: {table: {rows: [${row}, {when: {nature: upgrade}, is: finance, article: 第八条}]}}`
    const text = spoiled([
      'title: 年度评价\n    stage: evaluation\n    by: lead',
      `title: 年度评价\n    stage: evaluation\n    ${by}`,
    ])
    expect(proved(text, checkTables)).toEqual([])
    const short = text.replace(', {when: {nature: upgrade}, is: finance, article: 第八条}', '')
    expect(problemsOf(short, 'table-gap', checkTables)[0]).toMatchObject({
      example: { facts: { nature: 'upgrade' } },
    })
  })
  it('measures shares of another amount on both sides of their edge', () => {
    const change = `  change:
    title: 调整
    on: project
    after: approval
    article: 第九条
    facts:
      newTotal: {title: 调整后总额, type: money}
    steps:
      change-filing:
        title: 备案
        by: unit
        requires: [{that: {change-route: small}}]
  payment:`
    const table = `tables:
  change-route:
    title: 调整途径
    rows:
      - {when: {change.newTotal: {atMost: 110%, of: estimate}}, is: small, article: 第九条}
      - {when: {change.newTotal: {atLeast: 111%, of: estimate}}, is: large, article: 第九条}`
    const text = spoiled(
      ['  payment:\n    title: 资金支付', `${change}\n    title: 资金支付`],
      ['tables:', table],
    )
    expect(problemsOf(text, 'table-gap', checkTables)[0]).toMatchObject({
      example: { facts: { estimate: '100万元', 'change.newTotal': '110.000001万元' } },
    })
  })
})

describe('tables are disjoint', () => {
  it('shows the smallest example of two rows that both apply', () => {
    const text = spoiled(['{estimate: {lessThan: 500万元}}', '{estimate: {atMost: 500万元}}'])
    const [overlap] = problemsOf(text, 'table-overlap', checkTables)
    expect(overlap).toMatchObject({
      severity: 'error',
      line: lineOf(text, '{when: {estimate: {atMost'),
      example: { facts: { estimate: '500万元' } },
      article: ['第四条'],
    })
    expect(overlap!.message).toContain('第 1 行和第 2 行都适用于: 投资概算 = 500万元')
  })
  it('only warns when both rows say the same', () => {
    const row = '- {when: {estimate: {lessThan: 500万元}}, is: simple, article: 第四条}'
    const text = spoiled([
      row,
      `${row}\n      - {when: {secret: true, estimate: {lessThan: 1万元}}, is: simple, article: 第四条}`,
    ])
    expect(problemsOf(text, 'table-overlap', checkTables)[0]!.severity).toBe('warning')
    expect(check(text).ok).toBe(true)
  })
  it('finds a row that can never be hit', () => {
    const first = '- {when: {estimate: {atLeast: 500万元}}, is: own, article: 第四条}'
    const text = spoiled(
      ['title: 立项方式\n    rows:', 'title: 立项方式\n    hit: first\n    rows:'],
      [first, `${first}\n      - {when: {estimate: {atLeast: 800万元}}, is: simple, article: 第四条}`],
    )
    expect(problemsOf(text, 'table-shadowed', checkTables)[0]).toMatchObject({
      severity: 'error',
      line: lineOf(text, '{when: {estimate: {atLeast: 800万元}}'),
    })
  })
  it('finds a row that contradicts itself', () => {
    const text = spoiled([
      '{estimate: {lessThan: 500万元}}',
      '{estimate: {lessThan: 500万元, atLeast: 600万元}}',
    ])
    expect(problemsOf(text, 'table-shadowed', checkTables)[0]!.message).toContain('条件不可能成立')
  })
})
