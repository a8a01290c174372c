import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

describe('§10 enlists', () => {
  const enlisting = small(`
    facts: {entry: text, sharing: boolean}
    vetoes: {v: {when: {sharing: false}, bars: [{step: listing}]}}
    steps:
      declare: {when: {entry: annual}}
      addition:
        by: government
        when: {entry: off-plan}
        outcomes: {approve: {records: {budget: money}, enlists: {plan: plan, step: listing, outcome: listed}}, reject: {ends: rejected}}
      listing: {after: [declare, addition], through: plan-approval, repeat: many, outcomes: {listed: {records: {budget: money}}}}
      buy: {after: listing}
    procedures:
      plan:
        on: batch
        each: year
        steps: {compile: {by: lead, composes: [listing]}, plan-approval: {by: government, after: compile, outcomes: {approve: {carries: {items: listed}}}}}
  `)
  const add = {
    on: '01-01',
    step: 'addition',
    outcome: 'approve',
    by: 'government',
    records: { budget: '5元' },
  }

  it('an off-plan addition executes the listing, which stays the one gate', () => {
    const run = play(enlisting, { facts: { entry: 'off-plan', sharing: true } }, [
      '01-01 buy',
      add,
      '01-02 buy',
    ])
    expect(run.said).toEqual(['not-done', 'ok', 'ok'])
    expect(run.step('listing')).toMatchObject({ state: 'done', outcome: 'listed' })
  })

  it('† what bars the listing bars the addition', () => {
    expect(play(enlisting, { facts: { entry: 'off-plan', sharing: false } }, [add]).said).toEqual(['veto'])
  })
})

describe('§10 merges', () => {
  const merged = small(`
    facts: {estimate: money}
    merges: {design-documents: {steps: [proposal, study], when: {estimate: {lessThan: 1000万元}}, by: unit}}
    steps:
      proposal: {by: lead, materials: {design: 建议书}, records: {scheme: text}}
      study: {by: lead, after: proposal, materials: {designs: 可研}, records: {schemes: text}, opinions: {from: finance}}
      extra: {}
      approval: {after: [study, extra], outcomes: {pass: {}, return: {reopens: proposal}}}
  `)
  const all = {
    on: '01-01',
    step: 'design-documents',
    by: 'unit',
    materials: ['design', 'designs'],
    records: { scheme: '甲', schemes: '乙' },
    opinions: { finance: 'agree' },
  }
  const world_ = (estimate: string) => ({ facts: { estimate } })

  it('one execution counts for all, with the materials, opinions and records of each', () => {
    const run = play(merged, world_('999.999999万元'), [all])
    expect([run.said, run.done]).toEqual([['ok'], ['proposal', 'study']])
    const { opinions: _, ...silent } = { ...all, materials: ['design'] }
    expect(play(merged, world_('1万元'), [silent]).said).toEqual(['material opinion'])
    expect(play(merged, world_('1万元'), [silent]).done).toEqual([])
  })

  it('while it holds no step of it is done alone; where it does not, each is', () => {
    const alone = { ...all, step: 'proposal', by: 'lead', materials: ['design'], records: { scheme: '甲' } }
    expect(play(merged, world_('1万元'), [alone]).said).toEqual(['through'])
    expect(play(merged, world_('1000万元'), [alone]).said).toEqual(['ok'])
    expect(play(merged, world_('1000万元'), [all]).said).toEqual(['excluded'])
  })

  it('after a return the merged execution comes again', () => {
    const lines = [
      all,
      '01-02 extra',
      '01-03 approval:return',
      { ...all, on: '01-04' },
      '01-05 approval:pass',
    ]
    expect(play(merged, world_('1万元'), lines).said).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
  })

  it('steps that a merge drops are left out', () => {
    const dropping = small(`
      facts: {small: boolean}
      merges: {m: {steps: [a, b], when: {small: true}, drops: [a], article: 第十条}}
      steps: {a: , b: a, c: b}
    `)
    const run = play(dropping, { facts: { small: true } }, ['01-01 m', '01-02 c'])
    expect([run.said, run.step('a').state, run.step('a').findings[0]?.article]).toEqual([
      ['ok', 'ok'],
      'excluded',
      ['第十条'],
    ])
    expect(play(dropping, { facts: { small: false } }, ['01-01 a', '01-02 b', '01-03 c']).said).toEqual([
      'ok',
      'ok',
      'ok',
    ])
  })
})
