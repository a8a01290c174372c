import { describe, expect, it } from 'vitest'
import { openBatch } from '../../../functions/core/case/batch.ts'
import { composeBatch } from '../../../functions/core/case/compose.ts'
import { proposeFill } from '../../../functions/core/case/fill.ts'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { seededCalendar } from '../../../functions/services/calendar.ts'
import { openAndPlay, small, smallText } from '../small.ts'

const TEXT = `
  facts: {planYear: year, cost: money, category: {type: choice, ordered: true, options: {A: 甲类, B: 乙类}, optional: true}}
  parameters: {quota: {type: money, values: {"2027": 100万元}}}
  steps:
    declare: {}
    listing: {through: adopt, after: declare, outcomes: {listed: {records: {budget: money}}, deferred: {again: true}}}
  procedures:
    plan:
      on: batch
      each: year
      fill: {order: [category, -cost], amount: cost, within: quota, over: deferred}
      steps:
        compile: {by: lead, composes: [listing]}
        adopt: {by: government, after: compile, outcomes: {approve: {carries: {items: listed, rest: deferred}}}}
`
const outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }
const day = '2026-11-01'

function propose(
  text: string,
  facts: Record<string, object>,
  items: { project: string; records: object }[] = [],
) {
  const policy = small(text)
  const projects = Object.entries(facts).map(([id, own]) => {
    const { state } = openAndPlay(policy, { planYear: 2027, ...own }, [
      ['2026-09-01', { type: 'execute', step: 'declare', by: ['unit'] }],
    ])
    return { id, state: { ...state, id }, policy, outside }
  })
  let { state } = openBatch(policy, { id: 'plan', procedure: 'plan', year: 2027 }, outside, day)
  const known = new Set(Object.keys(facts))
  const composed = composeBatch(policy, state, items as never, ['lead'], known, outside, day)
  if (composed.ok) ({ state } = composed)
  return proposeFill(policy, state, projects, outside, day)!
}
const proposed = (given: ReturnType<typeof propose>) =>
  given.lines
    .map((one) => `${one.project}${one.proposed ? '+' : one.outcome === 'deferred' ? '-' : '?'}`)
    .join(' ')

describe('§10 `fill`', () => {
  it('in the order of the rule, as long as the sum stays within; what does not fit is deferred, a smaller one moves up', () => {
    const found = propose(TEXT, {
      a: { cost: '30万元', category: 'B' },
      b: { cost: '60万元', category: 'A' },
      c: { cost: '50万元', category: 'A' },
      d: { cost: '40万元', category: 'A' },
      e: { cost: '1万元' },
    })
    expect(proposed(found)).toBe('b+ c- d+ a- e-')
    expect(found.withinFen).toBe(100_000_000)
    expect(found.lines.map((one) => one.totalFen)).toEqual([60e6, 60e6, 100e6, 100e6, 100e6])
  })

  it('an amount, or a quota, that is not known proposes nobody', () => {
    expect(proposed(propose(TEXT, { a: { category: 'A' }, b: { cost: '1万元' } }))).toBe('a- b+')
    const later = TEXT.replace('"2027"', '"2028"')
    expect(propose(later, { a: { cost: '1万元' } })).toMatchObject({
      withinFen: null,
      lines: [{ proposed: false }],
    })
  })

  it('the amount may be that of the item as it is listed', () => {
    const byItem = TEXT.replace('amount: cost', 'amount: item.budget')
    const items = [{ project: 'a', step: 'listing', records: { budget: '70万元' } }]
    expect(propose(byItem, { a: { cost: '1万元' }, b: { cost: '1万元' } }, items).lines).toMatchObject([
      { project: 'a', amountFen: 70_000_000, proposed: true },
      { project: 'b', amountFen: null, proposed: false },
    ])
  })

  it('names what there is', () => {
    const wrong = (from: string, to: string) =>
      loadPolicy(smallText(TEXT.replace(from, to)), 'x').problems.map((one) => one.path.slice(2).join('.'))
    expect(wrong('over: deferred', 'over: late')).toEqual(['fill.over'])
    expect(wrong('-cost', '-price')).toEqual(['fill.order.1'])
    expect(wrong('amount: cost', 'amount: category')).toEqual(['fill.amount'])
    expect(wrong('within: quota', 'within: 100万元')).toEqual([])
  })
})
