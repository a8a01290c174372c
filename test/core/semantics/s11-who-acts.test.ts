import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

describe('§11 parties', () => {
  it('one party, any of several, or one from a table; the refusal names who it is', () => {
    const policy = small(`
      facts: {big: boolean}
      parties: {lead: {name: 市数管局}, deputy: {same: lead}}
      steps:
        one: {by: lead}
        any: {by: {any: [lead, audit]}}
        table: {by: {table: {rows: [{when: {big: true}, is: {any: [approver, finance]}}, {else: true, is: lead}]}}}
    `)
    const world = { facts: { big: true } }
    expect(play(policy, world, ['01-01 one', '01-01 one by lead', '01-01 any by audit']).said).toEqual([
      'actor',
      'ok',
      'ok',
    ])
    expect(play(policy, world, ['01-01 one']).events[0]!.findings[0]!.message).toContain('市数管局')
    expect(play(policy, world, ['01-01 table by lead', '01-01 table by finance']).said).toEqual([
      'actor',
      'ok',
    ])
    expect(play(policy, {}, ['01-01 table by lead']).said).toEqual(['undetermined'])
    expect(play(policy, world, ['01-01 one by deputy']).said).toEqual(['ok'])
  })
})

describe('§11 joint', () => {
  const policy = small(`
    facts: {note: text}
    steps:
      a: {by: {all: [unit, lead]}, materials: {report: 报告}, outcomes: {pass: {records: {score: number}}, fail: {again: true}}}
      b: {after: a}
      other: {}
  `)
  const confirm = (on: string, by: string, more: object = {}) => ({
    on,
    step: 'a',
    outcome: 'pass',
    by,
    records: { score: 90 },
    ...more,
  })
  const first = confirm('01-01', 'unit', { materials: ['report'] })

  it('each confirms the same content; executed at the last, with what the first handed in', () => {
    const run = play(policy, {}, [first, '01-02 b', confirm('01-03', 'lead'), '01-04 b'])
    expect(run.said).toEqual(['ok', 'not-done', 'ok', 'ok'])
    expect(run.events[0]).toMatchObject({ complete: false, awaiting: ['lead'] })
    expect(run.events[2]!.complete).toBeUndefined()
    expect(run.step('a')).toMatchObject({
      state: 'done',
      executedBy: ['unit', 'lead'],
      executedOn: '2026-01-03',
    })
    const waiting = play(policy, {}, [first])
    expect(waiting.step('a')).toMatchObject({ state: 'open', awaiting: ['lead'] })
  })

  it('both at once', () => {
    expect(play(policy, {}, [{ ...first, by: ['unit', 'lead'] }]).step('a').state).toBe('done')
  })

  it('confirming may be no more than that: the content of the first is taken over', () => {
    const plain = small(
      'steps: {a: {by: {all: [unit, lead]}, materials: {report: 报告}, records: {score: number}}}',
    )
    const { outcome: _, ...one } = first
    const run = play(plain, {}, [one, '01-02 a by lead'])
    expect([run.said, run.step('a').state]).toEqual([['ok', 'ok'], 'done'])
  })

  it('† a different outcome or record is refused and shown against the first', () => {
    const records = play(policy, {}, [first, confirm('01-02', 'lead', { records: { score: 91 } })])
    expect(records.said[1]).toBe('joint-differs')
    expect(records.events[1]!.findings[0]!.facts).toMatchObject({
      party: 'unit',
      field: 'score',
      first: 90,
      second: 91,
    })
    const outcome = play(policy, {}, [first, { on: '01-02', step: 'a', outcome: 'fail', by: 'lead' }])
    expect(outcome.said[1]).toContain('joint-differs')
  })

  it('† a confirmation lapses when the state it was given on changes', () => {
    const changes: Line[] = ['01-02 other', { on: '01-02', facts: { note: '改' }, by: 'unit' }]
    for (const change of changes) {
      const run = play(policy, {}, [first, change, confirm('01-03', 'lead', { materials: ['report'] })])
      expect(run.events[2]).toMatchObject({ accepted: true, awaiting: ['unit'] })
      expect(run.step('a').state).toBe('open')
    }
  })

  it('somebody else is no confirmation', () => {
    expect(play(policy, {}, [confirm('01-01', 'audit', { materials: ['report'] })]).said).toEqual(['actor'])
  })

  it('two parties held by the same body confirm as one', () => {
    const same = small('parties: {lead: {same: unit}}\nsteps: {a: {by: {all: [unit, lead]}}}')
    expect(play(same, {}, ['01-01 a']).step('a').state).toBe('done')
  })
})
