import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

describe('§6 owed', () => {
  it('always: pending from the first day; never: may be done and does not hold up; on-demand: excluded till demanded', () => {
    const policy = small('steps: {a: , b: {owed: never, after: a}, c: {owed: on-demand}, d: b}')
    const run = play(policy, {}, [])
    expect(run.pending).toEqual(['a', 'd'])
    expect([run.step('b').state, run.step('c').state]).toEqual(['blocked', 'excluded'])
    expect(play(policy, {}, ['01-01 a', '01-02 d']).said).toEqual(['ok', 'ok'])
  })

  it('a pending step is an obligation only when it is open, demanded or has a due date', () => {
    const policy = small(`
      facts: {planYear: year}
      steps:
        open: {demands: demanded}
        blocked: {after: [open, demanded]}
        dated: {after: blocked, due: {by: 12-31, year: planYear}}
        demanded: {owed: on-demand, requires: [{that: {planYear: 2000}}]}
        optional: {owed: never}
    `)
    const world = { facts: { planYear: 2026 } }
    expect(play(policy, world, []).owed).toEqual(['dated 2026-12-31', 'open'])
    expect(play(policy, world, ['01-01 open']).owed).toEqual(['dated 2026-12-31', 'demanded'])
  })

  it('a step barred for its party is not in its list', () => {
    const policy = small(`
      sanctions: {stop: {on: unit, bars: [{step: a}]}}
      steps: {a: , b: }
    `)
    expect(play(policy, { unit: { sanctions: ['stop'] } }, []).owed).toEqual(['b'])
  })
})

describe('§6 demands', () => {
  const policy = small(`
    steps:
      inspect:
        repeat: many
        owed: never
        records: {by: {type: day, optional: true}}
        outcomes:
          soon: {demands: {step: fix, within: 5 days}}
          later: {demands: {step: fix, due: {fact: by}}}
          plain: {demands: fix}
          yearly: {demands: {step: fix, by: 11-30}}
      fix: {owed: on-demand}
      use: {unless: fix}
  `)
  const later = { on: '01-02', step: 'inspect', by: 'unit', outcome: 'later', records: { by: '2026-03-01' } }

  it('each demand is its own obligation, and executing answers the oldest', () => {
    const run = play(policy, {}, ['01-01 inspect:soon', later, '01-03 inspect:plain'])
    expect(run.owed).toEqual(
      ['fix 2026-01-06', 'fix 2026-03-01', 'fix', 'use'].filter((one) => one !== 'use'),
    )
    expect(play(policy, {}, ['01-01 inspect:soon', later, '01-03 fix']).owed).toEqual(['fix 2026-03-01'])
  })

  it('executing may name the demand that it answers', () => {
    const lines = ['01-01 inspect:soon', later]
    const named = play(policy, {}, [...lines, { on: '01-03', step: 'fix', by: 'unit', demand: 2 }])
    expect([named.said.at(-1), named.owed]).toEqual(['ok', ['fix 2026-01-06']])
    expect(
      play(policy, {}, [...lines, { on: '01-03', step: 'fix', by: 'unit', demand: 3 }]).said.at(-1),
    ).toBe('not-demanded')
  })

  it('`by` is the next such day of the year', () => {
    expect(play(policy, {}, ['01-01 inspect:yearly']).owed).toEqual(['fix 2026-11-30'])
    expect(play(policy, {}, ['12-01 inspect:yearly']).owed).toEqual(['fix 2027-11-30'])
  })

  it('`unless` waits for all of them', () => {
    const lines = [
      '01-01 inspect:plain',
      '01-02 inspect:plain',
      '01-03 fix',
      '01-04 use',
      '01-05 fix',
      '01-06 use',
    ]
    expect(play(policy, {}, lines).said).toEqual(['ok', 'ok', 'ok', 'outstanding', 'ok', 'ok'])
  })

  it('`unless` also waits for a running procedure and for a reopened step', () => {
    const waiting = small(`
      steps:
        a: {}
        b: {unless: [a, change]}
        back: {owed: never, repeat: many, reopens: a}
      procedures: {change: {steps: {apply: {}, decide: {after: apply, ends: effective}}}}
    `)
    const start = { on: '01-01', procedure: 'change', start: {}, by: 'unit' }
    expect(play(waiting, {}, [start, '01-01 apply', '01-02 b', '01-03 decide', '01-04 b']).said).toEqual([
      'ok',
      'ok',
      'outstanding',
      'ok',
      'ok',
    ])
    expect(play(waiting, {}, ['01-01 a', '01-02 back', '01-03 b', '01-04 a', '01-05 b']).said).toEqual([
      'ok',
      'ok',
      'outstanding',
      'ok',
      'ok',
    ])
  })

  it('† a demanded step is never barred by a sanction, or the remedy would bar itself', () => {
    const barred = small(`
      sanctions: {stop: {on: project, bars: [{stage: implementation}], lifted: {after: fix}}}
      steps:
        fail: {imposes: stop, demands: fix}
        fix: {owed: on-demand}
        next: {}
    `)
    const lines = ['01-01 fail', '01-02 next', '01-03 fix', '01-04 next']
    expect(play(barred, {}, lines).said).toEqual(['ok', 'sanction', 'ok', 'ok'])
  })
})
