import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

describe('§7 repeat: many', () => {
  const policy = small(`
    steps:
      contract: {repeat: many, records: {amount: money}}
      big: {owed: never, when: {contract.amount: {atLeast: 100万元}}}
      both: {owed: never, when: {total: {atLeast: 100万元}}}
    facts: {total: {title: 合计, sum: contract.amount}}
  `)
  const sign = (on: string, amount: string) => ({ on, step: 'contract', by: 'unit', records: { amount } })

  it('owed until first executed, may run again, each run keeps its records, the bare name is the latest', () => {
    expect(play(policy, {}, []).pending).toEqual(['contract'])
    const run = play(policy, {}, [sign('01-01', '99万元'), sign('01-02', '1万元')])
    expect([run.said, run.pending]).toEqual([['ok', 'ok'], []])
    expect([run.step('big').state, run.step('both').state, run.step('contract').times]).toEqual([
      'excluded',
      'open',
      2,
    ])
  })
})

describe('§7 repeat: each', () => {
  const yearly = (more: string) =>
    small(`
      steps:
        use: {}
        stop: {owed: never, after: use}
        filing: {repeat: {each: year, ${more} from: use, until: stop}}
    `)
  const periods = (policy: ReturnType<typeof small>, on: string, lines: Line[]) =>
    (play(policy, { on }, lines).step('filing').periods ?? []).map(
      (one) =>
        `${one.id}${one.dueOn ? ` ${one.dueOn}` : ''}${one.done ? ' done' : ''}${one.overdue ? ' late' : ''}`,
    )

  it('one instance for each period in which it is running on its due day', () => {
    const policy = yearly('by: 11-30,')
    expect(periods(policy, '2028-01-01', ['2026-11-30 use'])).toEqual([
      '2026 2026-11-30 late',
      '2027 2027-11-30 late',
      '2028 2028-11-30',
    ])
    expect(periods(policy, '2027-06-01', ['2026-12-01 use'])).toEqual(['2027 2027-11-30'])
    expect(periods(policy, '2028-06-01', ['2026-01-01 use', '2027-11-29 stop'])).toEqual([
      '2026 2026-11-30 late',
    ])
    expect(periods(policy, '2028-06-01', ['2026-01-01 use', '2027-12-01 stop'])).toEqual([
      '2026 2026-11-30 late',
      '2027 2027-11-30 late',
    ])
  })

  it('executable from the first day of the period; stays owed when late; the oldest first, or the one named', () => {
    const policy = yearly('by: 11-30,')
    const filing = (on: string, period?: string) => ({
      on,
      step: 'filing',
      by: 'unit',
      ...(period ? { period } : {}),
    })
    expect(play(policy, {}, ['2026-01-05 filing']).said).toEqual(['not-done'])
    const run = play(policy, { on: '2027-02-01' }, [
      '2026-01-01 use',
      '2026-01-01 filing',
      '2026-06-01 filing',
      filing('2027-01-01'),
    ])
    expect(run.said).toEqual(['ok', 'ok', 'already-done', 'ok'])
    const late = play(policy, {}, ['2026-01-01 use', filing('2027-03-01'), filing('2027-03-01', '2027')])
    expect(late.said).toEqual(['ok', 'ok', 'ok'])
    expect(late.events[1]!.findings).toMatchObject([
      { code: 'too-late', level: 'note', facts: { period: '2026' } },
    ])
    expect(play(policy, {}, ['2026-01-01 use', filing('2026-03-01', '2027')]).said).toEqual([
      'ok',
      'not-done',
    ])
  })

  it('without `by` owed and never overdue', () => {
    const policy = yearly('')
    expect(periods(policy, '2027-06-01', ['2026-05-05 use'])).toEqual(['2026', '2027'])
    expect(play(policy, { on: '2027-06-01' }, ['2026-05-05 use']).owed).toEqual(['filing', 'filing'])
  })

  it.each([
    ['half-year', ['2026-H1', '2026-H2']],
    ['quarter', ['2026-Q1', '2026-Q2', '2026-Q3']],
    ['month', ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07']],
  ])('by %s', (each, wanted) => {
    const policy = small(`steps: {use: , filing: {repeat: {each: ${each}, from: use}}}`)
    expect(periods(policy, '2026-07-31', ['2026-01-31 use'])).toEqual(wanted)
  })

  it('a window of the period opens it; late it stays owed and can be done', () => {
    const policy = yearly('window: {from: 10-01, to: 11-30},')
    expect(play(policy, {}, ['2026-01-01 use', '2026-09-30 filing']).said[1]).not.toBe('ok')
    expect(play(policy, {}, ['2026-01-01 use', '2026-10-01 filing']).said[1]).toBe('ok')
    const late = play(policy, {}, [
      '2026-01-01 use',
      { on: '2027-02-01', step: 'filing', by: 'unit', period: '2026' },
    ])
    expect(late.said[1]).toBe('ok')
    expect(late.events[1]!.findings).toMatchObject([{ code: 'window', level: 'note' }])
  })

  it('it runs from the first start on, even when the start is repeated', () => {
    const policy = small('steps: {use: {repeat: many}, filing: {repeat: {each: year, by: 11-30, from: use}}}')
    expect(periods(policy, '2028-01-01', ['2026-01-01 use', '2027-12-15 use'])).toEqual([
      '2026 2026-11-30 late',
      '2027 2027-11-30 late',
      '2028 2028-11-30',
    ])
  })

  it('an excluded periodic step is owed nothing', () => {
    const policy = small(
      'facts: {x: boolean}\nsteps: {a: , filing: {when: {x: true}, repeat: {each: year, by: 11-30}}}',
    )
    const run = play(policy, { facts: { x: false }, on: '2030-01-01' }, ['2026-01-01 a'])
    expect([run.state.settled, run.owed, run.step('filing').state]).toEqual([true, [], 'excluded'])
  })
})

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
