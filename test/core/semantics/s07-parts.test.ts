import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

describe('§7 parts', () => {
  const policy = small(`
    steps:
      contract: {repeat: many, creates: contract, closedBy: complete, records: {amount: money}}
      complete: {after: contract}
      check: {each: contract, after: contract, records: {paid: money}, requires: [{that: {paid: {atMost: 100%, of: contract.amount}}}], outcomes: {pass: {}, fail: {again: true}}}
      first: {owed: never, after: {any: check}}
      two: {owed: never, after: {atLeast: 2, of: check}}
      whole: {after: {every: check}}
      last: {after: whole}
  `)
  const sign = (on: string, amount = '10元') => ({ on, step: 'contract', by: 'unit', records: { amount } })
  const check = (on: string, part: string, outcome = 'pass', paid = '1元') => ({
    on,
    step: 'check',
    by: 'unit',
    part,
    outcome,
    records: { paid },
  })

  it('a part a run; steps with `each` exist once per part, read their own part, and name it', () => {
    const lines = [sign('01-01', '10元'), sign('01-02', '5元')]
    const run = play(policy, {}, [
      ...lines,
      check('01-03', 'contract-1', 'pass', '10元'),
      check('01-03', 'contract-2', 'pass', '5.01元'),
      check('01-04', 'contract-2', 'pass', '5元'),
      check('01-05', 'contract-3'),
      check('01-05', 'contract-1'),
      '01-05 check:pass',
    ])
    expect(run.said.slice(2)).toEqual([
      'ok',
      'requires',
      'ok',
      expect.stringContaining('unknown'),
      expect.stringContaining('already-done'),
      expect.stringContaining('unknown'),
    ])
  })

  it('every part is shown, pending and owed on its own', () => {
    const run = play(policy, {}, [sign('01-01'), sign('01-02'), check('01-03', 'contract-1')])
    const shown = run.state.steps.filter((step) => step.id === 'check').map((step) => [step.part, step.state])
    expect(shown).toEqual([
      ['contract-1', 'done'],
      ['contract-2', 'open'],
    ])
    expect(run.state.obligations.filter((one) => one.step === 'check').map((one) => one.part)).toEqual([
      'contract-2',
    ])
  })

  it('any and atLeast', () => {
    const lines = [
      sign('01-01'),
      sign('01-02'),
      '01-03 first',
      check('01-03', 'contract-1'),
      '01-04 first',
      '01-04 two',
      check('01-05', 'contract-2'),
      '01-06 two',
    ]
    expect(play(policy, {}, lines).said.slice(2)).toEqual(['not-done', 'ok', 'ok', 'not-done', 'ok', 'ok'])
  })

  it('† every holds only when the set is closed and not empty', () => {
    const run = play(policy, {}, [
      sign('01-01'),
      check('01-02', 'contract-1'),
      '01-03 whole',
      '01-04 complete',
      '01-05 whole',
    ])
    expect(run.said.slice(2)).toEqual(['not-done', 'ok', 'ok'])
    expect(play(policy, {}, ['01-01 whole']).said).toEqual(['not-done'])
    const none = small(`
      steps:
        contract: {owed: never, repeat: many, creates: contract, closedBy: complete}
        complete: {}
        check: {each: contract}
        whole: {after: {every: check, mayBeNone: true}}
        strict: {after: {every: check}}
    `)
    expect(play(none, {}, ['01-01 complete', '01-02 strict', '01-02 whole']).said).toEqual([
      'ok',
      'not-done',
      'ok',
    ])
    expect(play(none, {}, ['01-01 complete', '01-02 whole']).pending).toEqual(['strict'])
  })

  it('a failed or reopened part does not count', () => {
    const lines = [sign('01-01'), '01-02 complete', check('01-03', 'contract-1', 'fail'), '01-04 whole']
    expect(play(policy, {}, lines).said.at(-1)).toBe('not-done')
  })

  it('† a part added later undoes what rested on `every`', () => {
    const done = [sign('01-01'), '01-02 complete', check('01-03', 'contract-1'), '01-04 whole']
    const run = play(policy, {}, [
      ...done,
      sign('01-05'),
      '01-06 last',
      '01-06 whole',
      check('01-07', 'contract-2'),
      '01-08 whole',
      '01-09 last',
    ])
    expect(run.said.slice(4)).toEqual(['ok', 'reopened', 'not-done', 'ok', 'ok', 'ok'])
  })

  it('settled when every part is done', () => {
    const lines = [sign('01-01'), '01-02 complete', check('01-03', 'contract-1'), '01-04 whole', '01-05 last']
    expect(play(policy, {}, lines).state.settled).toBe(true)
    expect(play(policy, {}, [...lines.slice(0, 2)]).state.settled).toBe(false)
  })

  it('a recorded list makes a part of each row', () => {
    const rows = small(`
      steps:
        split: {creates: lot, records: {lots: {type: list, columns: {amount: {type: money}}}}}
        check: {each: lot}
        whole: {after: {every: check}}
    `)
    const split = {
      on: '01-01',
      step: 'split',
      by: 'unit',
      records: { lots: [{ amount: '1元' }, { amount: '2元' }] },
    }
    const one = (part: string) => ({ on: '01-02', step: 'check', by: 'unit', part })
    expect(play(rows, {}, [split, one('lot-1'), '01-03 whole', one('lot-2'), '01-03 whole']).said).toEqual([
      'ok',
      'ok',
      'not-done',
      'ok',
      'ok',
    ])
  })

  it('facts and due dates are of each part', () => {
    const each = small(`
      facts: {quality: {type: text, each: contract, from: inspect}}
      steps:
        contract: {repeat: many, creates: contract, closedBy: complete}
        complete: {}
        inspect: {each: contract, after: contract}
        check: {each: contract, after: inspect, when: {quality: 良}, due: {within: 1 month, of: contract, missed: {demands: explain}}}
        explain: {owed: on-demand}
    `)
    const inspect = (part: string, quality: string) => ({
      on: '02-02',
      step: 'inspect',
      by: 'unit',
      part,
      records: { quality },
    })
    const lines = [
      '01-01 contract',
      '02-01 contract',
      inspect('contract-1', '良'),
      inspect('contract-2', '差'),
    ]
    const run = play(each, { on: '2026-02-02' }, lines)
    const checks = run.state.steps.filter((step) => step.id === 'check')
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(checks.map((step) => [step.state, step.dueOn])).toEqual([
      ['open', '2026-02-01'],
      ['excluded', undefined],
    ])
    expect(play(each, { on: '2026-02-03' }, lines).step('explain').state).toBe('open')
  })

  it('`batch: true` lets one run serve a named subset', () => {
    const batch = small(`
      steps:
        contract: {repeat: many, creates: contract, closedBy: complete}
        complete: {after: contract}
        check: {each: contract, batch: true}
        single: {each: contract}
        whole: {after: {every: check}}
    `)
    const lines: Line[] = ['01-01 contract', '01-01 contract', '01-01 contract', '01-02 complete']
    const check = (parts: string[], step = 'check') => ({ on: '01-03', step, by: 'unit', parts })
    expect(
      play(batch, {}, [
        ...lines,
        check(['contract-1', 'contract-3']),
        '01-04 whole',
        check(['contract-2']),
        '01-05 whole',
      ]).said.slice(4),
    ).toEqual(['ok', 'not-done', 'ok', 'ok'])
    expect(play(batch, {}, [...lines, check(['contract-1', 'contract-2'], 'single')]).said.at(-1)).toContain(
      'unknown',
    )
  })
})
