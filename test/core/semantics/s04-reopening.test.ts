import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

describe('§4 outcomes', () => {
  const policy = small(`
    steps:
      acceptance: {repeat: many, outcomes: {pass: {}, again: {again: true}, fail: {reopens: acceptance}}}
      use: {after: acceptance}
  `)

  it('† a step is done only by an outcome that settles it, so `after: acceptance` means passed', () => {
    const run = play(policy, {}, [
      '01-01 acceptance:again',
      '01-02 use',
      '01-03 acceptance:fail',
      '01-04 use',
      '01-05 acceptance:pass',
      '01-06 use',
    ])
    expect(run.said).toEqual(['ok', 'not-done', 'ok', 'reopened', 'ok', 'ok'])
    expect(run.step('acceptance').outcomes.map((one) => one.settles)).toEqual([true, false, false])
  })

  it('`{step, outcome}` tells apart several outcomes that settle', () => {
    const several = small(`
      steps:
        a: {outcomes: {keep: {}, recall: {}}}
        b: {after: {step: a, outcome: recall}}
    `)
    expect(play(several, {}, ['01-01 a:keep', '01-02 b']).said).toEqual(['ok', 'not-done'])
    expect(play(several, {}, ['01-01 a:recall', '01-02 b']).said).toEqual(['ok', 'ok'])
  })

  it('an outcome takes its own preconditions and records: the acceptance may be held and fail', () => {
    const gated = small(`
      steps:
        archive: {}
        acceptance:
          outcomes:
            pass: {after: archive, records: {score: number}, requires: [{that: {score: {atLeast: 60}}}]}
            fail: {records: {rectifyBy: day}, again: true}
    `)
    const fail = {
      on: '01-01',
      step: 'acceptance',
      by: 'unit',
      outcome: 'fail',
      records: { rectifyBy: '2026-02-01' },
    }
    const pass = { ...fail, on: '01-02', outcome: 'pass', records: { score: 60 } }
    const low = { ...pass, records: { score: 59 } }
    expect(play(gated, {}, [fail, pass, low]).said).toEqual(['ok', 'not-done', 'not-done requires'])
    expect(play(gated, {}, ['01-01 archive', low, pass]).said).toEqual(['ok', 'requires', 'ok'])
    expect(play(gated, {}, ['01-01 acceptance:fail']).said).toEqual(['record'])
  })
})

describe('§4 reopens', () => {
  const steps = 'a: , b: a, c: b, d: c'

  it('`x` before this step resets x, this step and every executed step between', () => {
    const policy = small(
      `steps: {a: , b: a, side: a, c: {after: b, outcomes: {pass: {}, return: {reopens: a}}}}`,
    )
    const run = play(policy, {}, ['01-01 a', '01-02 b', '01-03 side', '01-04 c:return'])
    expect(run.step('side').state).toBe('done')
    expect(['a', 'b', 'c'].map((id) => run.step(id).reopened ?? false)).toEqual([true, true, true])
    expect([run.open, run.pending]).toEqual([['a'], ['a', 'b', 'c']])
  })

  it('`x` elsewhere resets x alone; the long form names both ends', () => {
    const policy = small(`
      steps: {${steps}, one: {repeat: many, owed: never, reopens: b}, two: {owed: never, reopens: {from: b, to: c}}}
    `)
    const lines = ['01-01 a', '01-02 b', '01-03 c', '01-04 d']
    expect(play(policy, {}, [...lines, '01-05 one']).done).toEqual(['a', 'c', 'd', 'one'])
    expect(play(policy, {}, [...lines, '01-05 two']).done).toEqual(['a', 'd', 'two'])
  })

  it('between the ends an unexecuted step is not touched', () => {
    const policy = small(`steps: {${steps}, back: {owed: never, reopens: {from: a, to: d}}}`)
    const run = play(policy, {}, ['01-01 a', '01-02 b', '01-03 back'])
    expect(['a', 'b', 'c', 'd'].map((id) => run.step(id).reopened ?? false)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('a path across a conditional edge takes the executed steps on it', () => {
    const policy = small(`
      facts: {big: boolean}
      steps:
        a: {}
        b: {after: a, when: {big: true}}
        c: {after: [a, {step: b, when: {big: true}}], outcomes: {pass: {}, return: {reopens: a}}}
    `)
    const big = play(policy, { facts: { big: true } }, [
      '01-01 a',
      '01-02 b',
      '01-03 c:return',
      '01-04 a',
      '01-05 c:pass',
    ])
    expect(big.said).toEqual(['ok', 'ok', 'ok', 'ok', 'reopened'])
    const less = play(policy, { facts: { big: false } }, [
      '01-01 a',
      '01-03 c:return',
      '01-04 a',
      '01-05 c:pass',
    ])
    expect(less.said).toEqual(['ok', 'ok', 'ok', 'ok'])
  })

  it('the run stays in history and its records stay known until it runs again', () => {
    const policy = small(`
      steps:
        approval: {records: {estimate: money}}
        later: {after: approval, owed: never, repeat: many, reopens: approval}
        big: {owed: never, when: {approval.estimate: {atLeast: 100万元}}}
    `)
    const approve = (on: string, estimate: string) => ({
      on,
      step: 'approval',
      by: 'unit',
      records: { estimate },
    })
    const run = play(policy, {}, [approve('01-01', '200万元'), '01-02 later'])
    expect([run.step('approval').times, run.step('big').state]).toEqual([1, 'open'])
    const again = play(policy, {}, [approve('01-01', '200万元'), '01-02 later', approve('01-03', '50万元')])
    expect([again.step('approval').times, again.step('big').state]).toEqual([2, 'excluded'])
  })

  it('a reopened step is bound by no window and no due date but `within`; with `anew` both bind again', () => {
    const text = (long: string) => `
      facts: {planYear: year}
      steps:
        a: {window: {from: 01-01, to: 01-31, for: this-year}, due: {by: 01-20, year: planYear}}
        back: {after: a, owed: never, repeat: many, reopens: ${long}}
    `
    const world = { facts: { planYear: 2026 } }
    const free = play(small(text('{from: a, to: a}')), world, ['01-05 a', '02-01 back'])
    expect(free.step('a').dueOn).toBeUndefined()
    expect(
      play(small(text('{from: a, to: a}')), world, ['01-05 a', '02-01 back', '03-01 a']).said.at(-1),
    ).toBe('ok')
    const within = play(small(text('{from: a, to: a, within: 10 workdays}')), world, [
      '01-05 a',
      '02-02 back',
    ])
    expect(within.step('a').dueOn).toBe('2026-02-14')
    const anew = play(small(text('{from: a, to: a, anew: true}')), world, [
      '01-05 a',
      '02-01 back',
      '03-01 a',
    ])
    expect([anew.said.at(-1), anew.step('a').dueOn]).toEqual(['window', '2026-01-20'])
  })

  it('materials and opinions belong to a run: a new one needs them again', () => {
    const policy = small(`
      steps:
        a: {materials: {design: 方案}, opinions: {from: finance}, outcomes: {pass: {}, return: {reopens: a}}}
    `)
    const full = {
      on: '01-01',
      step: 'a',
      by: 'unit',
      outcome: 'pass',
      materials: ['design'],
      opinions: { finance: 'agree' },
    }
    const back = { on: '01-02', step: 'a', by: 'unit', outcome: 'return' }
    const policy2 = small(`
      steps:
        a: {materials: {design: 方案}, opinions: {from: finance}}
        back: {after: a, owed: never, repeat: many, reopens: a}
    `)
    expect(play(policy, {}, [back, { ...full, on: '01-03' }]).said).toEqual(['ok', 'ok'])
    const { outcome: _, ...plain } = full
    expect(play(policy2, {}, [plain, '01-02 back', '01-03 a']).said).toEqual(['ok', 'ok', 'material opinion'])
  })

  it('an optional step that was reopened is pending again', () => {
    const policy = small('steps: {a: {owed: never}, b: {after: a, reopens: a}, c: b}')
    const run = play(policy, {}, ['01-01 a', '01-02 b'])
    expect(run.pending).toEqual(['a', 'b', 'c'])
  })

  it('a demanded step that is returned is owed again', () => {
    const policy = small(`
      steps:
        inspection: {demands: rectification}
        rectification: {owed: on-demand}
        review: {after: rectification, owed: never, repeat: many, outcomes: {pass: {}, return: {reopens: rectification}}}
        use: {unless: rectification}
    `)
    const lines = ['01-01 inspection', '01-02 rectification', '01-03 review:return', '01-04 use']
    const run = play(policy, {}, lines)
    expect([run.said.at(-1), run.step('rectification').state, run.owed]).toEqual([
      'outstanding',
      'open',
      ['rectification'],
    ])
    expect(play(policy, {}, [...lines, '01-05 rectification', '01-06 use']).said.slice(-2)).toEqual([
      'ok',
      'ok',
    ])
  })
})
