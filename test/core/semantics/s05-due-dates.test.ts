import { describe, expect, it } from 'vitest'
import { type Line, play, small, type World } from '../small.ts'

/** The due day of `s` after these events, under a due date of this form. */
function due(form: string, lines: Line[], world: World = {}): string | undefined {
  const policy = small(`
    facts: {planYear: year, agreedOn: day}
    steps:
      a: {}
      b: {owed: never, repeat: many}
      f: {outcomes: {pass: {}, fail: {again: true}}}
      s: {due: ${form}}
  `)
  return play(policy, world, lines).step('s').dueOn
}

describe('§5 forms', () => {
  it.each([
    ['{within: 6 months, of: a}', ['2025-08-31 a'], '2026-02-28'],
    ['{within: 30 days, of: a}', ['2026-01-01 a'], '2026-01-31'],
    ['{within: 10 workdays, of: a}', ['2026-09-28 a'], '2026-10-16'],
    ['{within: 1 month, of: [a, b]}', ['01-01 a', '01-10 b'], '2026-02-10'],
    ['{within: 1 month, of: {last: [a, b]}}', ['01-10 b'], undefined],
    ['{within: 1 month, first: [a, b]}', ['01-10 b'], '2026-02-10'],
    ['{within: 1 month, first: [a, b]}', ['01-10 b', '01-20 a'], '2026-02-10'],
    ['{by: 12-31, year: planYear}', [], '2027-12-31'],
    ['{fact: agreedOn}', [], '2026-05-05'],
    ['{before: agreedOn, by: 10 workdays}', [], '2026-04-17'],
    ['{within: 30 days, of: {step: f, outcome: pass}}', ['01-01 f:fail'], undefined],
    ['{within: 30 days, of: {step: f, outcome: pass}}', ['01-01 f:fail', '01-02 f:pass'], '2026-02-01'],
    ['{within: 1 month, of: a, roll: next-workday}', ['2026-09-01 a'], '2026-10-08'],
    ['{within: 1 month, of: a}', ['2026-09-01 a'], '2026-10-01'],
  ])('%s after %o: %s', (form, lines, wanted) => {
    expect(due(form, lines, { facts: { planYear: 2027, agreedOn: '2026-05-05' } })).toBe(wanted)
  })

  it('a list of due dates: the first whose `when` holds', () => {
    const form = '[{when: {planYear: 2026}, within: 1 month, of: a}, {within: 2 months, of: a}]'
    expect(due(form, ['01-01 a'], { facts: { planYear: 2026 } })).toBe('2026-02-01')
    expect(due(form, ['01-01 a'], { facts: { planYear: 2027 } })).toBe('2026-03-01')
  })

  it('the last day is inside, the day after is late; lateness is a note, no bar', () => {
    const policy = small('steps: {a: , s: {due: {within: 30 days, of: a, article: 第五条}}}')
    const on = (day: string) => play(policy, {}, ['01-01 a', `${day} s`])
    expect([on('01-31').events[1]!.findings, on('02-01').said[1]]).toEqual([[], 'ok'])
    expect(on('02-01').events[1]!.findings).toMatchObject([
      { code: 'too-late', level: 'note', article: ['第五条'], facts: { dueOn: '2026-01-31' } },
    ])
    expect(play(policy, { on: '2026-02-01' }, ['01-01 a']).step('s').overdue).toBe(true)
    expect(play(policy, { on: '2026-01-31' }, ['01-01 a']).step('s').overdue).toBe(false)
  })

  it('with an unknown anchor there is no due date yet, and the finding says what is missing', () => {
    const fact = small('facts: {agreedOn: day}\nsteps: {s: {due: {fact: agreedOn}}}')
    expect(play(fact, {}, []).step('s').findings).toMatchObject([
      { code: 'undetermined', level: 'note', facts: { agreedOn: null } },
    ])
    const anchor = small('steps: {a: , s: {due: {within: 1 month, of: a}}}')
    expect(play(anchor, {}, []).step('s').findings).toMatchObject([
      { code: 'not-done', level: 'note', facts: { waitsForStep: 'a' } },
    ])
    expect(play(anchor, {}, []).open).toEqual(['a', 's'])
  })
})

describe('§5 stamps', () => {
  const policy = small(`
    steps:
      a: {repeat: many, owed: never}
      s: {due: {within: 1 month, of: a}}
      back: {owed: never, repeat: many, reopens: {from: s, to: s}}
      anew: {owed: never, repeat: many, reopens: {from: s, to: s, anew: true}}
    procedures:
      extension:
        atOnce: 9
        facts: {to: day}
        steps: {grant: {postpones: {step: s, to: to}, ends: approved}}
  `)
  const extend = (on: string, to: string): Line[] => [
    { on, procedure: 'extension', start: { to }, by: 'unit' },
    `${on} grant`,
  ]
  const dueOn = (...lines: Line[]) => play(policy, {}, lines).step('s').dueOn

  it('the newest wins: a later anchor, a postponement, a still later anchor', () => {
    expect(dueOn('01-01 a', '01-10 a')).toBe('2026-02-10')
    expect(dueOn('01-01 a', ...extend('01-15', '2026-06-01'))).toBe('2026-06-01')
    expect(dueOn('01-01 a', ...extend('01-15', '2026-06-01'), '01-20 back')).toBeUndefined()
    expect(dueOn('01-01 a', ...extend('01-15', '2026-06-01'), '01-20 a')).toBe('2026-02-20')
    expect(dueOn('01-01 a', ...extend('01-15', '2026-06-01'), ...extend('01-16', '2026-05-01'))).toBe(
      '2026-05-01',
    )
  })

  it('executing or resetting the step clears it; what already ran stamps again only with `anew`', () => {
    expect(dueOn('01-01 a', '01-02 s')).toBeUndefined()
    expect(dueOn('01-01 a', '01-02 s', '01-03 back')).toBeUndefined()
    expect(dueOn('01-01 a', '01-02 s', '01-03 anew')).toBe('2026-02-01')
  })

  it('only a settling run of the anchor stamps', () => {
    const settling = small(`
      steps:
        a: {repeat: many, outcomes: {pass: {}, fail: {again: true}}}
        s: {due: {within: 1 month, of: a}}
    `)
    expect(play(settling, {}, ['01-01 a:fail']).step('s').dueOn).toBeUndefined()
    expect(play(settling, {}, ['01-01 a:fail', '01-05 a:pass', '01-09 a:fail']).step('s').dueOn).toBe(
      '2026-02-05',
    )
  })

  it('with `first`, an anchor that runs later does not move the day, not even over a postponement', () => {
    const first = small(`
      steps: {a: , b: , s: {due: {within: 1 month, first: [a, b]}}}
      procedures: {extension: {facts: {to: day}, steps: {grant: {postpones: {step: s, to: to}, ends: approved}}}}
    `)
    expect(play(first, {}, ['01-01 a', ...extend('01-15', '2026-06-01'), '01-20 b']).step('s').dueOn).toBe(
      '2026-06-01',
    )
  })
})

describe('§5 the day that counts', () => {
  const policy = small(`
    steps:
      contract: {effective: signedOn, records: {signedOn: day}, window: {from: 01-01, to: 01-31}}
      s: {due: {within: 1 month, of: contract}}
  `)
  const sign = (on: string, signedOn: string) => ({ on, step: 'contract', by: 'unit', records: { signedOn } })

  it('`effective` names the record whose day judges the event and starts the terms', () => {
    const run = play(policy, {}, [sign('03-15', '2026-01-20')])
    expect([run.said, run.step('contract').executedOn, run.step('s').dueOn]).toEqual([
      ['ok'],
      '2026-01-20',
      '2026-02-20',
    ])
    expect(play(policy, {}, [sign('03-15', '2026-02-01')]).said).toEqual(['window'])
  })

  it('it may not lie after the day of entry', () => {
    expect(play(policy, {}, [sign('01-15', '2026-01-16')]).said).toEqual(['record'])
  })
})

describe('§5 suspension and holidays', () => {
  const policy = small(`
    steps:
      a: {}
      s: {due: {within: 30 days, of: a, stops: [suspension], missed: {demands: escalation}}}
      escalation: {owed: on-demand}
    procedures:
      suspension: {steps: {suspend: {}, resume: {after: suspend, ends: effective}}}
  `)
  const suspend: Line[] = [
    '01-01 a',
    { on: '01-11', procedure: 'suspension', start: {}, by: 'unit' },
    '01-11 suspend',
  ]

  it('a suspension named in `stops` halts the term: its days are added', () => {
    expect(play(policy, {}, [...suspend, '01-21 resume']).step('s').dueOn).toBe('2026-02-10')
  })

  it('while it runs the term cannot be missed', () => {
    const run = play(policy, { on: '2026-05-01' }, suspend)
    expect([run.step('s').overdue, run.step('escalation').state]).toEqual([false, 'excluded'])
    const resumed = play(policy, { on: '2026-05-03' }, [...suspend, '05-01 resume'])
    expect([resumed.step('s').dueOn, resumed.step('escalation').state]).toEqual(['2026-05-21', 'excluded'])
  })

  it('a year without a published calendar makes a workday result provisional', () => {
    const workdays = small('steps: {a: , s: {due: {within: 10 workdays, of: a}}}')
    expect(play(workdays, {}, ['2026-12-01 a']).step('s')).toMatchObject({
      dueOn: '2026-12-15',
      provisional: false,
    })
    expect(play(workdays, {}, ['2026-12-25 a']).step('s')).toMatchObject({
      dueOn: '2027-01-08',
      provisional: true,
    })
  })

  it('`clock: resume` takes the days of earlier rounds off the new term, at least one left; the default restarts', () => {
    const clock = (word: string) =>
      small(`
        steps:
          a: {}
          s: {after: a, due: {within: 10 days, of: a${word}}, outcomes: {pass: {}, return: {reopens: {from: a, anew: true}}}}
      `)
    const lines = ['01-01 a', '01-07 s:return', '02-01 a']
    expect(play(clock(''), {}, lines).step('s').dueOn).toBe('2026-02-11')
    expect(play(clock(', clock: resume'), {}, lines).step('s').dueOn).toBe('2026-02-05')
    const late = ['01-01 a', '01-20 s:return', '02-01 a']
    expect(play(clock(', clock: resume'), {}, late).step('s').dueOn).toBe('2026-02-02')
  })
})
