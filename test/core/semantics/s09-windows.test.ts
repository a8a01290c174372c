import { describe, expect, it } from 'vitest'
import { type Line, play, small, type World } from '../small.ts'

/** What the engine says of executing on a day under this window: `ok`, `ok window` with a note, or the code. */
function on(
  window: string,
  day: string,
  world: World = { facts: { planYear: 2027 } },
  more: Line[] = [],
): string {
  const policy = small(`facts: {planYear: year, warranty: day}\nsteps: {a: {window: ${window}}}`)
  const run = play(policy, world, [...more, `${day} a`])
  const last = run.events.at(-1)!
  const notes = last.findings.filter((one) => one.level === 'note').map((one) => one.code)
  return [run.said.at(-1), ...notes].join(' ')
}

describe('§9 windows', () => {
  it.each([
    [
      '{from: 07-01, to: 08-31}',
      { '2026-06-30': 'window', '2026-07-01': 'ok', '2026-08-31': 'ok', '2026-09-01': 'window' },
    ],
    [
      '{from: 07-01, to: 08-31, for: next-year}',
      { '2026-07-01': 'ok', '2027-07-01': 'window', '2025-07-01': 'window' },
    ],
    ['{from: 07-01, to: 08-31, for: this-year}', { '2026-07-01': 'window', '2027-07-01': 'ok' }],
    [
      '{to: 07-31, for: next-year}',
      { '2025-07-31': 'window', '2025-08-01': 'ok', '2026-07-31': 'ok', '2026-08-01': 'window' },
    ],
    ['{from: 07-01, to: 08-31, late: note}', { '2026-09-01': 'ok window', '2026-07-01': 'ok' }],
    [
      '{from: 11-15, to: 02-15}',
      {
        '2026-11-14': 'window',
        '2026-12-31': 'ok',
        '2027-01-01': 'ok',
        '2027-02-15': 'ok',
        '2027-02-16': 'window',
      },
    ],
    [
      '{from: 11-15, to: 02-15, for: next-year}',
      { '2026-01-01': 'window', '2026-12-01': 'ok', '2027-02-15': 'ok', '2027-11-15': 'window' },
    ],
    ['{from: Q4, to: Q4}', { '2026-09-30': 'window', '2026-10-01': 'ok', '2026-12-31': 'ok' }],
    ['{from: Q4, to: Q1}', { '2026-09-30': 'window', '2027-03-31': 'ok', '2027-04-01': 'window' }],
    [
      '{from: 02, to: 02}',
      { '2026-02-01': 'ok', '2026-02-28': 'ok', '2024-02-29': 'ok', '2026-03-01': 'window' },
    ],
    ['{from: 06-early, to: 06-mid}', { '2026-06-01': 'ok', '2026-06-20': 'ok', '2026-06-21': 'window' }],
    [
      '{from: 02-late, to: 02-late}',
      { '2026-02-20': 'window', '2026-02-21': 'ok', '2026-02-28': 'ok', '2026-03-01': 'window' },
    ],
  ])('%s', (window, days) => {
    for (const [day, wanted] of Object.entries(days)) expect(on(window, day), day).toBe(wanted)
  })

  it('the finding carries the article and both ends', () => {
    const policy = small('steps: {a: {window: {from: 07-01, to: 08-31, article: 第九条}}}')
    expect(play(policy, {}, ['2026-06-30 a']).events[0]!.findings).toMatchObject([
      {
        code: 'window',
        article: ['第九条'],
        facts: { from: '2026-07-01', to: '2026-08-31', day: '2026-06-30' },
      },
    ])
    expect(play(policy, { on: '2026-06-30' }, []).step('a')).toMatchObject({
      state: 'blocked',
      opensOn: '2026-07-01',
    })
    expect(play(policy, { on: '2026-07-30' }, []).step('a').closesOn).toBe('2026-08-31')
  })

  it('a plan year that is not known leaves the window undetermined', () => {
    expect(on('{to: 07-31, for: next-year}', '2026-07-01', {})).toBe('undetermined')
  })

  it('`when` says whether it binds at all', () => {
    const window = '{from: 07-01, to: 07-31, when: {planYear: 2027}}'
    expect([on(window, '2026-01-01'), on(window, '2026-01-01', { facts: { planYear: 2028 } })]).toEqual([
      'window',
      'ok',
    ])
    expect(on(window, '2026-01-01', {})).toBe('undetermined')
  })

  it('bounds may be facts', () => {
    const world = { facts: { warranty: '2026-05-01' } }
    expect(on('{from: {fact: warranty}}', '2026-04-30', world)).toBe('window')
    expect(on('{from: {fact: warranty}}', '2026-05-01', world)).toBe('ok')
    expect(on('{from: {fact: warranty}}', '2026-05-01', {})).toBe('undetermined')
    expect(on('{from: {fact: warranty}, to: 08-31}', '2026-08-31', world)).toBe('ok')
    expect(on('{from: {fact: warranty}, to: 08-31}', '2026-09-01', world)).toBe('window')
  })

  it('announced: that party sets the dates for a year; until then open with a note', () => {
    const window = '{announced: lead, for: this-year}'
    const announce = { on: '2026-01-01', announce: 'a', year: 2027, from: '2027-03-01', to: '2027-03-31' }
    expect(on(window, '2027-06-01')).toBe('ok window')
    const days = ['2027-02-28', '2027-03-01', '2027-03-31', '2027-04-01'].map((day) =>
      on(window, day, undefined, [announce]),
    )
    expect(days).toEqual(['window', 'ok', 'ok', 'window'])
  })
})
