import { describe, expect, it } from 'vitest'
import { byName } from '../../functions/core/policy/engine/draw.ts'
import { ruleBook } from '../../functions/core/policy/touch/rule-book.ts'
import { small } from './small.ts'

describe('the key of a rule', () => {
  const keyed = (row: string, extra = '') =>
    [
      ...ruleBook(
        small(`
          facts: {estimate: money}
          ${extra}
          tables: {route: {hit: first, rows: [${row}, {else: true, is: bundled}]}}
          steps: {declare: {when: {route: own}, due: {within: 10 days, of: other}}, other: {}}
        `).document,
      ).rules.values(),
    ].map(({ key }) => key)
  const row = '{when: {estimate: {atLeast: 500万元}}, is: own, article: 第九条}'

  it('stays when the rule says the same under another number, in another place, with another reading', () => {
    const same = '{is: own, article: 第十条, reading: 含本数, when: {estimate: {atLeast: 500万元}}}'
    expect(keyed(same, 'norms: {thrift: {binds: unit}}')).toEqual(expect.arrayContaining(keyed(row)))
  })

  it('is another when it says something else; the rules beside it keep theirs', () => {
    const changed = keyed('{when: {estimate: {atLeast: 600万元}}, is: own, article: 第九条}')
    const gone = keyed(row).filter((key) => !changed.includes(key))
    expect(gone).toHaveLength(1)
    expect(gone[0]).toMatch(/^row:route~/)
  })

  it('stands by the articles that its rule cites, those of its table, or those of what it stands in', () => {
    const { articles } = ruleBook(
      small(`
        facts: {estimate: money}
        tables: {route: {article: 第二条, hit: first, rows: [{when: {estimate: {atLeast: 1元}}, is: own, article: 第三条第一款}, {else: true, is: no}]}}
        steps: {note: {article: 第五条}, declare: {article: 第四条, after: note, when: {route: own}, requires: [{that: {estimate: {known: true}}, article: 第五条}], materials: {design: 方案}}}
        coverage: {第一条: {informative: 目的}, 第二条: enforced, 第三条: enforced, 第四条: enforced, 第五条: enforced, 第六条: {guidance: [declare]}}
        policy: {articles: [第一条, 第二条, 第三条, 第四条, 第五条, 第六条]}
      `).document,
    )
    const kinds = (unit: string) =>
      [...(articles.get(unit) ?? [])].map((key) => key.split(':')[0]!).sort(byName)
    expect(kinds('第一条')).toEqual([])
    expect(kinds('第二条')).toEqual(['row', 'row'])
    expect(kinds('第三条')).toEqual(['row'])
    expect(kinds('第四条')).toEqual(['after', 'material', 'step', 'when'])
    expect(kinds('第五条')).toEqual(['requires', 'step'])
    expect(kinds('第六条')).toEqual(['step'])
  })
})
