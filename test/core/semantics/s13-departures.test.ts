import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

const decide = (on: string, id: string, value: string): Line => ({
  on,
  decide: id,
  value,
  by: 'lead',
  reason: '情况特殊',
})

describe('§13 force', () => {
  const merged = (force: string) =>
    small(`
      facts: {cost: money}
      merges: {all: {steps: [study, design], when: {cost: {lessThan: 1000万元}}, ${force} article: 第十条}}
      steps: {study: {}, design: study}
    `)
  const world = { facts: { cost: '100万元' } }

  it('a merge that must be is one execution; in principle it may be departed from, at discretion chosen', () => {
    expect(play(merged(''), world, ['01-01 study']).said).toEqual(['through'])
    expect(play(merged('force: must,'), world, ['01-01 study']).said).toEqual(['through'])
    expect(play(merged('force: in-principle,'), world, ['01-01 study']).said).toEqual(['through'])
    const apart: Line[] = [decide('01-01', 'all-applies', 'no'), '01-02 study', '01-03 design']
    expect(play(merged('force: in-principle,'), world, apart).said).toEqual(['ok', 'ok', 'ok'])
    expect(play(merged('force: may,'), world, ['01-01 study']).said).toEqual(['ok'])
    expect(play(merged('force: may,'), world, ['01-01 all']).said).toEqual(['excluded'])
    const chosen: Line[] = [decide('01-01', 'all-applies', 'yes'), '01-02 study', '01-03 all']
    expect(play(merged('force: may,'), world, chosen).said).toEqual(['ok', 'through', 'ok'])
    expect(play(merged('force: may,'), world, []).state.decisions).toMatchObject([
      { id: 'all-applies', default: 'no' },
    ])
  })

  it('is decided no more once one of its steps is done', () => {
    const lines: Line[] = ['01-01 study', decide('01-02', 'all-applies', 'yes')]
    expect(play(merged('force: may,'), world, lines).said).toEqual(['ok', 'already-done'])
  })

  const table = small(`
    facts: {cost: money}
    steps:
      declare: {}
      supervision:
        after: declare
        force: {table: {rows: [{when: {cost: {atLeast: 500万元}}, is: must}, {when: {cost: {atLeast: 100万元, lessThan: 500万元}}, is: in-principle}, {when: {cost: {lessThan: 100万元}}, is: may}]}}
      start: supervision
  `)
  const pending = (facts: Record<string, unknown>, lines: Line[] = []) =>
    play(table, { facts }, ['01-01 declare', ...lines]).step('supervision').state

  it('`force: {table}`: must for some, with a default for others, unknown while it hangs on what is unknown', () => {
    expect(pending({ cost: '600万元' })).toBe('open')
    expect(pending({ cost: '200万元' })).toBe('open')
    expect(pending({ cost: '50万元' })).toBe('excluded')
    expect(pending({ cost: '200万元' }, [decide('01-02', 'supervision-applies', 'no')])).toBe('excluded')
    expect(pending({ cost: '50万元' }, [decide('01-02', 'supervision-applies', 'yes')])).toBe('open')
    expect(pending({})).toBe('blocked')
    const must = play(table, { facts: { cost: '600万元' } }, [decide('01-01', 'supervision-applies', 'no')])
    expect(must.said).toEqual(['excluded'])
    expect(must.state.decisions).toEqual([])
    expect(play(table, { facts: { cost: '50万元' } }, []).state.decisions).toMatchObject([{ default: 'no' }])
  })
})
