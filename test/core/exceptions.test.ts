import { describe, expect, it } from 'vitest'
import { exceptionsOf } from '../../functions/core/case/exceptions.ts'
import { gatesOf } from '../../functions/core/case/gates.ts'
import { amountsOf } from '../../functions/core/oversight/amounts.ts'
import { lookAt } from '../../functions/core/policy/engine/environment.ts'
import type { Policy } from '../../functions/core/policy/model.ts'
import { type CaseState, newCase, newStepState, type Values } from '../../functions/core/policy/state.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { small } from './small.ts'

/** What an auditor looks for, on policies that differ in their order; no policy is named anywhere. */

const POLICY = `
  steps:
    approval: {stage: approval, records: {estimate: money}, article: 第三条}
    procurement: {stage: procurement, after: approval, article: 第四条}
    contract: {stage: procurement, after: procurement, records: {amount: money}}
    completion: {after: contract}
    acceptance: {stage: acceptance, after: completion, due: {within: 6 months, of: completion}, article: 第五条}
    commissioning: {stage: operation}
    maintenance-filing: {stage: operation, after: acceptance}
  procedures:
    change:
      on: project
      steps:
        change-approval: {records: {newTotal: money}, outcomes: {agree: {ends: effective}, refuse: {ends: refused}}}
    payment:
      on: project
      after: contract
      article: 第六条
      steps:
        payment: {by: unit, records: {amount: money}}
`
const outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }

let seq = 0
function done(on: string, records: Values = {}) {
  seq += 1
  const run = {
    n: 1,
    seq,
    on,
    entered: on,
    by: ['unit'],
    outcome: 'done',
    settles: true,
    records,
    materials: [],
  }
  return { ...newStepState(), runs: [run], done: true }
}

function look(policy: Policy, state: CaseState, day = '2026-06-01') {
  return exceptionsOf(lookAt(policy, state, outside, day), amountsOf(policy, state))
}

function project(steps: CaseState['steps'], over: Partial<CaseState> = {}): CaseState {
  return { ...newCase('x', '2026-01-01', {}, {}), seq, steps, track: 'main', ...over }
}

describe('exceptions', () => {
  const policy = small(POLICY)
  const approval = () => done('2026-02-01', { estimate: 100 })

  it('a project in order has none', () => {
    const steps = {
      approval: approval(),
      procurement: done('2026-02-01'),
      contract: done('2026-03-01', { amount: 100 }),
    }
    expect(look(policy, project(steps))).toEqual([])
  })

  it('procured on a day before the approval, or without one', () => {
    const early = { procurement: done('2026-01-31'), approval: approval() }
    expect(look(policy, project(early))).toEqual([
      {
        kind: 'procured-before-approval',
        step: 'procurement',
        on: '2026-01-31',
        article: ['第四条', '第三条'],
      },
    ])
    const without = { procurement: done('2026-01-31') }
    expect(look(policy, project(without)).map(({ kind }) => kind)).toEqual(['procured-before-approval'])
  })

  it('of a project taken over in mid-life only what was entered counts', () => {
    const taken = { adopted: { on: '2026-04-01', reason: '存量' } }
    expect(look(policy, project({ procurement: done('2026-01-31') }, taken))).toEqual([])
  })

  it('one fen over the approved estimate, unless a change in effect approved it anew', () => {
    const steps = (amount: number) => ({
      approval: approval(),
      procurement: done('2026-02-02'),
      contract: done('2026-03-01', { amount }),
    })
    expect(look(policy, project(steps(100)))).toEqual([])
    expect(look(policy, project(steps(101)))).toMatchObject([{ kind: 'over-estimate', step: 'contract' }])
    const change = (result: string) => ({
      id: 'change-1',
      procedure: 'change',
      openedOn: '2026-02-10',
      seq,
      facts: {},
      steps: { 'change-approval': done('2026-02-11', { newTotal: 101 }) },
      result,
    })
    expect(look(policy, project(steps(101), { procedures: [change('effective')] }))).toEqual([])
    expect(look(policy, project(steps(101), { procedures: [change('refused')] }))).toHaveLength(1)
  })

  it('in operation before the acceptance, where the policy does not have use come first', () => {
    const steps = () => ({
      approval: approval(),
      procurement: done('2026-02-02'),
      contract: done('2026-03-01', { amount: 90 }),
      completion: done('2026-04-01'),
      commissioning: done('2026-04-02'),
    })
    expect(look(policy, project(steps()))).toMatchObject([
      { kind: 'operating-unaccepted', step: 'commissioning', on: '2026-04-02' },
    ])
    const useFirst = small(
      POLICY.replace('acceptance, after: completion', 'acceptance, after: commissioning'),
    )
    expect(look(useFirst, project(steps()))).toEqual([])
    expect(look(policy, project({ ...steps(), acceptance: done('2026-04-03') }))).toEqual([])
  })

  it('the acceptance is overdue on the day after its last', () => {
    const state = project({
      approval: approval(),
      procurement: done('2026-02-02'),
      contract: done('2026-03-01', { amount: 90 }),
      completion: done('2026-04-01'),
      acceptance: {
        ...newStepState(),
        stamp: { dueOn: '2026-10-01', provisional: false, key: 'k', seq: 1 },
      },
    })
    expect(look(policy, state, '2026-10-01')).toEqual([])
    expect(look(policy, state, '2026-10-02')).toMatchObject([
      { kind: 'acceptance-overdue', on: '2026-10-01', article: ['第五条'] },
    ])
    expect(
      look(policy, { ...state, ended: { result: 'cancelled', on: '2026-09-01', seq } }, '2026-10-02'),
    ).toEqual([])
  })
})

describe('gates', () => {
  const policy = small(POLICY)
  const gates = (state: CaseState) => gatesOf(lookAt(policy, state, outside, '2026-06-01'))

  it('say what bars the procurement and the payment, and go when it is done', () => {
    expect(gates(project({}))).toMatchObject([
      { step: 'procurement', findings: [{ code: 'not-done', facts: { waitsForStep: 'approval' } }] },
      { step: 'payment', findings: [{ code: 'not-done', facts: { waitsForStep: 'contract' } }] },
    ])
    const contracted = {
      approval: done('2026-02-01', { estimate: 100 }),
      procurement: done('2026-02-02'),
      contract: done('2026-03-01', { amount: 90 }),
    }
    expect(gates(project(contracted))).toEqual([])
    expect(gates(project({}, { ended: { result: 'cancelled', on: '2026-03-01', seq } }))).toEqual([])
  })
})
