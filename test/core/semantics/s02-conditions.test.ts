import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

/** Whether a step with this condition applies on these facts: open, excluded, or the facts that are missing. */
function applies(types: string, condition: string, facts: Record<string, unknown>, unit = {}): unknown {
  const policy = small(`{facts: ${types}, steps: {s: {when: ${condition}}}}`)
  const step = play(policy, { facts, unit: { facts: unit } }, []).step('s')
  return step.state === 'blocked' ? Object.keys(step.findings[0]!.facts).join(' ') : step.state
}

describe('§2 three values', () => {
  const types = '{a: boolean, b: boolean}'

  it.each([
    ['{a: true, b: true}', { a: false }, 'excluded'],
    ['{a: true, b: true}', { a: true }, 'b'],
    ['{all: [{a: true}, {b: true}]}', { b: false }, 'excluded'],
    ['{any: [{a: true}, {b: true}]}', { b: true }, 'open'],
    ['{any: [{a: true}, {b: true}]}', { b: false }, 'a'],
    ['{any: [{a: true}, {b: true}]}', {}, 'a b'],
    ['{not: {a: true}}', {}, 'a'],
    ['{not: {a: true}}', { a: false }, 'open'],
    ['{not: {a: true, b: true}}', { a: false }, 'open'],
    ['{not: {any: [{a: true}, {b: true}]}}', { a: true }, 'excluded'],
  ])('%s on %o: %s', (condition, facts, wanted) => {
    expect(applies(types, condition, facts)).toBe(wanted)
  })

  it('only facts that can still change the answer are asked for', () => {
    const condition = '{any: [{a: true, b: true}, {c: true}]}'
    expect(applies('{a: boolean, b: boolean, c: boolean}', condition, { a: false })).toBe('c')
  })
})

describe('§2 tests', () => {
  const options = '{type: choice, title: 类, optional: true, options: {low: 低, mid: 中, high: 高}}'
  const ordered = options.replace('type: choice', 'type: choice, ordered: true')
  const set = options.replace('type: choice', 'type: set')

  it.each([
    ['{estimate: money}', '{estimate: {atLeast: 500万元}}', { estimate: '500万元' }, 'open'],
    ['{estimate: money}', '{estimate: {atLeast: 500万元}}', { estimate: '4999999.99元' }, 'excluded'],
    ['{estimate: money}', '{estimate: {moreThan: 500万元}}', { estimate: '500万元' }, 'excluded'],
    ['{estimate: money}', '{estimate: {moreThan: 500万元}}', { estimate: '5000000.01元' }, 'open'],
    ['{estimate: money}', '{estimate: {atMost: 500万元}}', { estimate: '500万元' }, 'open'],
    ['{estimate: money}', '{estimate: {atMost: 500万元}}', { estimate: '5000000.01元' }, 'excluded'],
    ['{estimate: money}', '{estimate: {lessThan: 500万元}}', { estimate: '500万元' }, 'excluded'],
    ['{estimate: money}', '{estimate: {lessThan: 500万元}}', { estimate: '4999999.99元' }, 'open'],
    [
      '{estimate: money}',
      '{estimate: {moreThan: 100万元, atMost: 500万元}}',
      { estimate: '100万元' },
      'excluded',
    ],
    [
      '{change: money, base: money}',
      '{change: {atMost: 15%, of: base}}',
      { change: '15元', base: '100元' },
      'open',
    ],
    [
      '{change: money, base: money}',
      '{change: {atMost: 15%, of: base}}',
      { change: '15.01元', base: '100元' },
      'excluded',
    ],
    ['{change: money, base: money}', '{change: {atMost: 15%, of: base}}', { change: '15元' }, 'base'],
    [
      '{change: money, base: money}',
      '{change: {moreThan: 33.333333%, of: base}}',
      { change: '1元', base: '3元' },
      'open',
    ],
    [`{k: ${options}}`, '{k: {in: [low, mid]}}', { k: 'mid' }, 'open'],
    [`{k: ${options}}`, '{k: {in: [low, mid]}}', { k: 'high' }, 'excluded'],
    [`{k: ${options}}`, '{k: {not: low}}', { k: 'low' }, 'excluded'],
    [`{k: ${options}}`, '{k: {not: [low, mid]}}', { k: 'high' }, 'open'],
    [`{k: ${options}}`, '{k: {known: true}}', {}, 'excluded'],
    [`{k: ${options}}`, '{k: {known: false}}', {}, 'open'],
    [`{k: ${ordered}}`, '{k: {atLeast: mid}}', { k: 'high' }, 'open'],
    [`{k: ${ordered}}`, '{k: {atLeast: mid}}', { k: 'low' }, 'excluded'],
    [
      `{k: ${ordered}, old: ${ordered}}`,
      '{k: {stepsFrom: old, atMost: 1}}',
      { k: 'mid', old: 'low' },
      'open',
    ],
    [
      `{k: ${ordered}, old: ${ordered}}`,
      '{k: {stepsFrom: old, atMost: 1}}',
      { k: 'high', old: 'low' },
      'excluded',
    ],
    [`{k: ${ordered}, old: ${ordered}}`, '{k: {stepsFrom: old, atMost: 1}}', { k: 'high' }, 'old'],
    ['{a: text, b: text}', '{a: {same: b}}', { a: '甲', b: '甲' }, 'open'],
    ['{a: text, b: text}', '{a: {same: b}}', { a: '甲' }, 'b'],
    [`{k: ${set}}`, '{k: {includes: low}}', { k: ['low', 'mid'] }, 'open'],
    [`{k: ${set}}`, '{k: {includesAny: [high, mid]}}', { k: ['low', 'mid'] }, 'open'],
    [`{k: ${set}}`, '{k: {includesAll: [high, mid]}}', { k: ['low', 'mid'] }, 'excluded'],
    [`{k: ${set}}`, '{k: {includes: low}}', { k: [] }, 'excluded'],
    [`{k: ${set}}`, '{k: {includes: low}}', {}, 'k'],
    ['{p: permit}', '{p: {valid: true}}', { p: { from: '2026-01-01', to: '2026-07-01' } }, 'open'],
    ['{p: permit}', '{p: {valid: true}}', { p: { from: '2026-01-01', to: '2026-06-30' } }, 'excluded'],
    ['{d: day}', '{d: {atLeast: 2026-07-01}}', { d: '2026-06-30' }, 'excluded'],
    ['{r: ratio}', '{r: {atMost: 15%}}', { r: '15.000001%' }, 'excluded'],
    ['{y: year}', '{y: {in: [2026, 2027]}}', { y: 2027 }, 'open'],
  ])('%s %s on %o: %s', (types, condition, facts, wanted) => {
    expect(applies(types, condition, facts)).toBe(wanted)
  })

  it('a step is done, not done, overdue; one that is overdue is not done', () => {
    const policy = small(`
      steps:
        a: {demands: {step: b, within: 5 days}}
        b: {owed: on-demand}
        is-done: {when: {b: done}}
        not-done: {when: {b: not-done}}
        late: {when: {b: overdue}}
    `)
    const seen = (on: string, lines: string[]) => {
      const run = play(policy, { on }, lines)
      return ['is-done', 'not-done', 'late'].filter((id) => run.step(id).state === 'open').join(' ')
    }
    expect(seen('2026-01-06', ['01-01 a'])).toBe('not-done')
    expect(seen('2026-01-07', ['01-01 a'])).toBe('not-done late')
    expect(seen('2026-01-07', ['01-01 a', '01-06 b'])).toBe('is-done')
  })
})

describe('§2 values from tables', () => {
  const table = (hit: string) => `
    facts: {estimate: money, secret: boolean}
    tables:
      who:
        hit: ${hit}
        rows:
          - {when: {secret: true}, is: audit, article: 第七条}
          - {when: {estimate: {atLeast: 500万元}}, is: approver, article: 第八条}
          - {else: true, is: lead, article: 第九条}
    steps: {s: {by: {table: who}}}
  `

  it('a row after an undetermined row is not taken, and what is still possible is listed', () => {
    const policy = small(table('first'))
    const run = play(policy, { facts: { estimate: '600万元' } }, [])
    expect(run.state.tables[0]).toMatchObject({ value: null, possible: ['audit', 'approver'] })
    const sure = play(policy, { facts: { estimate: '600万元', secret: false } }, [])
    expect(sure.state.tables[0]).toMatchObject({ value: 'approver', article: ['第八条'] })
  })

  it('an undetermined value never falls to else: it blocks and names the fact', () => {
    const run = play(small(table('first')), { facts: { secret: false } }, ['01-01 s by lead'])
    expect(run.said).toEqual(['undetermined'])
    expect(run.events[0]!.findings[0]!.facts).toEqual({ estimate: null })
  })

  it('with unique a value is certain when all rows not excluded agree', () => {
    const policy = small(`
      facts: {a: boolean, b: boolean}
      tables:
        t:
          rows:
            - {when: {a: true}, is: yes}
            - {when: {a: false, b: true}, is: yes}
            - {when: {a: false, b: false}, is: no}
      steps: {s: }
    `)
    const value = (facts: object) =>
      play(policy, { facts: facts as Record<string, unknown> }, []).state.tables[0]!
    expect(value({ b: true }).value).toBe('yes')
    expect(value({ b: false })).toMatchObject({ value: null, possible: ['yes', 'no'] })
  })

  it('by, delay, within, owed, opinions and windows may come from a table', () => {
    const policy = small(`
      facts: {big: boolean}
      tables: {who: {rows: [{when: {big: true}, is: approver}, {when: {big: false}, is: lead}]}}
      steps:
        a: {by: {table: who}}
        b: {after: {step: a, delay: {table: {rows: [{when: {big: true}, is: 20 days}, {else: true, is: 10 days}]}}}}
        c:
          owed: {table: {rows: [{when: {big: true}, is: always}, {else: true, is: never}]}}
          opinions: {from: {table: {rows: [{when: {big: true}, is: [finance, audit]}, {else: true, is: finance}]}}}
        d: {due: {within: {table: {rows: [{when: {big: true}, is: 1 month}, {else: true, is: 2 months}]}}, of: a}}
    `)
    const big = play(policy, { facts: { big: true } }, [
      '01-01 a by lead',
      '01-01 a by approver',
      '01-15 b',
      '01-15 c',
    ])
    expect(big.said).toEqual(['actor', 'ok', 'too-early', 'opinion'])
    expect([big.step('d').dueOn, big.step('c').pending]).toEqual(['2026-02-01', true])
    const less = play(policy, { facts: { big: false } }, ['01-01 a by lead', '01-15 b'])
    expect(less.said).toEqual(['ok', 'ok'])
    expect([less.step('d').dueOn, less.step('c').pending]).toEqual(['2026-03-01', false])
  })
})

describe('§2 requires and vetoes', () => {
  it('`when` false excludes; `requires` false or undetermined blocks', () => {
    const policy = small(
      'facts: {ready: boolean}\nsteps: {s: {requires: [{that: {ready: true}, article: 第五条}]}}',
    )
    const at = (facts: Record<string, unknown>) => play(policy, { facts }, ['01-01 s']).events[0]!
    expect(at({ ready: false }).findings).toMatchObject(
      [{ code: 'requires', article: ['第五条'], facts: { ready: '否' } }].map(({ facts: _, ...one }) => one),
    )
    expect(at({}).findings).toMatchObject([
      { code: 'undetermined', article: ['第五条'], facts: { ready: null } },
    ])
    expect(at({ ready: true }).accepted).toBe(true)
  })

  const vetoed = small(`
    facts: {sharing: boolean, exempt: boolean}
    steps: {s: {by: lead, outcomes: {pass: {}, return: {again: true}, reject: {ends: rejected}}}}
    vetoes: {v: {when: {sharing: false}, bars: [{step: s}], lifted: {exempt: true}, article: 第八条}}
  `)

  it.each([
    [{ sharing: true }, 'pass', 'ok'],
    [{ sharing: false }, 'pass', 'veto'],
    [{ sharing: false, exempt: true }, 'pass', 'ok'],
    [{ sharing: false }, 'return', 'ok'],
    [{ sharing: false }, 'reject', 'ok'],
    [{}, 'pass', 'undetermined'],
    [{}, 'reject', 'ok'],
  ])(
    'a veto on %o and %s: %s, so that the authority can still refuse or return',
    (facts, outcome, wanted) => {
      expect(play(vetoed, { facts }, [`01-01 s:${outcome} by lead`]).said).toEqual([wanted])
    },
  )

  it('an undetermined step is not open, no obligation, blocks what is after it and names the facts', () => {
    const policy = small('facts: {a: boolean}\nsteps: {s: {when: {a: true}}, t: {after: s}}')
    const run = play(policy, {}, [])
    expect([run.open, run.owed]).toEqual([[], []])
    expect(run.step('t').findings).toMatchObject([{ code: 'undetermined', facts: { a: null } }])
  })
})
