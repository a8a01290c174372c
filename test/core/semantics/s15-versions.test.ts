import { describe, expect, it } from 'vitest'
import { replay } from '../../../functions/core/case/evolve.ts'
import { knownEvents, staysBecause } from '../../../functions/core/case/transition.ts'
import type { Command } from '../../../functions/core/policy/command.ts'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { seededCalendar } from '../../../functions/services/calendar.ts'
import { openAndPlay, play, small, smallText } from '../small.ts'

describe('§15 versions', () => {
  const text = (header: string) =>
    small(`
    policy: {effective: 2026-03-01, ${header}}
    facts: {planYear: year}
    steps: {declare: , review: {after: declare, outcomes: {pass: {}, return: {reopens: declare}}}, other: {}}
  `)

  it('no version in force on the day: refused, with the day from which there is one', () => {
    const run = play(text(''), {}, ['02-28 declare', '03-01 declare'])
    expect(run.said).toEqual(['no-policy', 'ok'])
    expect(run.events[0]!.findings[0]!.facts).toEqual({ day: '2026-02-28', effective: '2026-03-01' })
  })

  it('`binds`: until that step is first done no version is fixed, then for good, through returns too', () => {
    expect(play(text(''), {}, ['03-01 other']).state.version).toBeUndefined()
    expect(play(text(''), {}, ['03-01 declare']).state.version).toBe('2026-03-01')
    expect(play(text(''), {}, ['03-01 declare', '03-02 review:return', '03-03 declare']).state.version).toBe(
      '2026-03-01',
    )
    expect(play(text('binds: review'), {}, ['03-01 declare']).state.version).toBeUndefined()
  })

  it('`expires`: nothing new may be declared under it, what runs goes on', () => {
    const policy = text('expires: 2026-12-31')
    expect(play(policy, {}, ['2027-01-01 declare']).said).toEqual(['version'])
    expect(play(policy, {}, ['2026-12-31 declare', '2027-01-02 review:pass']).said).toEqual(['ok', 'ok'])
  })

  it('a declaration for another plan year binds again', () => {
    const old = text('')
    const { state } = openAndPlay(old, { planYear: 2027 }, [
      ['2026-07-01', { type: 'execute', step: 'declare', by: ['unit'] }],
      ['2026-11-01', { type: 'execute', step: 'review', by: ['unit'], outcome: 'return' }],
      ['2026-11-02', { type: 'facts', by: 'unit', facts: { planYear: 2028 } }],
    ])
    const newer = small(`
      policy: {effective: 2026-10-01}
      facts: {planYear: year}
      steps: {declare: , review: {after: declare, outcomes: {pass: {}, return: {reopens: declare}}}}
    `)
    const again = openAndPlay(
      newer,
      {},
      [['2027-07-01', { type: 'execute', step: 'declare', by: ['unit'] }]],
      state,
    )
    expect([state.version, again.state.version]).toEqual([undefined, '2026-10-01'])
  })

  it('a transition takes projects of the version it names, in the stages it takes, before the step it names', () => {
    const next = (transition: string) =>
      small(`
        policy: {effective: 2027-01-01, transition: ${transition}}
        facts: {planYear: year}
        steps: {declare: , review: {after: declare, outcomes: {pass: {}, return: {reopens: declare}}}, other: {}}
      `)
    const old = text('')
    const outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }
    const declare: [string, Command] = ['2026-03-01', { type: 'execute', step: 'declare', by: ['unit'] }]
    const { state } = openAndPlay(old, {}, [declare])
    const why = (transition: string) => staysBecause(next(transition), old, state, outside, '2027-01-02')
    expect(why('{of: 2026-03-01, takes: [implementation]}')).toBeUndefined()
    expect(why('{of: earlier, takes: [implementation]}')).toBeUndefined()
    expect(why('{of: 2026-02-01, takes: [implementation]}')).toBe('other-version')
    expect(why('{of: earlier, takes: [planning]}')).toBe('stage')
    expect(why('{of: earlier, takes: [implementation], binds: review}')).toBeUndefined()
    expect(why('{of: earlier, takes: [implementation], binds: declare}')).toBe('past')
    expect(staysBecause(text(''), old, state, outside, '2027-01-02')).toBe('no-transition')
  })

  it('a transition names stages that there are and a version before its own', () => {
    const wrong = (transition: string) =>
      loadPolicy(
        smallText(`{policy: {effective: 2027-01-01, transition: ${transition}}, steps: {declare: {}}}`),
        'x',
      ).problems.map((one) => one.path.join('.'))
    expect(wrong('{of: 2027-01-01, takes: [reviews]}')).toEqual([
      'policy.transition.takes.0',
      'policy.transition.of',
    ])
    expect(wrong('{of: earlier, takes: [review]}')).toEqual([])
  })

  it('a transition replays the log under the new version: runs of steps it still has count', () => {
    const old = text('')
    const { events } = openAndPlay(old, {}, [
      ['2026-03-01', { type: 'execute', step: 'declare', by: ['unit'] }],
      ['2026-03-02', { type: 'execute', step: 'review', by: ['unit'], outcome: 'pass' }],
    ])
    const next = small(
      'policy: {effective: 2027-01-01}\nsteps: {declare: , vetting: declare, start: vetting}',
    )
    const state = replay(next, knownEvents(next, events), seededCalendar)!
    expect(state.steps.declare!.done).toBe(true)
    expect(state.steps.review).toBeUndefined()
  })
})
