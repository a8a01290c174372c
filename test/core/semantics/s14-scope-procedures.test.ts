import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

describe('§14 scope and tracks', () => {
  const policy = small(`
    facts: {nature: text, secret: boolean}
    scope:
      article: 第二条
      rows:
        - {when: {secret: true}, track: elsewhere, article: 第七条}
        - {when: {nature: {in: [新建, 扩建]}}, track: full}
        - {when: {nature: 运维}, track: filing, article: 第三条}
        - {else: true, track: out}
    tracks:
      full: {title: 建设}
      filing: {title: 备案, only: [filing]}
      elsewhere: {title: 另行规定, only: []}
      out: {title: 不适用, only: []}
    steps: {declare: , filing: , build: {when: {track: full}}}
  `)
  const at = (facts: Record<string, unknown>) => play(policy, { facts }, [])
  const correct = (facts: object, more = {}) => ({ on: '02-01', facts, by: 'unit', ...more })

  it('the first row that holds gives the track, and with it the steps', () => {
    expect(at({ nature: '新建', secret: false }).pending).toEqual(['declare', 'filing', 'build'])
    expect(at({ nature: '运维', secret: false }).pending).toEqual(['filing'])
    expect([at({ secret: true }).state.track, at({ secret: true }).pending]).toEqual(['elsewhere', []])
    expect(at({ nature: '别的', secret: false }).step('declare').findings).toMatchObject([
      { code: 'excluded', article: ['第二条'] },
    ])
  })

  it('a row before that is undetermined leaves the track open, and says what is missing', () => {
    const run = play(policy, { facts: { nature: '新建' } }, ['01-01 declare'])
    expect(run.state.track).toBeUndefined()
    expect(run.events[0]!.findings[0]).toMatchObject({ code: 'undetermined', facts: { secret: null } })
  })

  it('† a running project never changes track silently: a person decides, with both articles', () => {
    const world = { facts: { nature: '新建', secret: false } }
    const run = play(policy, world, ['01-01 declare', correct({ nature: '运维' })])
    expect(run.said).toEqual(['ok', 'requires'])
    expect(run.events[1]!.findings[0]!.article).toEqual(['第二条', '第三条'])
    const keep = play(policy, world, ['01-01 declare', correct({ nature: '运维' }, { track: 'keep' })])
    expect([keep.said[1], keep.state.track, keep.events[1]!.findings[0]!.level]).toEqual([
      'ok',
      'full',
      'note',
    ])
    const change = play(policy, world, ['01-01 declare', correct({ nature: '运维' }, { track: 'change' })])
    expect([change.said[1], change.state.track]).toEqual(['ok', 'filing'])
    expect(play(policy, world, ['01-01 declare', correct({ nature: '扩建' })]).said).toEqual(['ok', 'ok'])
  })

  it('before the first step the track follows the facts', () => {
    const run = play(policy, { facts: { nature: '新建', secret: false } }, [correct({ nature: '运维' })])
    expect([run.said, run.state.track]).toEqual([['ok'], 'filing'])
  })

  it('a fact that an execution supplies is shown when it would lead elsewhere', () => {
    const supplied = small(`
      facts: {big: {type: boolean, from: [declare, review]}}
      scope: {rows: [{when: {big: true}, track: full, article: 第三条}, {else: true, track: light, article: 第四条}]}
      tracks: {full: {title: 全}, light: {title: 简}}
      steps: {declare: , review: declare}
    `)
    const big = (on: string, step: string, value: boolean) => ({
      on,
      step,
      by: 'unit',
      records: { big: value },
    })
    const run = play(supplied, {}, [big('01-01', 'declare', false), big('01-02', 'review', true)])
    expect([run.said, run.state.track]).toEqual([['ok', 'ok'], 'light'])
    expect(run.events[1]!.findings).toMatchObject([
      { code: 'requires', level: 'note', article: ['第四条', '第三条'] },
    ])
  })
})

describe('§14 procedures', () => {
  const policy = small(`
    facts:
      sum: {title: 累计调整, sum: change.amount, over: effective, since: approval}
    steps:
      proposal: {}
      approval: {after: proposal, records: {estimate: money}}
      acceptance: {after: approval}
    procedures:
      change:
        after: approval
        until: acceptance
        facts: {amount: {type: money}, why: {type: text, optional: true}}
        steps:
          apply: {}
          decide:
            after: apply
            by: approver
            requires: [{that: {sum: {atMost: 15%, of: approval.estimate}}, article: 第二十五条}]
            outcomes: {approve: {ends: approved}, refuse: {ends: refused}}
          redo: {owed: never, after: apply, by: approver, reopens: {from: proposal, to: approval}, ends: approved}
      extension: {unless: change, atOnce: 2, steps: {ask: {}, grant: {after: ask, ends: approved}}}
      note: {steps: {write: {}}}
  `)
  const approve = (on: string, estimate = '100元') => ({
    on,
    step: 'approval',
    by: 'unit',
    records: { estimate },
  })
  const life: Line[] = ['01-01 proposal', approve('01-02')]
  const start = (procedure: string, on = '02-01', facts: object = {}) => ({
    on,
    procedure,
    start: facts,
    by: 'unit',
  })
  const change = (on: string, amount: string, last = 'decide:approve by approver'): Line[] => [
    start('change', on, { amount }),
    `${on} apply`,
    `${on} ${last}`,
  ]

  it('after, until, unless and atOnce say when one may be started', () => {
    expect(play(policy, {}, [start('change', '01-01', { amount: '1元' })]).said).toEqual(['not-done'])
    expect(
      play(policy, {}, [...life, '01-03 acceptance', start('change', '01-04', { amount: '1元' })]).said.at(
        -1,
      ),
    ).toBe('too-late')
    const two = [
      ...life,
      start('change', '02-01', { amount: '1元' }),
      start('change', '02-02', { amount: '1元' }),
    ]
    expect(play(policy, {}, two).said.at(-1)).toBe('outstanding')
    expect(play(policy, {}, [...two.slice(0, 3), start('extension')]).said.at(-1)).toBe('outstanding')
    expect(play(policy, {}, [start('extension'), start('extension'), start('extension')]).said).toEqual([
      'ok',
      'ok',
      'outstanding',
    ])
  })

  it('its facts are asked for at the start, read by their types; an unknown procedure or step is said', () => {
    expect(play(policy, {}, [...life, start('change')]).said.at(-1)).toBe('undetermined')
    expect(play(policy, {}, [...life, start('change', '02-01', { amount: 5 })]).said.at(-1)).toBe('record')
    expect(
      play(policy, {}, [...life, start('change', '02-01', { amount: '1元', colour: '红' })]).said.at(-1),
    ).toBe('unknown')
    expect(play(policy, {}, [start('chang')]).said).toEqual(['unknown'])
    expect(play(policy, {}, ['01-01 apply']).said).toEqual(['not-done'])
  })

  it('a procedure whose steps are all done has come into effect', () => {
    const run = play(policy, {}, [start('note'), '02-02 write'])
    expect(run.state.procedures[0]).toMatchObject({ result: 'effective', endedOn: '2026-02-02' })
  })

  it('† cumulated over what came into effect, this one included; refused ones do not count', () => {
    const lines = [
      ...life,
      ...change('02-01', '10元'),
      ...change('03-01', '5元', 'decide:refuse by approver'),
      ...change('04-01', '5元'),
    ]
    expect(play(policy, {}, lines).said.at(-1)).toBe('ok')
    const over = play(policy, {}, [...life, ...change('02-01', '10元'), ...change('04-01', '5.01元')])
    expect(over.said.at(-1)).toBe('requires')
    expect(over.events.at(-1)!.findings[0]!.article).toEqual(['第二十五条'])
  })

  it('† one that reopened steps is in force only when these are done again', () => {
    const reopening = [...life, ...change('02-01', '10元', 'redo by approver')]
    const during = play(policy, {}, [...reopening, ...change('03-01', '10元')])
    expect(during.said.slice(-3)).toEqual(['reopened', 'not-done', 'not-done'])
  })

  it('† a new approval sets a new basis', () => {
    const lines = [
      ...life,
      ...change('02-01', '10元', 'redo by approver'),
      '02-02 proposal',
      approve('02-03', '200元'),
      ...change('03-01', '30元'),
    ]
    expect(play(policy, {}, lines).said.at(-1)).toBe('ok')
  })

  it('several of a kind are told apart by their number', () => {
    const lines = [
      start('extension'),
      start('extension'),
      { on: '02-02', procedure: 'extension-1', step: 'ask', by: 'unit' },
    ]
    const run = play(policy, {}, lines)
    expect(run.said).toEqual(['ok', 'ok', 'ok'])
    expect(run.state.procedures.map((one) => one.steps[0]!.state)).toEqual(['done', 'open'])
  })
})

describe('§14 given', () => {
  const policy = small(`
    facts: {estimate: {type: money, optional: true, fixedAt: declare}}
    steps:
      declare: {}
      approval: {after: declare, records: {estimate: money}, outcomes: {approve: {}, reject: {ends: rejected}}}
      contract: {after: approval, repeat: many, creates: contract, closedBy: complete}
      complete: {after: contract}
      check: {each: contract}
      acceptance: {after: {every: check}, due: {within: 12 months, of: complete}}
  `)
  const adopt = (steps: object[], on = '01-10', reason = '平台上线前的项目') => ({
    on,
    adopt: steps,
    by: 'lead',
    reason,
  })
  const done = (step: string, on: string, more = {}) => ({ step, on, ...more })

  it('a project may enter in mid-life: steps done before, with their days and records', () => {
    const run = play(policy, {}, [
      adopt([done('approval', '2024-03-01', { records: { estimate: '100万元' } })]),
      '01-11 contract',
    ])
    expect(run.said).toEqual(['ok', 'ok'])
    expect(run.step('approval')).toMatchObject({ state: 'done', executedOn: '2024-03-01' })
    expect(run.step('declare').state).toBe('excluded')
  })

  it('† nothing presumes a declaration: what is before a given step is passed', () => {
    const run = play(policy, {}, [
      adopt([done('approval', '2024-03-01', { records: { estimate: '1元' } })]),
      '01-11 declare',
    ])
    expect(run.said).toEqual(['ok', 'passed'])
  })

  it('terms run from the given day, parts exist, and the version binds', () => {
    const steps = [
      done('declare', '2024-01-01'),
      done('contract', '2024-05-01'),
      done('contract', '2024-06-01'),
      done('complete', '2024-06-02'),
    ]
    const run = play(policy, {}, [adopt(steps)])
    expect(run.step('acceptance').dueOn).toBe('2025-06-02')
    expect(run.state.steps.filter((step) => step.id === 'check').map((step) => step.part)).toEqual([
      'contract-1',
      'contract-2',
    ])
    expect(run.state.version).toBe('2020-01-01')
  })

  it('once, before any other, with a reason, nothing from the future, only steps and records that exist', () => {
    const one = done('declare', '2024-01-01')
    expect(play(policy, {}, [adopt([one]), adopt([one], '01-11')]).said).toEqual(['ok', 'passed'])
    expect(play(policy, {}, ['01-01 declare', adopt([done('approval', '2024-01-01')])]).said).toEqual([
      'ok',
      'passed',
    ])
    expect(play(policy, {}, [adopt([one], '01-10', '')]).said).toEqual(['record'])
    expect(play(policy, {}, [adopt([done('declare', '2026-01-11')])]).said).toEqual(['record'])
    expect(play(policy, {}, [adopt([done('nothing', '2024-01-01')])]).said).toEqual(['unknown'])
    expect(
      play(policy, {}, [adopt([done('approval', '2024-01-01', { records: { estimate: 7 } })])]).said,
    ).toEqual(['record'])
  })
})

describe('§14 until', () => {
  const policy = small(`
    steps: {a: , acceptance: {outcomes: {pass: {}, fail: {again: true}}}}
    procedures:
      extension: {until: acceptance, atOnce: 2, steps: {ask: {}, grant: {after: ask, ends: approved}}}
  `)
  const start = (procedure: string) => ({ on: '01-02', procedure, start: {}, by: 'unit' })

  it('a running procedure lapses when the step that it could go on until is done', () => {
    const run = play(policy, {}, [
      '01-01 a',
      start('extension'),
      '01-02 ask',
      '01-03 acceptance:fail',
      '01-04 acceptance:pass',
    ])
    expect(run.state.procedures[0]).toMatchObject({ result: 'lapsed', endedOn: '2026-01-04' })
    expect([run.state.settled, run.owed]).toEqual([true, []])
    expect(
      play(policy, {}, ['01-01 a', start('extension'), '01-03 acceptance:fail']).state.procedures[0]!.result,
    ).toBeUndefined()
  })
})
