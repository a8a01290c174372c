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
