import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

describe('§4 ends', () => {
  const policy = small(`
    steps:
      study: {}
      proposal: {after: study, records: {estimate: money}}
      approval:
        after: proposal
        outcomes: {approve: {}, return: {reopens: study}, reject: {ends: rejected}}
      start: {after: approval}
      more: {after: start}
    procedures:
      change:
        after: approval
        steps:
          apply: {}
          decide: {after: apply, outcomes: {redo: {reopens: {from: proposal, to: approval}, ends: effective}, no: {ends: refused}}}
  `)
  const propose = (on: string, estimate: string) => ({
    on,
    step: 'proposal',
    by: 'unit',
    records: { estimate },
  })
  const life = ['01-01 study', propose('01-02', '1元'), '01-03 approval:approve', '01-04 start']
  const change = [
    { on: '02-01', procedure: 'change', start: {}, by: 'unit' },
    '02-02 apply',
    '02-03 decide:redo',
  ]

  it('ends the procedure; in the main one the project', () => {
    const refused = play(policy, {}, [...life, ...change.slice(0, 2), '02-03 decide:no', '02-04 more'])
    expect([refused.state.procedures[0]!.result, refused.said.at(-1)]).toEqual(['refused', 'ok'])
    const rejected = play(policy, {}, [
      '01-01 study',
      propose('01-02', '1元'),
      '01-03 approval:reject',
      '01-04 start',
    ])
    expect([rejected.state.ended?.result, rejected.state.stage, rejected.said.at(-1)]).toEqual([
      'rejected',
      'closed',
      'ended',
    ])
  })

  it('† a refused re-approval undoes the reopening and does not kill a half-built project', () => {
    const run = play(policy, {}, [
      ...life,
      ...change,
      propose('02-04', '9元'),
      '02-05 approval:reject',
      '02-06 more',
    ])
    expect(run.said.at(-1)).toBe('ok')
    expect(run.state).toMatchObject({ settled: true })
    expect(run.state.ended).toBeUndefined()
    expect(run.state.procedures[0]!.result).toBe('rejected')
    expect(run.step('approval')).toMatchObject({
      state: 'done',
      outcome: 'approve',
      executedOn: '2026-01-03',
      times: 1,
    })
  })

  it('† so too when the re-approval was returned in between, however far back', () => {
    const run = play(policy, {}, [
      ...life,
      ...change,
      propose('02-04', '9元'),
      '02-05 approval:return',
      '02-06 study',
      propose('02-07', '8元'),
      '02-08 approval:reject',
      '02-09 more',
    ])
    expect(run.state.ended).toBeUndefined()
    expect(run.said.slice(-2)).toEqual(['ok', 'ok'])
    expect(run.state.settled).toBe(true)
  })

  it('† and when it lapses', () => {
    const lapsing = small(`
      steps:
        proposal: {}
        approval: {after: proposal, due: {within: 1 month, of: proposal, missed: {ends: lapsed}}}
        start: {after: approval}
      procedures:
        change: {after: approval, steps: {decide: {reopens: {from: approval, to: approval, within: 5 days}, ends: effective}}}
    `)
    const run = play(lapsing, { on: '2026-06-01' }, [
      '01-01 proposal',
      '01-02 approval',
      { on: '02-01', procedure: 'change', start: {}, by: 'unit' },
      '02-02 decide',
      '06-01 start',
    ])
    expect([run.state.ended, run.said.at(-1)]).toEqual([undefined, 'ok'])
    expect(run.state.procedures[0]!.result).toBe('lapsed')
  })

  it('facts that the redone step had supplied go back with the reopening', () => {
    const supplied = small(`
      facts: {estimate: {type: money, from: proposal, optional: true}}
      steps:
        proposal: {}
        approval: {after: proposal, outcomes: {approve: {}, reject: {ends: rejected}}}
        big: {after: approval, when: {estimate: {atLeast: 5元}}}
      procedures:
        change: {after: approval, steps: {decide: {reopens: {from: proposal, to: approval}, ends: effective}}}
    `)
    const run = play(supplied, {}, [
      propose('01-02', '1元'),
      '01-03 approval:approve',
      { on: '02-01', procedure: 'change', start: {}, by: 'unit' },
      '02-02 decide',
      propose('02-04', '9元'),
      '02-05 approval:reject',
    ])
    expect(run.step('big').state).toBe('excluded')
  })
})
