import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

describe('§8 missed', () => {
  it('demands: from the day after, with its own term', () => {
    const policy = small(`
      steps:
        a: {}
        b: {after: a, due: {within: 30 days, of: a, missed: {demands: {step: explain, within: 10 days}}}}
        explain: {owed: on-demand}
    `)
    const on = (day: string, lines: string[]) => play(policy, { on: day }, lines).step('explain')
    expect(on('2026-01-31', ['01-01 a']).state).toBe('excluded')
    expect(on('2026-02-01', ['01-01 a'])).toMatchObject({ state: 'open', dueOn: '2026-02-11' })
    expect(on('2026-09-01', ['01-01 a']).dueOn).toBe('2026-02-11')
    expect(on('2026-09-01', ['01-01 a', '01-31 b']).state).toBe('excluded')
  })

  it('reopens: a lapse; imposes: a sanction; ends: lapsed', () => {
    const policy = small(`
      facts: {what: text}
      sanctions: {stop: {on: project, bars: [{step: c}], lifted: {by: lead}}}
      steps:
        a: {}
        b1: {after: a, when: {what: reopens}, due: {within: 1 month, of: a, missed: {reopens: a}}}
        b2: {after: a, when: {what: imposes}, due: {within: 1 month, of: a, missed: {imposes: stop}}}
        b3: {after: a, when: {what: ends}, due: {within: 1 month, of: a, missed: {ends: lapsed}}}
        c: {after: a}
    `)
    const at = (what: string) => play(policy, { facts: { what }, on: '2026-03-01' }, ['01-01 a'])
    expect([at('reopens').step('a').state, at('reopens').step('c').state]).toEqual(['open', 'blocked'])
    expect(at('imposes').state.sanctions).toMatchObject([{ id: 'stop', on: '2026-02-02' }])
    expect(at('ends').state.ended).toEqual({ result: 'lapsed', on: '2026-02-02' })
  })

  it('once per stamp, and again for a new one', () => {
    const policy = small(`
      steps:
        a: {repeat: many}
        b: {due: {within: 1 month, of: a, missed: {demands: explain}}}
        explain: {owed: on-demand}
    `)
    const owed = (on: string, lines: string[]) =>
      play(policy, { on }, lines).owed.filter((one) => one === 'explain').length
    expect([owed('2026-03-01', ['01-01 a']), owed('2026-12-01', ['01-01 a', '03-01 explain'])]).toEqual([
      1, 0,
    ])
    expect(owed('2026-12-01', ['01-01 a', '03-01 a'])).toBe(2)
  })

  it('one missed day has its effects once, though a demand and a stamp carry it', () => {
    const policy = small(`
      facts: {by: day}
      steps:
        a: {demands: fix}
        fix: {owed: on-demand, due: {fact: by, missed: {demands: escalation}}}
        escalation: {owed: on-demand}
    `)
    const run = play(policy, { facts: { by: '2026-02-01' }, on: '2026-03-01' }, [
      '01-01 a',
      '02-05 escalation',
    ])
    expect([run.said, run.step('escalation').state]).toEqual([['ok', 'ok'], 'done'])
  })

  it('a step demanded again after it was done is missed again', () => {
    const policy = small(`
      steps:
        inspect: {repeat: many, demands: {step: fix, within: 10 days}}
        fix: {owed: on-demand, due: {within: 10 days, of: inspect, missed: {demands: escalation}}}
        escalation: {owed: on-demand}
    `)
    const lines = ['01-01 inspect', '01-05 fix', '02-01 inspect']
    expect(play(policy, { on: '2026-02-11' }, lines).step('escalation').state).toBe('excluded')
    expect(play(policy, { on: '2026-02-12' }, lines).step('escalation').state).toBe('open')
  })
})

describe('§8 tick', () => {
  const chain = small(`
    sanctions: {stop: {on: project, bars: [{step: c}], lifted: {by: lead}}}
    steps:
      a: {}
      b: {after: a, due: {within: 10 days, of: a, missed: {demands: {step: explain, within: 5 days}}}}
      explain: {owed: on-demand, due: {within: 99 months, of: a, missed: {imposes: stop}}}
      c: {after: a}
  `)

  it('a chain follows day by day, each as of the day after, however late somebody looks', () => {
    const run = play(chain, { on: '2030-01-01' }, ['01-01 a', '2029-06-01 c'])
    expect(run.state.sanctions).toMatchObject([{ id: 'stop', on: '2026-01-18' }])
    expect([run.said, run.step('explain').dueOn]).toEqual([['ok', 'sanction'], '2026-01-17'])
  })

  it('looking often or once, asking in between or not, makes no difference', () => {
    const lines = ['01-01 a', '02-01 explain']
    const often = [
      '01-01 a',
      ...[12, 13, 17, 18, 19].map((day) => ({ on: `2026-01-${day}` })),
      '02-01 explain',
    ]
    expect(play(chain, { on: '2026-03-01' }, often).state).toEqual(
      play(chain, { on: '2026-03-01' }, lines).state,
    )
  })

  it('in order of due day, then of step id', () => {
    const policy = small(`
      sanctions: {s: {on: project, bars: [{step: z}], lifted: {by: lead}}}
      steps:
        start: {}
        y: {due: {within: 1 month, of: start, missed: {lifts: s}}}
        x: {due: {within: 1 month, of: start, missed: {imposes: s}}}
        w: {due: {within: 2 months, of: start, missed: {ends: lapsed}}}
        v: {due: {within: 3 months, of: start, missed: {demands: z}}}
        z: {owed: on-demand}
    `)
    const run = play(policy, { on: '2026-12-01' }, ['01-01 start'])
    expect(run.state.sanctions).toEqual([])
    expect(run.state.ended).toEqual({ result: 'lapsed', on: '2026-03-02' })
    expect(run.step('z').state).toBe('excluded')
  })

  it('what a missed day does to other dues counts: a lapse before it takes the next one away', () => {
    const policy = small(`
      steps:
        approval: {outcomes: {approve: {}}}
        start: {after: approval, due: {within: 12 months, of: approval, missed: {reopens: approval}}}
        finish: {after: start, due: {within: 24 months, of: start, missed: {ends: lapsed}}}
    `)
    const run = play(policy, { on: '2029-01-01' }, ['2026-01-01 approval'])
    expect([run.state.ended, run.step('approval').reopened, run.open]).toEqual([
      undefined,
      true,
      ['approval'],
    ])
  })

  it('only a pending step can be missed', () => {
    const policy = small(`
      facts: {x: boolean}
      steps:
        a: {}
        b: {after: a, when: {x: true}, due: {within: 1 month, of: a, missed: {demands: explain}}}
        explain: {owed: on-demand}
    `)
    const at = (x: boolean) =>
      play(policy, { facts: { x }, on: '2026-06-01' }, ['01-01 a']).step('explain').state
    expect([at(true), at(false)]).toEqual(['open', 'excluded'])
  })
})

describe('§8 entered late', () => {
  it('what happened in time and was entered late was not missed', () => {
    const policy = small(`
      steps:
        a: {}
        contract: {after: a, effective: signedOn, records: {signedOn: day}, due: {within: 1 month, of: a, missed: {demands: explain}}}
        explain: {owed: on-demand}
    `)
    const sign = (signedOn: string) => ({ on: '02-20', step: 'contract', by: 'unit', records: { signedOn } })
    expect(play(policy, {}, ['01-01 a', sign('2026-02-01')]).step('explain').state).toBe('excluded')
    expect(play(policy, {}, ['01-01 a', sign('2026-02-02')]).step('explain').state).toBe('open')
  })
})
