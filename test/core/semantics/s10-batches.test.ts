import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

const text = `
  facts: {planYear: year, sharing: boolean}
  vetoes: {v: {when: {sharing: false}, bars: [{step: listing, outcome: listed}]}}
  steps:
    declare: {}
    review: {after: declare}
    listing:
      stage: planning
      after: review
      repeat: many
      through: plan-approval
      outcomes: {listed: {records: {budget: money}}, not-listed: {reopens: {from: declare, anew: true}}}
    buy: {after: listing}
    paying: {stage: planning, after: buy, owed: never, repeat: many, through: plan-approval, records: {budget: money}}
  procedures:
    plan:
      on: batch
      each: year
      facts: {total: {title: 合计, sum: item.budget}}
      steps:
        compile: {by: {all: [lead, finance]}, composes: [listing, paying]}
        plan-approval:
          by: government
          after: compile
          outcomes:
            approve: {carries: {items: listed, rest: not-listed}, requires: [{that: {total: {atMost: 100万元}}, when: {total: {known: true}}}]}
            return: {reopens: compile}
`
const policy = small(text)
const world = (...projects: [string, object][]) => ({
  projects: Object.fromEntries(
    projects.map(([id, facts]) => [id, { facts: { planYear: 2027, sharing: true, ...facts } }]),
  ),
})
const A_B = world(['A', {}], ['B', {}])
const ready = (id: string): Line[] => [
  { on: '07-01', step: 'declare', by: 'unit', project: id },
  { on: '07-02', step: 'review', by: 'unit', project: id },
]
const item = (project: string, budget = '1万元', more = {}) => ({ project, records: { budget }, ...more })
const compile = (items: object[], by = ['lead', 'finance'], on = '10-01') => ({
  on,
  batch: 'plan',
  year: 2027,
  step: 'compile',
  by,
  items,
})
const approve = (outcome = 'approve', on = '11-01') => ({
  on,
  batch: 'plan',
  year: 2027,
  step: 'plan-approval',
  outcome,
  by: 'government',
})

describe('§10 the plan', () => {
  it('carries the items: each step is executed in its project, with its own records, through the batch', () => {
    const run = play(policy, A_B, [
      ...ready('A'),
      ...ready('B'),
      compile([item('A'), item('B', '2万元')]),
      approve(),
    ])
    expect(run.said.slice(4)).toEqual(['ok', 'ok'])
    expect(['A', 'B'].map((id) => run.step('listing', id).outcome)).toEqual(['listed', 'listed'])
    expect(run.step('listing', 'A')).toMatchObject({ executedBy: ['government'], executedOn: '2026-11-01' })
  })

  it('the rest: every project of the same plan year in which the step is pending and open', () => {
    const projects = world(['A', {}], ['B', {}], ['C', { planYear: 2028 }], ['D', {}])
    const run = play(policy, projects, [
      ...ready('A'),
      ...ready('B'),
      ...ready('C'),
      compile([item('A')]),
      approve(),
    ])
    expect(run.said.at(-1)).toBe('ok')
    const outcomes = ['A', 'B', 'C', 'D'].map((id) => run.step('listing', id).outcome)
    expect(outcomes).toEqual(['listed', 'not-listed', undefined, undefined])
    expect(run.step('declare', 'B')).toMatchObject({ state: 'open', reopened: true })
  })

  it('† all or nothing: one item refused refuses the whole act, with its findings', () => {
    const projects = world(['A', {}], ['B', { sharing: false }])
    const run = play(policy, projects, [
      ...ready('A'),
      ...ready('B'),
      compile([item('A'), item('B')]),
      approve(),
    ])
    expect(run.said.at(-1)).toBe('veto')
    expect(['A', 'B'].map((id) => run.step('listing', id).outcome)).toEqual([undefined, undefined])
  })

  it('† a project that has not come so far cannot be listed', () => {
    const run = play(policy, A_B, [...ready('A'), compile([item('A'), item('B')]), approve()])
    expect([run.said.at(-1), run.step('listing', 'A').outcome]).toEqual(['not-done', undefined])
  })

  it('a record of an item that is missing or not of its type refuses the act', () => {
    const bad = [
      { project: 'A', records: { budget: '许多' } },
      { project: 'A', records: {} },
    ]
    for (const one of bad)
      expect(play(policy, world(['A', {}]), [...ready('A'), compile([one]), approve()]).said.at(-1)).toBe(
        'record',
      )
  })

  it('composing shows early what would refuse the items', () => {
    const run = play(policy, A_B, [...ready('A'), compile([item('A'), item('B')])])
    expect(run.said.at(-1)).toBe('ok')
    expect(run.events.at(-1)!.findings).toMatchObject([
      { code: 'not-done', level: 'note', facts: { project: 'B' } },
    ])
  })

  it('sums over items are facts, so a ceiling is a requirement', () => {
    const over = [
      ...ready('A'),
      ...ready('B'),
      compile([item('A', '60万元'), item('B', '40.000001万元')]),
      approve(),
    ]
    expect(play(policy, A_B, over).said.at(-1)).toBe('requires')
    const within = [
      ...ready('A'),
      ...ready('B'),
      compile([item('A', '60万元'), item('B', '40万元')]),
      approve(),
    ]
    expect(play(policy, A_B, within).said.at(-1)).toBe('ok')
  })

  it('an item may be changed, and taken off, until it is carried', () => {
    const run = play(policy, A_B, [
      ...ready('A'),
      ...ready('B'),
      compile([item('A', '200万元'), item('B')]),
      approve(),
      approve('return'),
      compile([item('A', '1万元'), item('B', '1万元', { outcome: 'removed' })], undefined, '11-02'),
      approve('approve', '11-03'),
    ])
    expect(run.said.slice(4)).toEqual(['ok', 'requires', 'ok', 'ok', 'ok'])
    expect(['A', 'B'].map((id) => run.step('listing', id).outcome)).toEqual(['listed', 'not-listed'])
  })

  it('each of a joint compilation may name the same items without undoing the other', () => {
    const items = [item('A')]
    const run = play(policy, world(['A', {}]), [
      ...ready('A'),
      compile(items, ['lead']),
      compile(items, ['finance']),
      approve(),
    ])
    expect(run.said.slice(2)).toEqual(['ok', 'ok', 'ok'])
    const other = play(policy, world(['A', {}]), [
      ...ready('A'),
      compile(items, ['lead']),
      compile([item('A', '9万元')], ['finance']),
      approve(),
    ])
    expect([other.events[3]!.awaiting, other.said.at(-1)]).toEqual([['lead'], 'not-done'])
  })

  it('† a first listing belongs to the plan of its own year; what is already listed may come again in a later one', () => {
    const other = play(policy, world(['A', { planYear: 2028 }]), [
      ...ready('A'),
      compile([item('A')]),
      approve(),
    ])
    expect(other.said.at(-1)).toBe('requires')
    expect(other.events.at(-1)!.findings[0]!.facts).toMatchObject({ planYear: 2028, year: 2027 })
    const again = [
      { ...compile([item('A')], undefined, '2027-10-01'), year: 2028 },
      { ...approve('approve', '2027-11-01'), year: 2028 },
    ]
    const run = play(policy, world(['A', {}]), [...ready('A'), compile([item('A')]), approve(), ...again])
    expect([run.said.at(-1), run.step('listing', 'A').times]).toEqual(['ok', 2])
  })

  it('a batch may hold several steps of a project', () => {
    const lines = [
      ...ready('A'),
      compile([item('A')]),
      approve(),
      { on: '12-01', step: 'buy', by: 'unit', project: 'A' },
    ]
    const more = compile([item('A', '3万元', { step: 'paying', outcome: 'done' })], undefined, '12-02')
    const run = play(policy, world(['A', {}]), [
      ...lines,
      { ...more, year: 2028 },
      { ...approve('approve', '12-03'), year: 2028 },
    ])
    expect(run.said.at(-1)).toBe('ok')
    expect(run.step('paying', 'A').outcome).toBe('done')
  })

  it('an unknown project or step is refused', () => {
    expect(play(policy, A_B, [compile([item('Z')])]).said).toEqual(['unknown'])
    expect(play(policy, A_B, [compile([item('A', '1元', { step: 'declare' })])]).said).toEqual(['unknown'])
  })
})

describe('§10 through', () => {
  it('a step through a batch is done by that alone', () => {
    const other = [
      ...ready('A'),
      {
        on: '10-01',
        step: 'listing',
        outcome: 'listed',
        by: 'lead',
        project: 'A',
        records: { budget: '1元' },
      },
    ]
    expect(play(policy, world(['A', {}]), other).said.at(-1)).toBe('actor')
  })

  const routed = small(`
    facts: {big: boolean}
    steps:
      approval: {by: approver, through: {step: bundle-approval, when: {big: false}}, outcomes: {approve: {}, reject: {ends: rejected}}}
    procedures:
      bundle:
        on: batch
        steps:
          propose: {by: lead, composes: [approval], opinions: {from: unit, collect: all}}
          bundle-approval: {by: audit, after: propose, outcomes: {approve: {carries: {items: approve}}}}
  `)
  const bundle = (project: string): Line[] => [
    {
      on: '01-01',
      batch: 'bundle',
      step: 'propose',
      by: 'lead',
      items: [{ project }],
      opinions: { unit: 'agree' },
    },
    { on: '01-02', batch: 'bundle', step: 'bundle-approval', outcome: 'approve', by: 'audit' },
  ]
  const both = { projects: { A: { facts: { big: true } }, B: { facts: { big: false } }, C: { facts: {} } } }
  const own = (project: string, by: string) => ({
    on: '01-03',
    step: 'approval',
    outcome: 'approve',
    by,
    project,
  })

  it('where no entry holds, by its own party', () => {
    expect(play(routed, both, [own('A', 'approver')]).said).toEqual(['ok'])
    expect(play(routed, both, [own('B', 'approver')]).said).toEqual(['actor'])
    expect(play(routed, both, [own('C', 'approver')]).said).toEqual(['undetermined'])
  })

  it('† a project whose entry does not hold cannot be carried by the batch', () => {
    const run = play(routed, both, bundle('A'))
    expect(run.said).toEqual(['ok', expect.stringMatching(/actor|through/)])
    expect(run.step('approval', 'A').state).toBe('open')
    expect(play(routed, both, bundle('B')).said).toEqual(['ok', 'ok'])
  })
})
