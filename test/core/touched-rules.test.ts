import { describe, expect, it } from 'vitest'
import { decide } from '../../functions/core/case/decide.ts'
import { replay } from '../../functions/core/case/evolve.ts'
import type { Command } from '../../functions/core/policy/command.ts'
import { byName } from '../../functions/core/policy/engine/draw.ts'
import type { Outside, Policy } from '../../functions/core/policy/model.ts'
import type { CaseState } from '../../functions/core/policy/state.ts'
import { ruleBook } from '../../functions/core/policy/touch/rule-book.ts'
import { sanctionsByTime, touchedRules } from '../../functions/core/policy/touch/touched-rules.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { openAndPlay, small } from './small.ts'

const execute = (step: string, more: Partial<Extract<Command, { type: 'execute' }>> = {}): Command => ({
  type: 'execute',
  step,
  by: ['unit'],
  ...more,
})

/** The rules that met a project whose commands were all accepted, by their paths in the document. */
function met(
  policy: Policy,
  facts: Record<string, unknown>,
  commands: [string, Command][],
  given: Partial<Outside> = {},
): string[] {
  const { events, decisions } = openAndPlay(policy, facts, commands, undefined, given)
  expect(decisions.map((one) => one.ok)).not.toContain(false)
  const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar, ...given }
  const keys = new Set<string>()
  let before: CaseState | undefined
  events.forEach((event, i) => {
    const after = replay(policy, events.slice(0, i + 1), seededCalendar)!
    for (const key of touchedRules(policy, { before, event, after }, outside)) keys.add(key)
    before = after
  })
  const paths = [...ruleBook(policy.document).rules].filter(([, { key }]) => keys.has(key))
  return paths.map(([path]) => path).sort(byName)
}

describe('the rules that have met a project: an execution', () => {
  const policy = small(`
    facts: {estimate: money, secret: boolean}
    tables:
      route: {hit: first, rows: [{when: {estimate: {atLeast: 500万元}}, is: own}, {else: true, is: bundled}]}
      unread: {hit: first, rows: [{when: {estimate: {atLeast: 1万元}}, is: big}, {else: true, is: small}]}
    norms: {thrift: {binds: unit, at: [declare]}}
    steps:
      declare:
        when: {estimate: {moreThan: 0元}}
        window: {from: 01-01, to: 12-31}
        requires: [{that: {estimate: {known: true}}}, {that: {secret: false}, when: {secret: true}}]
        materials:
          design: 方案
          plan: {title: 保密方案, when: {secret: true}}
          extra: {title: 其他, optional: true}
      secrecy: {after: declare, when: {secret: true}}
      approval:
        by: {table: {hit: first, rows: [{when: {route: own}, is: lead}, {else: true, is: unit}]}}
        after: [declare, secrecy]
        outcomes: {pass: {after: declare}, return: {reopens: declare}}
  `)
  const declared = ['2026-02-01', execute('declare', { materials: ['design'] })] as [string, Command]

  it('the step, its outcome, and each of its rules that held for this project, no other', () => {
    const paths = met(policy, { estimate: '600万元', secret: false }, [declared])
    expect(paths).toEqual(
      expect.arrayContaining([
        'norms.thrift',
        'scope.rows.0',
        'steps.declare',
        'steps.declare.materials.design',
        'steps.declare.requires.0',
        'steps.declare.when',
        'steps.declare.window',
      ]),
    )
    for (const other of ['requires.1', 'materials.plan', 'materials.extra'])
      expect(paths).not.toContain(`steps.declare.${other}`)
    expect(paths).not.toContain('steps.approval')
  })

  it('a condition that makes another rule count: the material, the requirement', () => {
    const secret = small(`
      facts: {secret: boolean, cleared: boolean}
      steps:
        declare:
          requires: [{that: {cleared: true}, when: {secret: true}}]
          materials: {plan: {title: 保密方案, when: {secret: true}}}
    `)
    expect(
      met(secret, { secret: true, cleared: true }, [
        ['2026-02-01', execute('declare', { materials: ['plan'] })],
      ]),
    ).toEqual(expect.arrayContaining(['steps.declare.materials.plan', 'steps.declare.requires.0']))
  })

  it('what had to come before and did; what does not apply to the project was no condition for it', () => {
    const paths = met(policy, { estimate: '600万元', secret: false }, [
      declared,
      ['2026-02-02', execute('approval', { by: ['lead'], outcome: 'pass' })],
    ])
    expect(paths).toEqual(
      expect.arrayContaining([
        'steps.approval.after.0',
        'steps.approval.outcomes.pass',
        'steps.approval.outcomes.pass.after.0',
      ]),
    )
    for (const other of ['steps.approval.after.1', 'steps.approval.outcomes.return', 'steps.secrecy'])
      expect(paths).not.toContain(other)
  })

  it('the row that gave a value to a rule whose turn has come; both sides of the edge; a table that nothing reads gives none', () => {
    const rows = (estimate: string | undefined) =>
      met(policy, { ...(estimate && { estimate }), secret: false }, estimate ? [declared] : []).filter(
        (path) => path.startsWith('tables.'),
      )
    expect(rows('500万元')).toEqual(['tables.route.rows.0'])
    expect(rows('499.999999万元')).toEqual(['tables.route.rows.1'])
    expect(rows(undefined)).toEqual([])
  })
})

describe('the rules that have met a project: what holds it up', () => {
  const policy = small(`
    facts: {shared: boolean, ready: boolean, planYear: year}
    vetoes:
      hoarding: {when: {shared: false}, bars: [{step: declare}]}
      later: {when: {ready: false}, bars: [{step: build}]}
    sanctions:
      ban: {on: unit, bars: [{step: declare}, {step: build}]}
      fine: {on: project, bars: [{step: build}]}
    steps:
      declare: {requires: [{that: {ready: true}}]}
      build: {after: declare, unless: change, due: {within: 10 days, of: declare, missed: {imposes: fine}}}
    procedures: {change: {steps: {apply: {}}}}
  `)

  it('a project that is barred before its declaration, by whatever bars it now and by nothing that comes later', () => {
    expect(met(policy, { shared: false, ready: false }, [])).toEqual([
      'steps.declare.requires.0',
      'vetoes.hoarding',
    ])
    expect(met(policy, { shared: true, ready: true }, [])).toEqual([])
  })

  it('a sanction in force on the unit, from its day on', () => {
    const unit = { facts: {}, sanctions: [{ id: 'ban', on: '2026-01-10', cause: '', seq: 1 }] }
    const free = { shared: true, ready: true }
    const opened = (day: string) =>
      met(policy, free, [[day, { type: 'facts', by: 'unit', facts: { planYear: 2027 } }]], { unit })
    expect(opened('2026-01-09')).toEqual([])
    expect(opened('2026-01-10')).toEqual(['sanctions.ban.bars.0'])
  })

  it('a running procedure, a term that runs, and once it is missed the sanction and its bar', () => {
    const free = { shared: true, ready: true }
    const declared: [string, Command] = ['2026-01-01', execute('declare')]
    const start: [string, Command] = [
      '2026-01-02',
      { type: 'start', procedure: 'change', by: ['unit'], facts: {} },
    ]
    expect(met(policy, free, [declared])).toEqual([
      'scope.rows.0',
      'steps.build.due.0',
      'steps.declare',
      'steps.declare.requires.0',
    ])
    expect(met(policy, free, [declared, start])).toEqual(
      expect.arrayContaining(['procedures.change', 'steps.build.unless.0']),
    )
    const late: [string, Command] = ['2026-01-12', { ...start[1] } as Command]
    expect(met(policy, free, [declared, late])).toEqual(
      expect.arrayContaining(['sanctions.fine', 'sanctions.fine.bars.0']),
    )
    const { state } = openAndPlay(policy, free, [declared])
    const outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }
    expect([...sanctionsByTime(policy, state, '2026-01-11', outside)]).toEqual([])
    expect([...sanctionsByTime(policy, state, '2026-01-12', outside)]).toEqual(['sanction:fine'])
  })
})

describe('the rules that have met a project: what is asked of it', () => {
  it('a step that is demanded, before it is done; one that may be demanded is none', () => {
    const policy = small(`
      steps:
        accept: {by: lead, outcomes: {pass: {}, fail: {again: true, demands: fix}}}
        fix: {owed: on-demand}
        report: {owed: on-demand}
    `)
    const failed = execute('accept', { by: ['lead'], outcome: 'fail' })
    const steps = met(policy, {}, [['2026-01-01', failed]]).filter((path) => /^steps\.\w+$/.test(path))
    expect(steps).toEqual(['steps.accept', 'steps.fix'])
  })
})

describe('the rules that have met a project: what others decide', () => {
  it('a decision as it was taken, or as the policy has it once a step has gone by it', () => {
    const policy = small(`
      decisions: {supervised: {by: lead, options: {yes: 监理, no: 不监理}, default: "yes"}}
      steps: {declare: {}, contract: {after: declare, records: {supervisor: {type: text, optional: true}}, requires: [{that: {supervised: {in: ["yes", "no"]}}}]}}
    `)
    const waived: Command = {
      type: 'decide',
      decision: 'supervised',
      value: 'no',
      by: 'lead',
      reason: '规模小',
    }
    const chosen = (commands: [string, Command][]) =>
      met(policy, {}, commands).filter((path) => path.startsWith('decisions.'))
    expect(chosen([['2026-01-01', execute('declare')]])).toEqual([])
    expect(
      chosen([
        ['2026-01-01', execute('declare')],
        ['2026-01-02', execute('contract')],
      ]),
    ).toEqual(['decisions.supervised', 'decisions.supervised.options.yes'])
    expect(chosen([['2026-01-01', waived]])).toEqual([
      'decisions.supervised',
      'decisions.supervised.options.no',
    ])
  })

  it('a merge by which steps were done together, an opinion from the moment it is given', () => {
    const policy = small(`
      facts: {estimate: money}
      merges: {papers: {steps: [proposal, study], when: {estimate: {lessThan: 1000万元}}, by: unit}}
      steps: {proposal: {}, study: {after: proposal}, review: {after: study, opinions: [{from: finance}, {from: audit}]}}
    `)
    const papers: [string, Command] = ['2026-01-01', execute('papers')]
    const agree: Command = { type: 'opinion', step: 'review', by: 'finance', value: 'agree' }
    const apart: [string, Command][] = [
      ['2026-01-01', execute('proposal')],
      ['2026-01-02', execute('study')],
    ]
    expect(met(policy, { estimate: '900万元' }, [papers, ['2026-01-02', agree]])).toEqual(
      expect.arrayContaining(['merges.papers', 'steps.proposal', 'steps.study', 'steps.review.opinions.0']),
    )
    expect(met(policy, { estimate: '1000万元' }, apart)).not.toContain('merges.papers')
  })
})

describe('the rules that have met a project: what came through a batch', () => {
  it('the batch step that carried it and what it rests on in any case, with their rules that hang on no condition', () => {
    const policy = small(`
      facts: {estimate: money}
      steps: {declare: {}, listing: {after: declare, through: approve, outcomes: {listed: {}, refused: {}}}}
      procedures:
        plan:
          on: batch
          each: year
          steps:
            compile: {by: lead, composes: [listing], opinions: {from: finance}, materials: {table: 汇总表, more: {title: 其他, when: {estimate: {known: true}}}}}
            ask: {by: lead, after: compile, owed: never}
            approve: {by: government, after: [compile, ask], outcomes: {pass: {carries: {items: listed, rest: refused}}, return: {reopens: compile}}}
    `)
    const listing = execute('listing', { by: ['government'], outcome: 'listed', through: 'batch-1' })
    const opened = openAndPlay(policy, {}, [['2026-01-01', execute('declare')]])
    const carried = decide(
      policy,
      opened.state,
      listing,
      { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar },
      '2026-01-02',
      { carriedBy: 'approve' },
    )
    if (!carried.ok) throw new Error(JSON.stringify(carried.findings))
    const keys = touchedRules(
      policy,
      { before: opened.state, event: carried.events[0]!, after: carried.state },
      { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar },
    )
    const paths = [...ruleBook(policy.document).rules].flatMap(([path, { key }]) =>
      keys.has(key) ? [path] : [],
    )
    expect(paths.sort(byName)).toEqual([
      'procedures.plan',
      'procedures.plan.steps.approve',
      'procedures.plan.steps.approve.after.0',
      'procedures.plan.steps.approve.outcomes.pass',
      'procedures.plan.steps.compile',
      'procedures.plan.steps.compile.materials.table',
      'procedures.plan.steps.compile.opinions.0',
      'steps.listing',
      'steps.listing.after.0',
      'steps.listing.outcomes.listed',
      'steps.listing.through.0',
    ])
  })
})
