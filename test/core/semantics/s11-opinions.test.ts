import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

describe('§11 opinions', () => {
  const asking = (rule: string) =>
    small(`
      steps:
        before: {}
        a:
          by: lead
          after: before
          opinions: {from: [finance, audit, cryptography], ${rule}}
          outcomes: {pass: {}, return: {reopens: before}, reject: {ends: rejected}, plain: {opinions: none}}
    `)
  const say = (on: string, by: string, opinion = 'agree') => ({ on, act: 'opinion', step: 'a', by, opinion })
  const start: Line = '01-01 before'
  const all = ['finance', 'audit', 'cryptography'].map((party) => say('01-02', party))
  const last = (rule: string, lines: Line[]) => play(asking(rule), {}, [start, ...lines]).said.at(-1)

  it.each([
    ['', 3, 'ok'],
    ['', 2, 'opinion'],
    ['collect: majority', 2, 'ok'],
    ['collect: majority', 1, 'opinion'],
    ['collect: any', 1, 'ok'],
    ['collect: any', 0, 'opinion'],
    ['collect: {atLeast: 2}', 2, 'ok'],
    ['collect: {atLeast: 2}', 1, 'opinion'],
  ])('collect (%s) with %i opinions: %s', (rule, count, wanted) => {
    expect(last(rule, [...all.slice(0, count), '01-03 a:pass by lead'])).toBe(wanted)
  })

  it.each([
    ['', 2, 'ok'],
    ['agree: all', 1, 'opinion'],
    ['agree: all', 0, 'ok'],
    ['agree: majority', 1, 'ok'],
    ['agree: majority', 2, 'opinion'],
    ['agree: none', 3, 'ok'],
  ])('agree (%s) with %i objections: %s', (rule, objections, wanted) => {
    const lines = all.map((one, i) => (i < objections ? { ...one, opinion: 'object' } : one))
    expect(last(rule, [...lines, '01-03 a:pass by lead'])).toBe(wanted)
  })

  it('a party may change its mind: the latest counts', () => {
    const lines = [...all, say('01-03', 'audit', 'object')]
    expect(last('agree: all', [...lines, '01-04 a:pass by lead'])).toBe('opinion')
    expect(last('agree: all', [...lines, say('01-04', 'audit'), '01-05 a:pass by lead'])).toBe('ok')
  })

  it('they bind what settles or ends, not a return; nor an outcome that asks for none', () => {
    expect(
      ['pass', 'reject', 'return', 'plain'].map((outcome) => last('', [`01-03 a:${outcome} by lead`])),
    ).toEqual(['opinion', 'opinion', 'ok', 'ok'])
    expect(
      last('agree: all', [...all.slice(1), say('01-02', 'finance', 'object'), '01-03 a:reject by lead']),
    ).toBe('ok')
  })

  it('they open when the `after` of the step holds; only those asked are heard', () => {
    expect(play(asking(''), {}, [say('01-01', 'finance')]).said).toEqual(['not-done'])
    expect(play(asking(''), {}, [start, say('01-02', 'approver')]).said[1]).toBe('actor')
  })

  it.each([
    ['silence: agrees, agree: all', 'ok'],
    ['silence: skips, agree: all', 'ok'],
    ['silence: blocks', 'opinion'],
    ['', 'opinion'],
  ])('when the term is over without a word (%s): %s', (rule, wanted) => {
    const policy = `within: 5 days${rule ? `, ${rule}` : ''}`
    expect(last(policy, ['01-06 a:pass by lead'])).toBe('opinion')
    expect(last(policy, ['01-07 a:pass by lead'])).toBe(wanted)
  })

  it('silence that skips leaves those who spoke to decide', () => {
    const lines = [say('01-02', 'finance', 'object'), '01-07 a:pass by lead']
    expect(last('within: 5 days, silence: skips, agree: majority', lines)).toBe('opinion')
    expect(last('within: 5 days, silence: agrees, agree: majority', lines)).toBe('ok')
  })

  const returned: Line[] = [
    ...all.slice(1),
    say('01-02', 'finance', 'object'),
    '01-03 a:return by lead',
    '01-04 before',
  ]

  it('a reset ends the round: all speak again, or only the objectors', () => {
    expect(last('', [...returned, say('01-05', 'finance'), '01-06 a:pass by lead'])).toBe('opinion')
    expect(last('again: objectors, agree: all', [...returned, '01-06 a:pass by lead'])).toBe('opinion')
    expect(
      last('again: objectors, agree: all', [...returned, say('01-05', 'finance'), '01-06 a:pass by lead']),
    ).toBe('ok')
  })

  it('who agreed two rounds ago need not be asked a third time', () => {
    const thrice: Line[] = [
      ...returned,
      say('01-05', 'finance', 'object'),
      '01-06 a:return by lead',
      '01-07 before',
    ]
    expect(
      last('again: objectors, agree: all', [...thrice, say('01-08', 'finance'), '01-09 a:pass by lead']),
    ).toBe('ok')
  })

  it('the term of a new round starts again, or resumes', () => {
    const silent: Line[] = ['01-05 a:return by lead', '02-01 before']
    const rule = 'within: 5 days, silence: agrees'
    expect(last(rule, [...silent, '02-06 a:pass by lead'])).toBe('opinion')
    expect(last(`${rule}, clock: resume`, [...silent, '02-02 a:pass by lead'])).toBe('opinion')
    expect(last(`${rule}, clock: resume`, [...silent, '02-03 a:pass by lead'])).toBe('ok')
  })

  it('the standing says who is awaited, on what, until when', () => {
    const policy = small('steps: {a: {opinions: {from: [finance, audit], on: [经费], within: 5 days}}}')
    const run = play(policy, {}, [say('01-01', 'finance')])
    expect(run.step('a').opinions).toMatchObject([
      { from: 'finance', value: 'agree', awaited: false, on: ['经费'] },
      { from: 'audit', awaited: true },
    ])
  })
})

describe('§11 witness and experts', () => {
  it('a witness attests presence, for every outcome', () => {
    const policy = small('steps: {a: {witness: audit, outcomes: {pass: {}, fail: {again: true}}}}')
    const seen = { on: '01-01', act: 'witness', step: 'a', by: 'audit' }
    expect(play(policy, {}, ['01-01 a:pass', '01-01 a:fail', seen, '01-02 a:pass']).said).toEqual([
      'witness',
      'witness',
      'ok',
      'ok',
    ])
    expect(play(policy, {}, [{ ...seen, by: 'lead' }]).said).toEqual(['actor'])
    expect(
      play(policy, {}, [
        { on: '01-01', step: 'a', outcome: 'fail', by: 'unit', witness: ['audit'] },
        '01-02 a:pass',
      ]).said,
    ).toEqual(['ok', 'witness'])
  })

  const panel = (rule: string) =>
    small(`
      registers: {pool: {of: experts, keptBy: lead}}
      steps: {a: {experts: {from: pool, ${rule}}, outcomes: {pass: {}, fail: {again: true}}}}
    `)
  const registers = { pool: ['甲', '乙', '丙', '丁', { name: '戊', from: '2026-02-01', to: '2026-02-28' }] }
  const ask = (
    rule: string,
    experts: object[] | string[] | undefined,
    given: object = { registers },
    on = '01-01',
  ) =>
    play(panel(rule), given, [
      { on, step: 'a', outcome: 'pass', by: 'unit', ...(experts ? { experts } : {}) },
    ]).said[0]
  const votes = (...agrees: boolean[]) => agrees.map((one, i) => ({ name: '甲乙丙丁'[i]!, agrees: one }))

  it.each([
    ['count: 3', ['甲', '乙', '丙'], 'ok'],
    ['count: 3', ['甲', '乙'], 'record'],
    ['count: 3', ['甲', '乙', '乙'], 'record'],
    ['count: 3', ['甲', '乙', '外人'], 'record'],
    ['count: 3', ['甲', '乙', '戊'], 'record'],
    ['count: 3', undefined, 'record'],
    ['odd: true', ['甲', '乙'], 'record'],
    ['odd: true', ['甲', '乙', '丙'], 'ok'],
    ['optional: true', undefined, 'ok'],
  ])('%s with %o: %s', (rule, experts, wanted) => {
    expect(ask(rule, experts)).toBe(wanted)
  })

  it('the register is that of the day; an empty one bars and says so', () => {
    expect(ask('count: 1', ['戊'], { registers }, '02-28')).toBe('ok')
    expect(ask('count: 1', ['戊'], { registers }, '03-01')).toBe('record')
    expect(ask('count: 1', ['甲'], { registers: { pool: [] } })).toBe('record')
    const empty = play(panel('count: 1'), { registers: { pool: [] } }, ['01-01 a:pass']).events[0]!.findings
    expect(empty[0]!.message).toContain('没有有效条目')
  })

  it('the share that has to agree is counted exactly', () => {
    expect(ask('share: 2/3', votes(true, true, false))).toBe('ok')
    expect(ask('share: 2/3', votes(true, false, false))).toBe('record')
    expect(ask('share: 67%', votes(true, true, false))).toBe('record')
  })

  it('they bind what settles, not a failure', () => {
    expect(play(panel('count: 3'), { registers }, ['01-01 a:fail']).said).toEqual(['ok'])
  })

  it('a record may be taken from a register, judged on the day', () => {
    const policy = small(`
      registers: {firms: {of: organisation, keptBy: lead}}
      steps: {a: {records: {firm: {type: text, from: firms}}}}
    `)
    const firms = { registers: { firms: [{ name: '甲公司', to: '2026-06-30' }] } }
    const at = (on: string, firm: string) =>
      play(policy, firms, [{ on, step: 'a', by: 'unit', records: { firm } }]).said[0]
    expect([at('06-30', '甲公司'), at('07-01', '甲公司'), at('06-30', '乙公司')]).toEqual([
      'ok',
      'record',
      'record',
    ])
  })

  it('a level of the register may be asked for, in its order', () => {
    const policy = small(`
      registers: {firms: {of: organisation, keptBy: lead, levels: [丙级, 乙级, 甲级]}}
      steps: {a: {records: {firm: {type: text, from: firms, level: 乙级}}}}
    `)
    const registers_ = {
      firms: [
        { name: '一', level: '甲级' },
        { name: '二', level: '乙级' },
        { name: '三', level: '丙级' },
        { name: '四' },
      ],
    }
    const at = (firm: string) =>
      play(policy, { registers: registers_ }, [{ on: '01-01', step: 'a', by: 'unit', records: { firm } }])
        .said[0]
    expect(['一', '二', '三', '四'].map(at)).toEqual(['ok', 'ok', 'record', 'record'])
  })
})

describe('§11 a round that opens after a delay', () => {
  it('its term runs from the day on which the delay has run, without any event on that day', () => {
    const policy = small(`
      steps:
        before: {}
        a: {after: {step: before, delay: 10 days}, opinions: {from: finance, within: 5 days, silence: agrees}}
    `)
    const at = (day: string) => play(policy, {}, ['01-01 before', `${day} a`]).said[1]
    const awaited = (on: string) => play(policy, { on }, ['01-01 before']).step('a').opinions?.[0]?.awaited
    expect([awaited('2026-01-10'), awaited('2026-01-11')]).toEqual([false, true])
    expect([at('01-10'), at('01-11'), at('01-16'), at('01-17')]).toEqual([
      'too-early opinion',
      'opinion',
      'opinion',
      'ok',
    ])
  })
})

describe('§11 opinions on what is repeated', () => {
  const policy = small(`
    steps:
      use: {}
      report: {repeat: {each: year, by: 12-31, from: use}, opinions: {from: finance}}
      pay: {repeat: many, opinions: {from: finance, within: 5 days, silence: agrees}}
  `)
  const say = (on: string, step: string) => ({ on, act: 'opinion', step, by: 'finance', opinion: 'agree' })

  it('every period asks anew, and hears', () => {
    const lines = ['2026-01-01 use', '2026-11-01 report', say('2026-11-02', 'report'), '2026-11-03 report']
    const next = ['2027-11-01 report', say('2027-11-02', 'report'), '2027-11-03 report']
    expect(play(policy, {}, [...lines, ...next]).said).toEqual([
      'ok',
      'opinion',
      'ok',
      'ok',
      'opinion',
      'ok',
      'ok',
    ])
  })

  it('† silence of a run long past agrees to no further one', () => {
    const lines = [
      say('2026-01-02', 'pay'),
      '2026-01-03 pay',
      '2027-01-03 pay',
      say('2027-01-04', 'pay'),
      '2027-01-05 pay',
    ]
    expect(play(policy, {}, lines).said).toEqual(['ok', 'ok', 'opinion', 'ok', 'ok'])
  })
})
