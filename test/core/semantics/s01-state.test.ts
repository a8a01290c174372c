import { describe, expect, it } from 'vitest'
import { codes, play, small } from '../small.ts'

const chain = small('steps: {a: , b: a, c: b, d: c}')

describe('§1 order and applies', () => {
  it('order is the order of events in the log, never of days', () => {
    const policy = small(`
      steps:
        contract: {repeat: many, effective: signedOn, records: {signedOn: day, amount: money}}
        big: {after: contract, when: {contract.amount: {atLeast: 100万元}}}
    `)
    const run = play(policy, {}, [
      { on: '05-10', step: 'contract', by: 'unit', records: { signedOn: '2026-05-09', amount: '200万元' } },
      { on: '05-11', step: 'contract', by: 'unit', records: { signedOn: '2026-01-01', amount: '1万元' } },
    ])
    expect(run.step('contract')).toMatchObject({ times: 2, executedOn: '2026-01-01' })
    expect(run.step('big').state).toBe('excluded')
  })

  it('a demanded or done step applies whatever its condition says later', () => {
    const policy = small(`
      facts: {secret: boolean}
      steps:
        a: {when: {secret: true}}
        b: {demands: c}
        c: {when: {secret: true}}
    `)
    const run = play(policy, { facts: { secret: true } }, [
      '01-01 a',
      { on: '01-02', facts: { secret: false }, by: 'unit' },
      '01-03 b',
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok'])
    expect([run.step('a').state, run.step('c').state]).toEqual(['done', 'open'])
  })

  it('a step on demand is excluded until something demands it', () => {
    const policy = small('steps: {a: {demands: b}, b: {owed: on-demand}}')
    const before = play(policy, {}, ['01-01 b'])
    expect(before.said).toEqual(['not-demanded'])
    expect(before.step('b').state).toBe('excluded')
    expect(play(policy, {}, ['01-01 a', '01-02 b']).said).toEqual(['ok', 'ok'])
  })

  it('the condition of the stage is added to that of the step, in three values', () => {
    const policy = small(`
      facts: {secret: boolean, size: choice}
      stages: {trial: {when: {secret: false}}, operation: {}}
      steps: {a: {stage: trial}, b: {stage: operation}}
    `)
    expect(play(policy, { facts: { secret: true } }, []).step('a').state).toBe('excluded')
    expect(play(policy, { facts: { secret: false } }, []).step('a').state).toBe('open')
    const unknown = play(policy, {}, ['01-01 a']).events[0]!.findings
    expect(unknown).toMatchObject([{ code: 'undetermined', facts: { secret: null } }])
  })
})

describe('§1 passed', () => {
  const optional = small(`
    steps:
      a: {}
      s: {after: a, owed: never}
      b: {after: s}
      back: {owed: never, repeat: many, reopens: {from: a, to: b}}
      side: {owed: never, repeat: many, reopens: {from: b, to: b}}
  `)

  it('a step is too late once something after it was executed', () => {
    expect(play(optional, {}, ['01-01 a', '01-02 b', '01-03 s']).said).toEqual(['ok', 'ok', 'passed'])
  })

  it('only a reopening of it or of something before it brings it back', () => {
    expect(play(optional, {}, ['01-01 a', '01-02 b', '01-03 side', '01-04 s']).said.at(-1)).toBe('passed')
    expect(play(optional, {}, ['01-01 a', '01-02 b', '01-03 back', '01-04 a', '01-05 s']).said.at(-1)).toBe(
      'ok',
    )
  })

  it('† only conditions whose own `when` held at that execution count', () => {
    const policy = small(`
      facts: {estimate: money}
      steps:
        survey: {owed: never}
        listing: {after: {step: survey, when: {estimate: {atLeast: 500万元}}}}
        approval: {after: [survey, listing]}
    `)
    const small_ = { facts: { estimate: '499.99万元' } }
    const large = { facts: { estimate: '500万元' } }
    expect(play(policy, small_, ['01-01 listing', '01-02 survey']).said).toEqual(['ok', 'ok'])
    expect(play(policy, large, ['01-01 listing', '01-02 survey']).said).toEqual(['ok', 'passed'])
  })

  it('a guard is fixed once a step after it is executed: a later correction does not call the step back', () => {
    const policy = small(`
      facts: {estimate: money}
      steps:
        proposal: {when: {estimate: {atLeast: 500万元}}}
        approval: {after: proposal}
        start: {after: approval}
    `)
    const run = play(policy, { facts: { estimate: '400万元' } }, [
      '01-01 approval',
      { on: '01-02', facts: { estimate: '600万元' }, by: 'unit' },
      '01-03 proposal',
      '01-04 start',
    ])
    expect(run.said).toEqual(['ok', 'ok', 'passed', 'ok'])
  })
})

describe('§1 stands', () => {
  const policy = small(`
    steps:
      a: {}
      b: {after: a}
      c: {after: b}
      d: {after: c}
      back: {owed: never, repeat: many, reopens: {from: a, to: a}}
  `)

  it('† while a step is reopened, everything after it that is not done is blocked, however far; what is done stays done', () => {
    const run = play(policy, {}, [
      '01-01 a',
      '01-02 b',
      '01-03 c',
      '01-04 back',
      '01-05 d',
      '01-06 a',
      '01-07 d',
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'ok', 'reopened', 'ok', 'ok'])
    const during = play(policy, {}, ['01-01 a', '01-02 b', '01-03 c', '01-04 back'])
    expect([during.done, during.open]).toEqual([['b', 'c', 'back'], ['a']])
  })

  it('a reopened step that no longer applies holds nothing up', () => {
    const guarded = small(`
      facts: {secret: boolean}
      steps:
        a: {when: {secret: true}}
        b: {after: a}
        c: {after: b}
        back: {owed: never, reopens: {from: a, to: a}}
    `)
    const run = play(guarded, { facts: { secret: true } }, [
      '01-01 a',
      '01-02 b',
      '01-03 back',
      '01-04 c',
      { on: '01-05', facts: { secret: false }, by: 'unit' },
      '01-06 c',
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'reopened', 'ok', 'ok'])
  })
})

describe('§1 after', () => {
  it('a done step opens what comes after it, and nothing further', () => {
    expect(play(chain, {}, ['01-01 c', '01-01 a', '01-01 b', '01-01 d']).said).toEqual([
      'not-done',
      'ok',
      'ok',
      'not-done',
    ])
  })

  it('a delay has run on its last day, not the day before', () => {
    const policy = small('steps: {a: , b: {after: {step: a, delay: 3 months}}}')
    expect(play(policy, {}, ['01-31 a', '04-29 b', '04-30 b']).said).toEqual(['ok', 'too-early', 'ok'])
  })

  it('† an excluded or unbegun optional step is transparent: what it comes after counts, delays left out', () => {
    const excluded = small(`
      facts: {secret: boolean}
      steps:
        a: {}
        x: {after: {step: a, delay: 3 months}, when: {secret: true}}
        y: {after: x, owed: never}
        b: {after: y}
    `)
    const world = { facts: { secret: false } }
    expect(play(excluded, world, ['01-01 b', '01-02 a', '01-02 b']).said).toEqual(['not-done', 'ok', 'ok'])
    expect(play(excluded, world, ['01-01 b']).events[0]!.findings[0]!.facts.waitsForStep).toBe('a')
  })

  it('an optional step that was begun counts: while it is reopened what comes after it waits', () => {
    const policy = small(`
      steps:
        a: {}
        y: {after: a, owed: never, outcomes: {pass: {}, fail: {again: true}}}
        b: {after: y}
    `)
    expect(play(policy, {}, ['01-01 a', '01-02 y:fail', '01-03 b', '01-04 y:pass', '01-05 b']).said).toEqual([
      'ok',
      'ok',
      'not-done',
      'ok',
      'ok',
    ])
  })

  it('an undetermined step does not hold, and the finding names the fact', () => {
    const policy = small('facts: {secret: boolean}\nsteps: {a: {when: {secret: true}}, b: a}')
    const run = play(policy, {}, ['01-01 b'])
    expect(run.events[0]!.findings).toMatchObject([
      { code: 'undetermined', step: 'b', facts: { secret: null } },
    ])
  })
})

describe('§1 pending, settled, executing', () => {
  it('settled when nothing is pending and nothing owed is undetermined', () => {
    const policy = small(
      'facts: {secret: boolean}\nsteps: {a: , b: {when: {secret: true}}, c: {owed: never}}',
    )
    expect(play(policy, {}, ['01-01 a']).state.settled).toBe(false)
    expect(play(policy, { facts: { secret: false } }, ['01-01 a']).state.settled).toBe(true)
    expect(play(policy, { facts: { secret: true } }, ['01-01 a']).state.settled).toBe(false)
    expect(play(policy, { facts: { secret: true } }, ['01-01 a', '01-02 b']).state.settled).toBe(true)
  })

  it('all findings are collected, and a refused event changes nothing', () => {
    const policy = small(`
      steps:
        a: {}
        b:
          after: a
          by: lead
          materials: {design: 设计方案}
          records: {amount: money}
          window: {from: 03-01, to: 03-31}
          witness: audit
    `)
    const run = play(policy, {}, [{ on: '01-01', step: 'b', by: 'unit' }])
    expect(run.said[0]!.split(' ').sort()).toEqual([
      'actor',
      'material',
      'not-done',
      'record',
      'window',
      'witness',
    ])
    expect(run.state.steps).toEqual(play(policy, { on: '2026-01-01' }, []).state.steps)
  })

  it('a note never blocks and is kept', () => {
    const run = play(small('steps: {a: {window: {from: 03-01, to: 03-31, late: note}}}'), {}, ['01-01 a'])
    expect(run.said).toEqual(['ok'])
    expect(codes(run.events[0]!.findings, 'note')).toBe('window')
  })

  it('the records of the event are laid over the facts before it is judged', () => {
    const policy = small('steps: {a: {records: {days: number}, requires: [{that: {days: {atMost: 5}}}]}}')
    const at = (days: number) => play(policy, {}, [{ on: '01-01', step: 'a', by: 'unit', records: { days } }])
    expect([at(5).said, at(6).said]).toEqual([['ok'], ['requires']])
  })

  it('effects follow in a fixed order whatever the order of the file', () => {
    const policy = small(`
      sanctions: {stop: {on: project, bars: [{step: b}], lifted: {by: lead}}}
      steps:
        a: {}
        b: {after: a, owed: never}
        c: {after: a, ends: closed, lifts: stop, imposes: stop, demands: b, reopens: {from: a, to: a}}
    `)
    const { state } = play(policy, {}, ['01-01 a', '01-02 c'])
    expect(state.sanctions).toEqual([])
    expect(state.ended).toEqual({ result: 'closed', on: '2026-01-02' })
    expect(state.steps.find((one) => one.id === 'a')?.reopened).toBe(true)
  })
})
