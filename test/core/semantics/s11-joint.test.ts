import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

const act = (on: string, step: string, by: string | string[], more: object = {}): Line => ({
  on,
  step,
  by,
  ...more,
})

describe('§11 joint steps', () => {
  const policy = small(`
    registers: {pool: {of: experts, keptBy: lead}}
    steps:
      accept:
        by: {all: [unit, lead]}
        opinions: {from: finance, collect: all, agree: all}
        witness: audit
        experts: {from: pool, count: 1, share: 1/1}
        checks: {tidy: {required: true}}
        outcomes: {pass: {}}
  `)
  const world = { registers: { pool: ['甲'] } }
  const first = act('01-01', 'accept', 'unit', {
    opinions: { finance: 'agree' },
    witness: 'audit',
    experts: [{ name: '甲', agrees: true }],
    checks: { tidy: 'met' },
  })

  it('what the first says beside its records is not lost when the last confirms', () => {
    const run = play(policy, world, [first, act('01-02', 'accept', 'lead')])
    expect(run.said).toEqual(['ok', 'ok'])
    expect(run.events[0]).toMatchObject({ complete: false, awaiting: ['lead'] })
    expect(run.step('accept').state).toBe('done')
  })

  it('what is said later goes before', () => {
    const run = play(policy, world, [first, act('01-02', 'accept', 'lead', { checks: { tidy: 'not-met' } })])
    expect(run.said).toEqual(['ok', 'check'])
  })
})

describe('§10 merges of joint steps', () => {
  const policy = small(`
    facts: {cost: money}
    merges: {both: {title: 合并报批, steps: [study, design], when: {cost: {lessThan: 1000万元}}, by: {all: [unit, lead]}, article: 第十条}}
    steps:
      study: {records: {days: number}}
      design: {after: study, records: {sum: money}, to: lead}
      build: design
  `)
  const world = { facts: { cost: '100万元' } }
  const both = { records: { days: 3, sum: '5万元' } }

  it('are confirmed one party at a time, and executed together at the last', () => {
    const run = play(policy, world, [act('01-01', 'both', 'unit', both), act('01-02', 'both', 'lead', both)])
    expect(run.said).toEqual(['ok', 'ok'])
    expect(run.events[0]).toMatchObject({ complete: false, awaiting: ['lead'] })
    expect([run.step('study').state, run.step('design').state]).toEqual(['done', 'done'])
    const silent = play(policy, world, [act('01-01', 'both', 'unit', both), act('01-02', 'both', 'lead')])
    expect(silent.said).toEqual(['ok', 'ok'])
    expect(silent.step('design').state).toBe('done')
  })

  it('another content is refused against the first, of each of its steps', () => {
    const other = { records: { days: 3, sum: '6万元' } }
    const run = play(policy, world, [act('01-01', 'both', 'unit', both), act('01-02', 'both', 'lead', other)])
    expect(run.said).toEqual(['ok', 'joint-differs'])
    expect(run.step('study').state).toBe('open')
  })

  it('what would be refused of all is refused of the first', () => {
    expect(play(policy, world, [act('01-01', 'both', 'unit', { records: { days: 3 } })]).said).toEqual([
      'record',
    ])
  })

  it('a merge that its own statement leaves is refused in its own words', () => {
    const stated = small(`
      facts: {cost: {type: money, from: [study, design]}}
      merges: {both: {title: 合并报批, steps: [study, design], when: {any: [{cost: {known: false}}, {cost: {lessThan: 1000万元}}]}, article: 第十条}}
      steps: {study: {}, design: study}
    `)
    const run = play(stated, {}, [act('01-01', 'both', 'unit', { records: { cost: '1000万元' } })])
    expect(run.events[0]!.findings).toMatchObject([
      {
        code: 'requires',
        step: 'both',
        article: ['第十条'],
        message: '「合并报批」的条件不成立: cost为1000万元(第十条)',
      },
    ])
  })
})

describe('sentences', () => {
  it('an outcome whose condition does not hold says which outcome, and why', () => {
    const policy = small(`
      facts: {cost: {type: money, title: 总投资, optional: true}}
      steps: {change: {title: 设计变更, outcomes: {approve: {title: 同意, when: {cost: {lessThan: 500万元}}}, reject: {}}}}
    `)
    const run = play(policy, { facts: { cost: '600万元' } }, [
      act('01-01', 'change', 'unit', { outcome: 'approve' }),
    ])
    expect(run.events[0]!.findings[0]!.message).toBe(
      '不能以「同意」办结「设计变更」: 总投资为600万元(第一条)',
    )
  })
})
