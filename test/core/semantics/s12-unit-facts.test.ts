import { describe, expect, it } from 'vitest'
import { keptFindings } from '../../../functions/core/case/kept-facts.ts'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { play, small, smallText } from '../small.ts'

describe('§12 facts of the unit', () => {
  const policy = small(`
    facts: {bad: {title: 系统未共享数据, type: boolean, of: unit, keptBy: lead, article: 第三十条}, size: {type: number, of: unit}}
    vetoes: {unshared: {title: 未共享, when: {bad: true}, bars: [{step: declare}], article: 第三十条}}
    steps: {declare: {}}
  `)

  it('`keptBy`: found by that party, neither stated nor corrected by the unit, and not asked of it', () => {
    expect(play(policy, { unit: { facts: { size: 3, bad: false } } }, ['01-01 declare']).said).toEqual(['ok'])
    expect(
      play(policy, { unit: { facts: { size: 3 } } }, ['01-01 declare']).events[0]!.findings,
    ).toMatchObject([{ code: 'undetermined', facts: { bad: null }, article: ['第三十条'] }])
    const correct = (by: string) => ({ on: '01-01', facts: { bad: true }, by })
    expect(play(policy, {}, [correct('unit'), correct('lead')]).said).toEqual(['actor', 'ok'])
    expect(keptFindings(policy, ['bad', 'size'], ['unit'])).toMatchObject([
      { code: 'actor', message: '「系统未共享数据」由 lead 认定, unit 不能填写或更正(第三十条)' },
    ])
  })

  it('`keptBy` is for facts of the unit, and names a party', () => {
    const wrong = (fact: string) =>
      loadPolicy(smallText(`{facts: {x: ${fact}}, steps: {a: {}}}`), 'x').problems.map((one) =>
        one.path.join('.'),
      )
    expect(wrong('{title: x, type: boolean, keptBy: lead}')).toEqual(['facts.x.keptBy'])
    expect(wrong('{title: x, type: boolean, of: unit, keptBy: leader}')).toEqual(['facts.x.keptBy'])
  })

  it('one that changes between two acts and would change the track is announced at the next, which keeps its track', () => {
    const tracked = small(`
      facts: {kind: {type: choice, of: unit, options: {public: 机关, other: 其他}}}
      scope: {rows: [{when: {kind: public}, track: main, article: 第二条}, {when: {kind: other}, track: out, article: 第三条}]}
      tracks: {main: {title: 建设}, out: {title: 不适用, only: []}}
      steps: {declare: {}, review: declare, start: review}
    `)
    const run = play(tracked, { unit: { facts: { kind: 'public' } } }, [
      '01-01 declare',
      { on: '01-02', unit: { facts: { kind: 'other' } } },
      '01-03 review',
      '01-04 start',
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(run.events[2]!.findings).toMatchObject([
      { code: 'requires', level: 'note', article: ['第二条', '第三条'] },
    ])
    expect(run.events[3]!.findings).toEqual([])
    expect(run.state.track).toBe('main')
  })
})

describe('§11 silence', () => {
  it('counts from the second period of a periodic step too', () => {
    const policy = small(`
      steps:
        start: {}
        report: {by: lead, repeat: {each: year, by: 11-30, from: start}, opinions: {from: finance, within: 10 days, silence: agrees, agree: all}}
    `)
    const report = (on: string) => ({ on, step: 'report', by: 'lead' })
    const run = play(policy, {}, [
      '2026-03-01 start',
      report('2026-03-05'),
      report('2026-03-12'),
      report('2027-01-05'),
      report('2027-01-12'),
    ])
    expect(run.said).toEqual(['ok', 'opinion', 'ok', 'opinion', 'ok'])
  })
})
