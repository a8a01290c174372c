import { describe, expect, it } from 'vitest'
import { readFacts } from '../../../functions/core/case/open.ts'
import { play, small } from '../small.ts'

describe('§3 facts', () => {
  it('a fact is required at the first step unless `when` or `optional`', () => {
    const policy = small(`
      facts:
        estimate: {type: money, article: 第九条}
        note: {type: text, optional: true}
        superior: {type: text, when: {cross: true}}
        cross: boolean
      steps: {a: , b: }
    `)
    const run = play(policy, { facts: { cross: true } }, ['01-01 a'])
    expect(run.events[0]!.findings).toMatchObject([
      { code: 'undetermined', article: ['第九条'], facts: { estimate: null } },
      { code: 'undetermined', facts: { superior: null } },
    ])
    expect(play(policy, { facts: { cross: false, estimate: '1万元' } }, ['01-01 a', '01-02 b']).said).toEqual(
      ['ok', 'ok'],
    )
  })

  it('† `from` several steps: each of these that applies asks for it while it is unknown', () => {
    const policy = small(`
      facts: {entry: boolean, integrated: {type: boolean, from: [review, addition]}}
      steps:
        review: {when: {entry: true}}
        addition: {when: {entry: false}}
        later: {after: [review, addition]}
    `)
    const annual = { facts: { entry: true } }
    const other = { facts: { entry: false } }
    expect(play(policy, annual, ['01-01 review']).said).toEqual(['undetermined'])
    expect(play(policy, other, ['01-01 addition']).said).toEqual(['undetermined'])
    const given = { on: '01-01', step: 'addition', by: 'unit', records: { integrated: false } }
    expect(play(policy, other, [given, '01-02 later']).said).toEqual(['ok', 'ok'])
  })

  it('a value that is not of its type is named with what was given and the choices by title', () => {
    const policy = small(`
      facts:
        estimate: {type: money, title: 总投资概算, article: 第九条}
        nature: {type: choice, title: 项目性质, options: {new: 新建, renewal: 改造}, optional: true}
      steps: {a: }
    `)
    const { findings } = readFacts(policy, { estimate: '12,5', nature: 'zz', estimat: 1 })
    expect(findings.map((one) => one.message)).toEqual([
      '「总投资概算」不能是「12,5」, 须是金额, 请写作 12.5万元 或 125000元(第九条)',
      '「项目性质」不能是「zz」, 须是选项之一: 新建(new)、改造(renewal)',
      '没有「estimat」这一项, 是否指「estimate」?',
    ])
  })

  it('a unit fact belongs to the unit', () => {
    const policy = small('facts: {kind: {type: text, of: unit}}\nsteps: {a: {when: {kind: 机关}}}')
    expect(play(policy, { unit: { facts: { kind: '机关' } } }, ['01-01 a']).said).toEqual(['ok'])
    expect(play(policy, { unit: { facts: { kind: '企业' } } }, ['01-01 a']).said).toEqual(['excluded'])
  })
})

describe('§3 records', () => {
  const policy = small(`
    facts: {estimate: money, agreed: {type: boolean, from: review}}
    steps:
      review: {records: {agreed: boolean}}
      approval: {after: review, records: {estimate: money}, requires: [{that: {estimate: {atMost: 100万元}}}]}
      own: {after: approval, when: {estimate: {atLeast: 200万元}}}
      approved: {after: approval, when: {approval.estimate: {lessThan: 100万元}}}
      agreeing: {after: review, when: {agreed: true}}
  `)
  const events = [
    { on: '01-01', step: 'review', by: 'unit', records: { agreed: true } },
    { on: '01-02', step: 'approval', by: 'unit', records: { estimate: '90万元' } },
  ]

  it('inside a step a bare name is its own record first, outside it is the fact', () => {
    const run = play(policy, { facts: { estimate: '200万元' } }, [...events, '01-03 own', '01-03 approved'])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'ok'])
    const over = play(policy, { facts: { estimate: '1万元' } }, [
      events[0]!,
      { ...events[1]!, records: { estimate: '101万元' } },
    ])
    expect(over.said).toEqual(['ok', 'requires'])
  })

  it('† a record sets a project fact of its name only when that fact names the step', () => {
    const run = play(policy, { facts: { estimate: '200万元', agreed: false } }, events)
    expect([run.step('own').state, run.step('agreeing').state]).toEqual(['open', 'open'])
  })

  it('what an execution states must be there and of its type', () => {
    const bad = play(policy, {}, [events[0]!, { ...events[1]!, records: { estimate: '12,5' } }])
    expect(bad.said[1]).toContain('record')
    expect(bad.events[1]!.findings[0]!.message).toContain('12.5万元')
    expect(play(policy, {}, [events[0]!, '01-02 approval']).said[1]).toContain('record')
  })

  it('a record that nobody asked for is noted and not kept; a mistyped one is refused', () => {
    const stray = { ...events[1]!, records: { estimate: '9元', weather: '晴' } }
    const run = play(policy, {}, [events[0]!, stray])
    expect(run.said).toEqual(['ok', 'ok'])
    expect(run.events[1]!.findings).toMatchObject([{ code: 'unknown', level: 'note' }])
    const typo = { ...events[1]!, records: { estimat: '9元' } }
    expect(play(policy, {}, [events[0]!, typo]).events[1]!.findings).toContainEqual(
      expect.objectContaining({
        code: 'unknown',
        level: 'block',
        facts: { name: 'estimat', guess: 'estimate' },
      }),
    )
  })
})

describe('§3 what the engine supplies', () => {
  const policy = small(`
    steps:
      s: {repeat: many, records: {n: number}, outcomes: {pass: {}, fail: {again: true}}}
      done: {when: {s.done: true}}
      outcome: {when: {s.outcome: fail}}
      on: {when: {s.on: {atLeast: 2026-01-02}}}
      twice: {when: {s.times: 2}}
      failed: {when: {s.times.fail: 1}}
      grew: {when: {s.previous.n: {lessThan: 5}}}
      late: {when: {s.overdue: true}}
  `)
  const seen = (lines: Parameters<typeof play>[2]) => play(policy, {}, lines).open.filter((id) => id !== 's')
  const pass = { on: '01-01', step: 's', outcome: 'pass', by: 'unit', records: { n: 4 } }

  it('done, outcome, on, times, times.<outcome>, previous.<record>', () => {
    expect(seen(['2026-01-01 done'])).toEqual([])
    expect(seen([pass])).toEqual(['done'])
    expect(seen([pass, { ...pass, on: '01-02', outcome: 'fail', records: { n: 6 } }])).toEqual([
      'done',
      'outcome',
      'on',
      'twice',
      'failed',
      'grew',
    ])
  })

  it('overdue counts a demand as well as a due date', () => {
    const demanded = small(`
      steps:
        a: {demands: {step: b, within: 5 days}}
        b: {owed: on-demand}
        c: {after: a, due: {within: 10 days, of: a}}
        b-late: {when: {b.overdue: true}}
        c-late: {when: {c.overdue: true}}
    `)
    const open = (on: string) => play(demanded, { on }, ['01-01 a']).open.filter((id) => id.endsWith('late'))
    expect([open('2026-01-06'), open('2026-01-07'), open('2026-01-12')]).toEqual([
      [],
      ['b-late'],
      ['b-late', 'c-late'],
    ])
  })
})

describe('§3 computed facts', () => {
  const computed = (body: string, lines: Parameters<typeof play>[2], facts = {}) => {
    const policy = small(`
      facts: {a: money, b: money, x: ${body}}
      steps:
        pay: {repeat: many, owed: never, records: {amount: money, on: day}}
        known: {when: {x: {known: true}}}
        ten: {when: {x: {same: y}}}
      parameters: {y: {type: money, values: {2026: 10元}}}
    `)
    const run = play(policy, { facts }, lines)
    return [run.step('known').state === 'open', run.step('ten').state === 'open']
  }
  const pay = (amount: string, on = '2026-01-01') => ({
    on: '02-01',
    step: 'pay',
    by: 'unit',
    records: { amount, on },
  })

  it.each([
    ['{title: x, sum: pay.amount}', [pay('4元'), pay('6元')], [true, true]],
    ['{title: x, max: pay.amount}', [pay('10元'), pay('6元')], [true, true]],
    ['{title: x, latest: pay.amount}', [pay('6元'), pay('10元')], [true, true]],
    ['{title: x, earliest: pay.amount}', [], [false, false]],
    ['{title: x, copy: pay.amount}', [pay('10元')], [true, true]],
    ['{title: x, difference: [pay.amount, b]}', [pay('10元')], [false, false]],
  ])('%s', (body, lines, wanted) => {
    expect(computed(body, lines)).toEqual(wanted)
  })

  it('a sum of facts is unknown when one is; a difference is exact', () => {
    expect(computed('{title: x, sum: [a, b]}', [], { a: '4元' })).toEqual([false, false])
    expect(computed('{title: x, sum: [a, b]}', [], { a: '4元', b: '6元' })).toEqual([true, true])
    expect(computed('{title: x, difference: [a, b]}', [], { a: '14元', b: '4元' })).toEqual([true, true])
  })

  it('a ratio is exact, and unknown when the divisor is zero or unknown', () => {
    const policy = small(`
      facts: {a: money, b: money, share: {title: 比, ratio: [a, b]}}
      steps: {third: {when: {share: {moreThan: 33.333333%}}}, known: {when: {share: {known: true}}}}
    `)
    const open = (facts: Record<string, unknown>) => play(policy, { facts }, []).open
    expect(open({ a: '1元', b: '3元' })).toEqual(['third', 'known'])
    expect(open({ a: '0元', b: '3元' })).toEqual(['known'])
    expect([open({ a: '1元', b: '0元' }), open({ a: '1元' })]).toEqual([[], []])
  })

  it('`fixedAt` freezes a value: a later correction does not move who decided', () => {
    const policy = small(`
      facts: {estimate: money, decided: {title: 定, copy: estimate, fixedAt: declare}}
      steps:
        declare: {requires: [{that: {decided: {atMost: 600万元}}}]}
        review: {after: declare, outcomes: {pass: {}, return: {reopens: declare}}}
        big: {after: declare, when: {decided: {atLeast: 500万元}}}
    `)
    const correct = (on: string, estimate: string) => ({ on, facts: { estimate }, by: 'unit' })
    const world = { facts: { estimate: '400万元' } }
    expect(play(policy, world, ['01-01 declare', correct('01-02', '500万元')]).step('big').state).toBe(
      'excluded',
    )
    const again = play(policy, world, [
      '01-01 declare',
      correct('01-02', '700万元'),
      '01-03 review:return',
      '01-04 declare',
      correct('01-05', '500万元'),
      '01-06 declare',
      correct('01-07', '1万元'),
    ])
    expect(again.said).toEqual(['ok', 'ok', 'ok', 'requires', 'ok', 'ok', 'ok'])
    expect(again.step('big').state).toBe('open')
  })

  it('an empty list is known, an absent one is not', () => {
    const policy = small(`
      facts: {tags: {type: set, title: 标, optional: true, options: {a: 甲}}, rows: list}
      steps: {s: {when: {tags: {known: true}}}, t: {when: {rows: {empty: true}}}}
    `)
    expect(play(policy, { facts: { tags: [], rows: [] } }, []).open).toEqual(['s', 't'])
    expect(play(policy, {}, []).open).toEqual([])
  })

  it('rows of a list are checked against their sum', () => {
    const policy = small(`
      facts: {total: money}
      steps: {s: {records: {costs: {type: list, columns: {amount: {type: money}}, checks: [{sum: amount, equals: total}]}}}}
    `)
    const at = (...amounts: string[]) =>
      play(policy, { facts: { total: '10元' } }, [
        { on: '01-01', step: 's', by: 'unit', records: { costs: amounts.map((amount) => ({ amount })) } },
      ]).said
    expect([at('4元', '6元'), at('4元', '6.01元')]).toEqual([['ok'], ['record']])
  })
})

describe('§3 whose word a fact is', () => {
  const policy = small(`
    facts: {sharing: {type: boolean, from: [review, again], article: 第八条}, estimate: money}
    steps:
      declare: {}
      review: {after: declare, by: lead, outcomes: {pass: {}, return: {reopens: declare}}}
      again: {after: review, by: audit, owed: never}
  `)
  const review = { on: '01-02', step: 'review', outcome: 'pass', by: 'lead', records: { sharing: false } }
  const correct = (by: string, facts: object) => ({ on: '01-05', facts, by })

  it('† what an authority has found is corrected by that authority alone', () => {
    const run = play(policy, {}, [
      '01-01 declare',
      review,
      correct('unit', { sharing: true }),
      correct('lead', { sharing: true }),
    ])
    expect(run.said.slice(2)).toEqual(['actor', 'ok'])
    expect(run.events[2]!.findings[0]!.article).toEqual(['第八条', '第一条'])
    const later = { on: '01-03', step: 'again', by: 'audit', records: { sharing: true } }
    expect(
      play(policy, {}, ['01-01 declare', review, later, correct('lead', { sharing: false })]).said.at(-1),
    ).toBe('actor')
  })

  it('before that, and for facts that no step supplies, the unit may', () => {
    const lines = [correct('unit', { sharing: true }), correct('unit', { estimate: '1元' })]
    expect(play(policy, {}, lines).said).toEqual(['ok', 'ok'])
  })

  it('a missing record is said once, though a condition reads it too', () => {
    const twice = small('steps: {a: {records: {ok: boolean}, requires: [{that: {ok: true}}]}}')
    expect(play(twice, {}, ['01-01 a']).events[0]!.findings.map((one) => one.code)).toEqual(['record'])
  })
})
