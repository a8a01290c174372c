import { describe, expect, it } from 'vitest'
import type { Command } from '../../../functions/core/policy/command.ts'
import { unitSanctionsAhead } from '../../../functions/core/policy/engine/tick.ts'
import { sanctionsAfter } from '../../../functions/core/policy/unit-sanctions.ts'
import { seededCalendar } from '../../../functions/services/calendar.ts'
import { type Line, openAndPlay, play, small } from '../small.ts'

const policy = small(`
  facts: {nature: text}
  sanctions:
    stop: {on: project, bars: [{step: buy, outcome: sign}], lifted: {by: lead}, article: 第三十一条}
    deferral: {on: unit, spares: own, bars: [{step: declare, when: {nature: 新建}}], lifted: {after: fix}, article: 第三十二条}
    block: {on: unit, bars: [{stage: evaluation}], lifted: {when: {fix.done: true}}}
    ban: {on: unit, bars: [{step: declare}]}
  steps:
    declare: {}
    inspect:
      owed: never
      repeat: many
      outcomes:
        stop: {imposes: stop}
        defer: {imposes: deferral, demands: {step: fix, within: 10 days}}
        block: {imposes: block, demands: fix}
        ban: {imposes: ban}
        free: {lifts: ban}
        warn: {imposes: {sanction: ban, when: {nature: 运维}}}
    fix: {owed: on-demand}
    buy: {after: declare, outcomes: {sign: {}, cancel: {again: true}}}
    rate: {stage: evaluation}
    late: {due: {within: 1 month, of: declare, missed: {imposes: deferral}}}
`)
const two = { projects: { A: { facts: { nature: '新建' } }, B: { facts: { nature: '新建' } } } }
const on = (project: string, on: string, step: string, outcome?: string): Line => ({
  on,
  step,
  by: 'unit',
  project,
  ...(outcome ? { outcome } : {}),
})

describe('§12 sanctions', () => {
  it('in force with its cause; bars the outcome it names; lifted by the party it names', () => {
    const lift = (by: string) => ({ on: '01-04', sanction: 'stop', act: 'lift', by, reason: '已改正' })
    const run = play(policy, {}, [
      '01-01 declare',
      '01-02 inspect:stop',
      '01-03 buy:sign',
      '01-03 buy:cancel',
      lift('unit'),
      lift('lead'),
      '01-05 buy:sign',
    ])
    expect(run.said).toEqual(['ok', 'ok', 'sanction', 'ok', 'actor', 'ok', 'ok'])
    expect(run.events[2]!.findings[0]).toMatchObject({
      article: ['第三十一条'],
      facts: { cause: 'inspect.stop', since: '2026-01-02' },
    })
  })

  it('a sanction that no party lifts is not lifted by hand', () => {
    const lines: Line[] = [
      '01-01 inspect:ban',
      { on: '01-02', sanction: 'ban', act: 'lift', by: 'unit', reason: '请' },
      '01-03 declare',
      '01-04 inspect:free',
      '01-05 declare',
    ]
    expect(play(policy, {}, lines).said).toEqual(['ok', 'actor', 'sanction', 'ok', 'ok'])
  })

  it('on the unit: it bars the other projects, the guard judged on the project that is barred', () => {
    const lines = [on('A', '01-01', 'inspect', 'defer'), on('B', '01-02', 'declare')]
    expect(play(policy, two, lines).said).toEqual(['ok', 'sanction'])
    const other = { projects: { ...two.projects, B: { facts: { nature: '运维' } } } }
    expect(play(policy, other, lines).said).toEqual(['ok', 'ok'])
    expect(play(policy, two, lines).projects.B!.sanctions).toMatchObject([{ id: 'deferral', unit: true }])
  })

  it('`spares: own`: the project that caused it goes on', () => {
    expect(
      play(policy, two, [on('A', '01-01', 'inspect', 'defer'), on('A', '01-02', 'declare')]).said,
    ).toEqual(['ok', 'ok'])
    expect(play(policy, two, [on('A', '01-01', 'inspect', 'ban'), on('A', '01-02', 'declare')]).said).toEqual(
      ['ok', 'sanction'],
    )
  })

  it('a project that is already past the barred step is untouched', () => {
    const lines = [
      on('B', '01-01', 'declare'),
      on('A', '01-02', 'inspect', 'ban'),
      on('B', '01-03', 'buy', 'sign'),
    ]
    expect(play(policy, two, lines).said).toEqual(['ok', 'ok', 'ok'])
  })

  it('† lifted by the remedy in the project that caused it, for every project of the unit', () => {
    const lines = [
      on('A', '01-01', 'inspect', 'defer'),
      on('B', '01-02', 'declare'),
      on('A', '01-03', 'fix'),
      on('B', '01-04', 'declare'),
    ]
    expect(play(policy, two, lines).said).toEqual(['ok', 'sanction', 'ok', 'ok'])
  })

  it('lifted when its condition holds', () => {
    const lines: Line[] = ['01-01 inspect:block', '01-02 rate', '01-03 fix', '01-04 rate']
    expect(play(policy, {}, lines).said).toEqual(['ok', 'sanction', 'ok', 'ok'])
  })

  it('imposed by a missed due day, dated to the day after', () => {
    const lines = [on('A', '01-01', 'declare')]
    expect(play(policy, two, [...lines, on('B', '02-01', 'declare')]).said).toEqual(['ok', 'ok'])
    const run = play(policy, two, [...lines, on('B', '02-02', 'declare')])
    expect(run.said).toEqual(['ok', 'sanction'])
    expect(run.events[1]!.findings[0]!.facts.since).toBe('2026-02-02')
    expect(play(policy, two, [...lines, on('A', '02-01', 'late'), on('B', '02-02', 'declare')]).said).toEqual(
      ['ok', 'ok', 'ok'],
    )
  })

  it('`imposes` may carry a condition', () => {
    const at = (nature: string) =>
      play(policy, { facts: { nature } }, ['01-01 inspect:warn']).state.sanctions.length
    expect([at('运维'), at('新建')]).toEqual([1, 0])
  })

  it('a sanction given from outside bars from its day on', () => {
    const given = { unit: { sanctions: [{ id: 'ban', on: '2026-02-01' }] } }
    expect(play(policy, given, ['2026-01-31 declare']).said).toEqual(['ok'])
    expect(play(policy, given, ['2026-02-01 declare']).said).toEqual(['sanction'])
  })
})

describe('§12 counts', () => {
  const counting = small(`
    facts:
      open: {title: 在建项目, type: number, count: unit.projects, where: {start: done, acceptance: not-done}}
    steps: {declare: {requires: [{that: {open: {lessThan: 1}}, article: 第七条}]}, start: declare, acceptance: start}
  `)

  it('counts over the other cases of the unit come from outside; without them the fact is unknown', () => {
    expect(play(counting, { counts: { open: 0 } }, ['01-01 declare']).said).toEqual(['ok'])
    expect(play(counting, { counts: { open: 1 } }, ['01-01 declare']).said).toEqual(['requires'])
    expect(play(counting, {}, ['01-01 declare']).said).toEqual(['ok'])
    const declare: Command = { type: 'execute', step: 'declare', by: ['unit'] }
    expect(openAndPlay(counting, {}, [['2026-01-01', declare]]).decisions).toMatchObject([
      { ok: false, findings: [{ code: 'undetermined', facts: { open: null } }] },
    ])
  })
})

describe('§12 lifting', () => {
  it('† a project lifts what it caused, never what another one did', () => {
    const three = { projects: { ...two.projects, C: { facts: { nature: '新建' } } } }
    const lines = [
      on('A', '01-01', 'inspect', 'ban'),
      on('B', '01-02', 'inspect', 'ban'),
      on('B', '01-03', 'inspect', 'free'),
      on('C', '01-04', 'declare'),
    ]
    expect(play(policy, three, lines).said.at(-1)).toBe('sanction')
    expect(
      play(policy, three, [
        ...lines,
        on('A', '01-05', 'inspect', 'free'),
        on('C', '01-06', 'declare'),
      ]).said.at(-1),
    ).toBe('ok')
  })

  it('what bars only the favourable outcome leaves the step with its party, as a note', () => {
    const barred = small(`
      facts: {sharing: boolean}
      vetoes: {v: {when: {sharing: false}, bars: [{step: a}]}}
      steps: {a: {by: lead, outcomes: {pass: {}, return: {again: true}}}, b: {by: lead}}
    `)
    const run = play(barred, { facts: { sharing: false } }, [])
    expect([run.owed, run.step('a').findings.map((one) => [one.code, one.level])]).toEqual([
      ['a', 'b'],
      [['veto', 'note']],
    ])
  })
})

describe('§12 a sanction that will follow', () => {
  const ahead = (day: string, commands: [string, Command][]) => {
    const { state } = openAndPlay(policy, { nature: '新建' }, commands)
    const outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }
    return sanctionsAfter(unitSanctionsAhead(policy, state, outside), day).map((one) => `${one.id} ${one.on}`)
  }
  const declared: [string, Command] = ['2026-01-01', { type: 'execute', step: 'declare', by: ['unit'] }]

  it('is known when the duty arises, dated to the day after it, and gone when the duty is done', () => {
    expect(ahead('2026-02-02', [declared])).toEqual(['deferral 2026-02-02'])
    expect(ahead('2026-02-01', [declared])).toEqual([])
    expect(
      ahead('2026-02-02', [declared, ['2026-01-20', { type: 'execute', step: 'late', by: ['unit'] }]]),
    ).toEqual([])
  })
})
