import { describe, expect, it } from 'vitest'
import { amountsOf } from '../../functions/core/oversight/amounts.ts'
import { daysIn, entered, passing, type StageSpan } from '../../functions/core/oversight/stage-spans.ts'
import { isBelow, statedSuperiors } from '../../functions/core/oversight/superior.ts'
import { foldTenant, NO_TENANT } from '../../functions/core/oversight/tenant-fold.ts'
import { newCase, newStepState, type Run, type Values } from '../../functions/core/policy/state.ts'
import { addDays } from '../../functions/core/values/day.ts'
import { small } from '../core/small.ts'
import { chance, seeds } from './province.ts'

describe('below', () => {
  const stated = statedSuperiors([
    { division: '320402', superior: '320400' },
    { division: '320400', superior: undefined },
    { division: '419001', superior: '410000' },
    { division: '990101', superior: '990102' },
    { division: '990102', superior: '990101' },
  ])
  it.each<[string, string | undefined, string, boolean]>([
    ['320402', '320400', '320000', true],
    ['320402', '320400', '320400', true],
    ['320402', '320400', '320402', false],
    ['320402', '320400', '340000', false],
    ['320700', '320000', '320000', true],
    ['320106', undefined, '320000', true],
    ['419001', '410000', '410000', true],
    ['419001', undefined, '410000', true],
    ['320999', '340000', '320000', false],
    ['320999', '340000', '340000', true],
    ['320000', undefined, '320000', false],
    ['990101', '990102', '990000', false],
  ])('%s (superior %s) below %s: %s', (division, superior, top, below) => {
    expect(isBelow({ division, superior }, top, stated)).toBe(below)
  })
})

describe('stays in stages', () => {
  const span = (stage: string, enteredOn: string, leftOn?: string): StageSpan => ({
    stage,
    enteredOn,
    whole: true,
    ...(leftOn ? { leftOn } : {}),
  })

  it('end where the next begins, and none lasts no day', () => {
    let spans = entered([], 'declaration', '2026-01-01')
    spans = entered(spans, 'declaration', '2026-01-03')
    spans = entered(spans, 'review', '2026-01-05')
    spans = entered(spans, 'planning', '2026-01-05')
    expect(spans).toEqual([span('declaration', '2026-01-01', '2026-01-05'), span('planning', '2026-01-05')])
    expect(entered(spans, 'declaration', '2026-01-05')).toEqual([span('declaration', '2026-01-01')])
    expect(spans.map(daysIn)).toEqual([4, undefined])
  })

  it('count no days where the beginning is not known, nor when all is done', () => {
    expect(
      daysIn({ stage: 'trial', enteredOn: '2026-01-01', leftOn: '2026-02-01', whole: false }),
    ).toBeUndefined()
    expect(daysIn(span('closed', '2026-01-01', '2026-02-01'))).toBeUndefined()
  })

  it.each(seeds([4, 5], 2))('begin on the very day, whenever one looks, seed %i', (seed) => {
    const random = chance(seed)
    const changes = ['2026-01-10', '2026-03-31', '2026-04-01', '2027-06-15'].filter(() => random() < 0.8)
    const stageOn = (day: string): string => `s${changes.filter((change) => change <= day).length}`
    const begun = entered([], 's0', '2026-01-01')
    const wanted = changes.reduce((spans, change, n) => entered(spans, `s${n + 1}`, change), begun)
    expect(passing(begun, '2026-01-01', '2028-01-01', stageOn)).toEqual(wanted)
    const early = addDays('2026-01-01', Math.floor(random() * 700))
    const known = wanted.filter(({ enteredOn }) => enteredOn <= early).length
    expect(passing(begun, '2026-01-01', early, stageOn).map(({ stage }) => stage)).toEqual(
      wanted.slice(0, known).map(({ stage }) => stage),
    )
    expect(passing(begun, '2026-01-01', '2026-01-01', stageOn)).toEqual(begun)
  })
})

describe('amounts', () => {
  let seq = 0
  const run = (records: Values, over: Partial<Run> = {}): Run => {
    seq += 1
    const day = { on: '2026-01-01', entered: '2026-01-01' }
    return { n: 1, seq, ...day, by: [], outcome: 'done', settles: true, records, materials: [], ...over }
  }
  const step = (...runs: Run[]) => ({ ...newStepState(), runs, done: true })

  const policy = small(`
    steps:
      approval: {records: {estimate: money}}
      plan-listing: {records: {budget: money}}
      budget: {records: {amount: money}}
      contract: {records: {amount: money}}
      settle: {records: {finalInvestment: money}}
      advance-payment: {records: {sum: money, note: text}}
    procedures:
      payment:
        steps:
          payment-application: {records: {amount: money}}
          payment: {records: {amount: money, withheld: money}}
      maintenance-payment:
        steps:
          request: {records: {amount: money}}
          transfer: {records: {paid: money}}
  `)

  it('are unknown, not zero, before anything is known', () => {
    expect(amountsOf(policy, newCase('x', '2026-01-01', {}, {}))).toEqual({})
  })

  it('are summed over contracts and payments, and come from the budget before the plan', () => {
    const state = newCase('x', '2026-01-01', { estimate: 900 }, {})
    state.steps = {
      approval: step(run({ estimate: 800 }), run({ estimate: 700 })),
      'plan-listing': step(run({ budget: 600 })),
      'contract#contract-1': step(run({ amount: 100 })),
      'contract#contract-2': step(run({ amount: 200 }), run({ amount: 50 }, { undone: true })),
      'contract-acceptance': step(run({ amount: 7 })),
    }
    const procedure = { procedure: 'payment', openedOn: '2026-01-01', seq: 9, facts: {} }
    state.procedures = [
      { id: 'payment-1', ...procedure, steps: { payment: step(run({ amount: 30 })) } },
      {
        id: 'payment-2',
        ...procedure,
        steps: { payment: step(run({ amount: 0 })), 'payment-application': step(run({ amount: 99 })) },
      },
    ]
    expect(amountsOf(policy, state)).toEqual({
      estimate: 900,
      approved: 700,
      budget: 600,
      contract: 300,
      paid: 30,
    })
    const other = { procedure: 'maintenance-payment', openedOn: '2026-01-01', seq: 9, facts: {} }
    const steps = { request: step(run({ amount: 5000 })), transfer: step(run({ paid: 4000 })) }
    state.procedures.push({ id: 'maintenance-payment-1', ...other, steps })
    state.steps['advance-payment'] = step(run({ sum: 300 }), run({ sum: 200 }, { undone: true }))
    state.steps.settle = step(run({ finalInvestment: 290 }))
    expect(amountsOf(policy, state)).toMatchObject({ paid: 4330, final: 290 })
    state.steps.budget = step(run({ amount: 400 }), run({ amount: 150 }))
    expect(amountsOf(policy, state).budget).toBe(550)
  })
})

it('what surrounds projects is folded from units, announcements and the directory', () => {
  const entry = (stream: string, payload: Record<string, unknown>) => ({
    seq: 1,
    stream,
    version: 1,
    type: 'x',
    on: '2026-01-01',
    at: '2026-01-01T00:00:00.000Z',
    payload,
  })
  const steps = [
    entry('directory', {
      hash: 'h1',
      effectiveOn: '2021-01-01',
      organisations: [{ id: 'o1', name: '一局' }],
    }),
    entry('organisation:o2', { id: 'o2', name: '二局' }),
    entry('unit:o1', { facts: { a: 1 } }),
    entry('unit:o1', { facts: { b: true } }),
    entry('announcement:declare:2027', { step: 'declare', year: 2027, from: null, to: '2026-07-31' }),
    entry('user:u1', { id: 'u1', name: '张三' }),
  ]
  const reached: unknown[] = []
  const fold = steps.reduce((before, one) => {
    const { fold: after, reach } = foldTenant(before, one)
    reached.push(reach)
    return after
  }, NO_TENANT)
  expect(fold).toEqual({
    organisations: { o1: '一局', o2: '二局' },
    units: { o1: { a: 1, b: true } },
    announced: { declare: { '2027': { to: '2026-07-31' } } },
    policies: { h1: 1 },
  })
  expect(reached).toEqual(['all', ['o2'], ['o1'], ['o1'], 'all', []])
})
