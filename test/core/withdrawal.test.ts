import { describe, expect, it } from 'vitest'
import { type Line, play, small } from './small.ts'

const policy = small(`
  parties: {board: {name: 领导小组, collective: {office: office}}, unit: {name: unit, from: unit}, lead: {name: lead}, finance: {name: finance}, office: {name: office}}
  sanctions: {ban: {on: unit, bars: [{step: buy}], lifted: {by: lead}}}
  steps:
    declare: {due: {within: 10 days, of: note}}
    note: {owed: never}
    review:
      by: lead
      after: declare
      opinions: {from: finance, collect: all}
      outcomes: {pass: {}, return: {reopens: declare}, reject: {ends: rejected}, punish: {imposes: ban, again: true}}
    reply: {by: lead, after: review, yields: {reply: {title: 批复}}}
    letter: {by: lead, after: review, withdrawable: true, yields: {letter: {title: 函}}}
    fixed: {after: declare, withdrawable: false}
    sign: {by: {all: [unit, lead]}, after: review}
    meet: {by: board, after: review}
    buy: review
`)

const back = (on: string, withdraw: string, by = 'unit'): Line => ({ on, withdraw, by, reason: '填错了' })
const agree: Line = { on: '2026-01-02', act: 'opinion', step: 'review', by: 'finance', opinion: 'agree' }
const said = (lines: Line[]) => play(policy, {}, lines).said
const why = (lines: Line[]) =>
  play(policy, {}, lines)
    .events.at(-1)!
    .findings.map((one) => one.facts.because)

describe('taking back (撤回)', () => {
  it('what was done last: the state is that of the log without it, due days and rounds as before', () => {
    const before = play(policy, { on: '2026-01-05' }, ['01-01 note', '01-02 declare', agree])
    const after = play(policy, { on: '2026-01-05' }, [
      '01-01 note',
      '01-02 declare',
      agree,
      '01-03 review:return by lead',
      back('01-04', 'review', 'lead'),
    ])
    expect(after.said).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
    expect(after.state).toEqual(before.state)
    expect(after.step('review').opinions).toMatchObject([{ from: 'finance', value: 'agree', awaited: false }])
    const undeclared = play(policy, { on: '2026-01-20' }, [
      '01-01 note',
      '01-02 declare',
      back('01-03', 'declare'),
    ])
    expect(undeclared.owed).toContain('declare 2026-01-11')
    expect(undeclared.step('declare').overdue).toBe(true)
  })

  it('then it is done again as if for the first time', () => {
    expect(said(['01-01 declare', back('01-02', 'declare'), '01-03 declare', '01-03 declare'])).toEqual([
      'ok',
      'ok',
      'ok',
      'already-done',
    ])
  })

  it('only by the body that did it, and only while nothing has happened since', () => {
    expect(said(['01-01 declare', back('01-02', 'declare', 'lead')])).toEqual(['ok', 'actor'])
    expect(why(['01-01 declare', agree, back('01-03', 'declare')])).toEqual(['later'])
    expect(why([back('01-01', 'declare')])).toEqual(['later'])
    expect(why(['01-01 declare', back('01-02', 'declare'), back('01-02', 'declare')])).toEqual(['later'])
  })

  it.each([
    ['joint', ['01-03 sign by unit,lead'], 'sign', 'lead'],
    ['collective', ['01-03 meet by board'], 'meet', 'board'],
    ['document', ['01-03 reply by lead'], 'reply', 'lead'],
    ['forbidden', ['01-03 fixed'], 'fixed', 'unit'],
  ])('not when it is %s', (because, lines, step, by) => {
    const reviewed: Line[] = ['01-01 declare', agree, '01-02 review:pass by lead']
    expect(why([...reviewed, ...(lines as Line[]), back('01-04', step, by)])).toEqual([because])
  })

  it('not when it ended the project or reached the unit; a document where the policy lets it', () => {
    expect(
      why(['01-01 declare', agree, '01-02 review:reject by lead', back('01-03', 'review', 'lead')]),
    ).toEqual(['ended'])
    expect(why(['01-01 declare', '01-02 review:punish by lead', back('01-03', 'review', 'lead')])).toEqual([
      'unit',
    ])
    const reviewed: Line[] = ['01-01 declare', agree, '01-02 review:pass by lead']
    expect(said([...reviewed, '01-03 letter by lead', back('01-04', 'letter', 'lead')]).at(-1)).toBe('ok')
  })

  it('one confirmation of a joint step, while the other is awaited', () => {
    const reviewed: Line[] = ['01-01 declare', agree, '01-02 review:pass by lead', '01-03 sign by unit']
    const run = play(policy, {}, [...reviewed, back('01-04', 'sign')])
    expect(run.said.at(-1)).toBe('ok')
    expect(run.step('sign').awaiting).toBeUndefined()
  })
})
