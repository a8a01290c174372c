import { describe, expect, it } from 'vitest'
import { decideEach } from '../../../functions/core/case/decide.ts'
import { emptyOutside } from '../../../functions/core/policy/engine/outside.ts'
import { newCase } from '../../../functions/core/policy/state.ts'
import { type Line, play, small } from '../small.ts'

describe('§11 opinions by aspect', () => {
  const asking = (rule: string) =>
    small(`
      steps:
        before: {}
        a:
          by: lead
          after: before
          opinions: {from: [finance, audit], ${rule}}
          outcomes: {pass: {}, return: {reopens: before}}
    `)
  const say = (day: string, by: string, opinion = 'agree') => ({
    on: day,
    act: 'opinion',
    step: 'a',
    by,
    opinion,
  })
  const start: Line = '01-01 before'
  const last = (policy: string, lines: Line[]) => play(asking(policy), {}, [start, ...lines]).said.at(-1)
  const rule = 'on: [safety, money], agree: all'
  const on = (aspect: string, opinion = 'agree', day = '01-02') => ({
    ...say(day, 'finance', opinion),
    aspect,
  })
  const others = [say('01-02', 'audit')]
  const said = (...lines: Line[]) => last(rule, [...others, ...lines, '01-05 a:pass by lead'])

  it('a party has spoken once it has spoken of each, or of the whole', () => {
    expect(said(on('safety'))).toBe('opinion')
    expect(said(on('safety'), on('money'))).toBe('ok')
    expect(said(say('01-02', 'finance'))).toBe('ok')
  })

  it('an objection to one is an objection, until it is taken back for that one or for all', () => {
    expect(said(on('safety', 'object'), on('money'))).toBe('opinion')
    expect(said(on('safety', 'object'), on('money'), on('safety', 'agree', '01-03'))).toBe('ok')
    expect(said(on('safety', 'object'), on('money'), say('01-03', 'finance'))).toBe('ok')
    expect(said(say('01-02', 'finance'), on('money', 'object', '01-03'))).toBe('opinion')
  })

  it('silence does not agree to what was objected to', () => {
    const late = `${rule}, within: 5 days, silence: agrees`
    const lines = (first: Line) => [...others, first, '01-09 a:pass by lead']
    expect(last(late, lines(on('safety')))).toBe('ok')
    expect(last(late, lines(on('safety', 'object')))).toBe('opinion')
  })

  it('the standing tells what is said of each aspect', () => {
    const seen = play(asking(rule), {}, [start, on('money', 'object')]).step('a').opinions
    expect(seen?.[0]).toMatchObject({
      from: 'finance',
      value: undefined,
      awaited: true,
      aspects: [{ aspect: 'safety' }, { aspect: 'money', value: 'object' }],
    })
  })

  it('after a return only who objected to an aspect is asked again, where the rule says so', () => {
    const once = `${rule}, again: objectors`
    const returned: Line[] = [
      ...others,
      on('safety', 'object'),
      on('money'),
      '01-03 a:return by lead',
      '01-04 before',
    ]
    expect(last(once, [...returned, '01-05 a:pass by lead'])).toBe('opinion')
    expect(last(once, [...returned, say('01-05', 'finance'), '01-06 a:pass by lead'])).toBe('ok')
  })
})

describe('§11 opinions said together', () => {
  const policy = small(`
    steps: {a: {by: lead, opinions: {from: [finance, audit], on: [safety, money]}}}
  `)
  const day = '2026-01-02'
  const state = newCase('x', '2026-01-01', {}, {})
  const word = (by: string, aspect: string) => ({
    type: 'opinion' as const,
    step: 'a',
    by,
    aspect,
    value: 'agree' as const,
  })
  const said = (...words: ReturnType<typeof word>[]) => decideEach(policy, state, words, emptyOutside, day)

  it('are an event each, in their order', () => {
    const decision = said(word('finance', 'safety'), word('finance', 'money'), word('audit', 'money'))
    expect(
      decision.ok && decision.events.map((one) => one.type === 'opinion' && `${one.from} ${one.aspect}`),
    ).toEqual(['finance safety', 'finance money', 'audit money'])
  })

  it('are none where one may not be said, and the reason is given once', () => {
    const decision = said(word('finance', 'safety'), word('lead', 'safety'), word('lead', 'money'))
    expect(decision.ok).toBe(false)
    expect(decision.findings.map(({ code }) => code)).toEqual(['actor'])
  })
})
