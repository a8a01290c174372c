import { describe, expect, it } from 'vitest'
import { countsNeeded } from '../../../functions/core/policy/engine/counts.ts'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { type Line, play, small, smallText } from '../small.ts'

const policy = small(`
  facts:
    planYear: year
    cost: money
    running: {title: 在建项目, count: unit.projects, where: {approval: done, acceptance: not-done}}
    spent: {title: 单位已批概算, sum: unit.projects.approval.amount}
    yearly: {title: 本年度已批, sum: year.projects.cost, where: {approval: done}, excluding: none}
    stopped: {title: 被终止过的, count: unit.projects, where: {ended: true}}
  tables:
    room: {title: 余量, rows: [{when: {running: {atMost: 1}}, is: some, article: 第二条}, {else: true, is: none, article: 第二条}]}
  steps:
    declare: {}
    approval:
      after: declare
      requires: [{that: {running: {lessThan: 1}}, article: 第三条}]
      records: {amount: money}
      outcomes: {approve: {}, reject: {ends: rejected}}
    acceptance: approval
    listing:
      after: declare
      requires: [{that: {yearly: {atMost: 100万元}}, article: 第四条}]
    note: {owed: never, when: {room: some}}
    later: {owed: never, after: note}
    plea: {owed: never, requires: [{that: {stopped: {atLeast: 1}}}]}
`)
const three = {
  facts: { planYear: 2027 },
  projects: {
    A: { facts: { cost: '60万元' } },
    B: { facts: { cost: '40万元' } },
    C: { facts: { cost: '1万元' } },
  },
}
const act = (project: string, on: string, step: string, more: object = {}): Line => ({
  on,
  step,
  by: 'unit',
  project,
  ...more,
})
const approve = (project: string, on: string): Line =>
  act(project, on, 'approval', { outcome: 'approve', records: { amount: '5万元' } })

describe('§12 counts over other cases', () => {
  it('a limit of one: the second is refused with the article while the first runs, and not afterwards', () => {
    const run = play(policy, three, [
      act('A', '01-01', 'declare'),
      act('B', '01-01', 'declare'),
      approve('A', '01-02'),
      approve('B', '01-03'),
      act('A', '01-04', 'acceptance'),
      approve('B', '01-05'),
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'requires', 'ok', 'ok'])
    expect(run.events[3]!.findings).toContainEqual(
      expect.objectContaining({ code: 'requires', article: ['第三条'], facts: { running: 1 } }),
    )
  })

  it('the case itself is not counted; what has ended is not, unless the count asks for it', () => {
    const run = play(policy, three, [
      act('A', '01-01', 'declare'),
      act('B', '01-01', 'declare'),
      act('C', '01-01', 'declare'),
      act('A', '01-02', 'approval', { outcome: 'reject' }),
      approve('B', '01-03'),
      act('C', '01-04', 'plea'),
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ok'])
    expect(play(policy, three, [act('C', '01-04', 'plea')]).said).toEqual(['requires'])
  })

  it('sums over the plan year, itself counted where it is said', () => {
    const all = [
      act('A', '01-01', 'declare'),
      act('B', '01-01', 'declare'),
      approve('A', '01-02'),
      act('A', '01-03', 'acceptance'),
      approve('B', '01-04'),
      act('B', '01-05', 'listing'),
      act('C', '01-05', 'declare'),
      act('B', '01-06', 'acceptance'),
      approve('C', '01-07'),
      act('C', '01-08', 'listing'),
    ]
    expect(play(policy, three, all).said.slice(5)).toEqual(['ok', 'ok', 'ok', 'ok', 'requires'])
    const other = {
      ...three,
      projects: { ...three.projects, A: { facts: { cost: '60万元', planYear: 2028 } } },
    }
    expect(play(policy, other, all).said.at(-1)).toBe('ok')
  })

  it('unknown when a part is unknown: a decision that hangs on it names the count', () => {
    const unknown = small(`
      facts: {kind: text, big: {title: 同类项目, count: unit.projects, where: {kind: 软件}}}
      steps: {declare: {requires: [{that: {big: {lessThan: 1}}}]}}
    `)
    const world = { projects: { A: { facts: {} }, B: { facts: { kind: '软件' } } } }
    const run = play(unknown, world, [act('B', '01-01', 'declare'), act('A', '01-01', 'declare')])
    expect(run.said).toEqual(['undetermined', 'requires'])
    expect(run.events[0]!.findings[0]!.facts).toEqual({ big: null })
  })

  it('two in one batch: the second is judged after the first', () => {
    const bundled = small(`
      facts: {running: {title: 在建, count: unit.projects, where: {approval: done}}}
      steps:
        declare: {}
        approval: {through: bundle-approval, after: declare, requires: [{that: {running: {lessThan: 1}}, article: 第三条}], outcomes: {approve: {}}}
      procedures:
        bundle:
          on: batch
          steps: {bundle-approval: {by: lead, composes: [approval], outcomes: {approve: {carries: {items: approve}}}}}
    `)
    const batch = (...names: string[]): Line => ({
      on: '01-02',
      batch: 'bundle',
      step: 'bundle-approval',
      by: 'lead',
      outcome: 'approve',
      items: names.map((project) => ({ project, step: 'approval', outcome: 'approve' })),
    })
    const world = { projects: { A: {}, B: {} } }
    const declared = [act('A', '01-01', 'declare'), act('B', '01-01', 'declare')]
    expect(play(bundled, world, [...declared, batch('A', 'B')]).said.at(-1)).toBe('requires')
    expect(play(bundled, world, [...declared, batch('A')]).said.at(-1)).toBe('ok')
  })

  it('says which counts a command needs: those its rules read, and those of what is before it', () => {
    const needed = (step: string) =>
      countsNeeded(policy, { type: 'execute', step, by: [] }).map((one) => one.id)
    expect(needed('declare')).toEqual([])
    expect(needed('approval')).toEqual(['running'])
    expect(needed('listing')).toEqual(['yearly'])
    expect(needed('note')).toEqual(['running'])
    expect(needed('later')).toEqual(['running'])
  })

  it('`where` belongs to counts over projects, and a sum names what is summed', () => {
    const wrong = (fact: string) =>
      loadPolicy(smallText(`{facts: {x: ${fact}}, steps: {a: {records: {n: number}}}}`), 'x').problems.map(
        (one) => one.path.join('.'),
      )
    expect(wrong('{title: x, count: a, where: {a: done}}')).toEqual(['facts.x.where'])
    expect(wrong('{title: x, sum: unit.projects}')).toEqual(['facts.x.sum'])
    expect(wrong('{title: x, sum: unit.projects.nothing}')).toEqual(['facts.x.sum'])
    expect(wrong('{title: x, sum: unit.projects.a.n, where: {a: done}}')).toEqual([])
  })
})
