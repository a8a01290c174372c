import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../../functions/core/case/decide.ts'
import { replay } from '../../../functions/core/case/evolve.ts'
import { openCase } from '../../../functions/core/case/open.ts'
import { standing } from '../../../functions/core/case/standing.ts'
import type { Command } from '../../../functions/core/policy/command.ts'
import { tick } from '../../../functions/core/policy/engine/tick.ts'
import { explainFacts } from '../../../functions/core/policy/explain.ts'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import type { Outside, Policy } from '../../../functions/core/policy/model.ts'
import { addDays } from '../../../functions/core/values/day.ts'
import { seededCalendar } from '../../../functions/services/calendar.ts'
import { small } from '../small.ts'
import { playAtRandom } from './random-play.ts'

/** What holds of the engine whatever is thrown at it: of a policy with every kind of rule, and of those that ship. */

const everything = small(`
  facts:
    planYear: year
    estimate: money
    secret: boolean
    ok: {type: boolean, from: review}
    good: {type: boolean, of: unit, optional: true}
    others: {title: 其他在建, type: number, count: unit.projects}
    spent: {title: 累计, sum: pay.amount}
    changed: {title: 累计调整, sum: change.amount, over: effective, since: approval}
    decided: {title: 定, copy: estimate, fixedAt: declare}
  tables: {route: {rows: [{when: {decided: {atLeast: 500万元}}, is: own}, {when: {decided: {lessThan: 500万元}}, is: light}]}}
  decisions: {hire: {by: lead, options: {yes: 是, no: 否}, default: yes}}
  merges: {both: {steps: [proposal, study], when: {estimate: {lessThan: 100万元}}}}
  vetoes: {v: {when: {ok: false}, bars: [{step: approval, outcome: approve}]}}
  sanctions:
    stop: {on: project, bars: [{step: pay}], lifted: {after: fix}}
    ban: {on: unit, bars: [{step: declare}], lifted: {by: lead}}
  steps:
    declare: {stage: declaration, window: {to: 10-31, for: next-year, late: note}, materials: {plan: 方案}}
    review:
      stage: review
      by: lead
      after: declare
      opinions: {when: {others: {lessThan: 3}}, from: [finance, audit], collect: majority, within: 10 workdays, silence: agrees, again: objectors, clock: resume}
      outcomes: {pass: {}, return: {reopens: declare}, reject: {ends: rejected}}
    proposal: {stage: approval, after: review, when: {route: own}}
    study: {stage: approval, after: proposal}
    approval:
      stage: approval
      by: {all: [approver, finance]}
      after: study
      due: {when: {good: true}, within: 20 workdays, of: review, missed: {demands: explain}}
      outcomes: {approve: {records: {estimate: money}}, return: {reopens: proposal}, reject: {ends: rejected}}
    explain: {owed: on-demand, due: {within: 30 days, of: review, missed: {imposes: ban}}}
    hire: {stage: procurement, after: approval, when: {hire: yes}, force: in-principle}
    contract: {stage: procurement, after: [approval, hire], repeat: many, creates: contract, closedBy: closed, effective: on, records: {on: day, amount: money}}
    closed: {stage: procurement, after: contract}
    build: {after: closed}
    pay: {owed: never, repeat: many, after: contract, records: {amount: money}, requires: [{that: {spent: {atMost: 1000万元}}}]}
    check: {stage: acceptance, each: contract, after: {step: build, delay: 1 month}, due: {within: 6 months, of: build, stops: [pause]}, outcomes: {pass: {}, fail: {demands: {step: fix, within: 30 days}, imposes: stop, again: true}}}
    fix: {owed: on-demand}
    extra: {stage: acceptance, when: {good: true}, due: {within: 1 month, of: build, missed: {demands: fix}}}
    acceptance: {stage: acceptance, after: {every: check}, unless: fix, due: {within: 12 months, of: build, missed: {ends: lapsed}}}
    report: {stage: operation, repeat: {each: year, by: 11-30, from: acceptance, until: stop-use}}
    stop-use: {stage: operation, owed: never, after: acceptance}
  procedures:
    change:
      after: approval
      until: acceptance
      facts: {amount: {type: money}}
      steps:
        apply: {}
        decide: {by: lead, after: apply, outcomes: {light: {ends: approved}, again: {reopens: {from: proposal, to: approval}, ends: effective}, no: {ends: refused}}}
    pause: {after: build, steps: {suspend: {}, resume: {after: suspend, ends: effective}}}
    later: {facts: {to: {type: day}}, steps: {grant: {postpones: {step: acceptance, to: to}, ends: approved}}}
`)

function shipped(): [string, Policy][] {
  const root = join(import.meta.dirname, '..', '..', '..', 'tenants')
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const file = readdirSync(join(root, name)).find((one) => one.endsWith('.yaml'))
      const { policy } = loadPolicy(readFileSync(join(root, name, file ?? ''), 'utf8'), file ?? '')
      return policy ? [[name, policy] as [string, Policy]] : []
    })
}

const policies: [string, Policy][] = [['every kind of rule', everything], ...shipped()]
/** More of them to hunt: RUNS=500. */
const RUNS = process.env.RUNS ? Number(process.env.RUNS) : undefined
const life = fc.record({ seed: fc.integer(), length: fc.nat(60) })
const playOf = (policy: Policy, { seed, length }: { seed: number; length: number }) =>
  playAtRandom(policy, seed, length)
const runs = (policy: Policy) => ({
  numRuns: RUNS ?? (policy === everything ? 8 : 2),
})

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}

describe.each(policies)('%s', (_name, policy) => {
  it('the log replayed gives the state that was reached step by step', () => {
    fc.assert(
      fc.property(life, (lived) => {
        const { events, state } = playOf(policy, lived)
        expect(replay(policy, events, seededCalendar)).toEqual(state)
      }),
      runs(policy),
    )
  })

  it('the same input gives the same output, nothing given is changed, and states are plain JSON', () => {
    fc.assert(
      fc.property(life, (lived) => {
        for (const { command, before, outside, day } of playOf(policy, lived).plays.slice(-12)) {
          const first = decide(
            policy,
            frozen(structuredClone(before)),
            frozen(structuredClone(command)),
            outside,
            day,
          )
          const thawed = JSON.parse(JSON.stringify(before))
          expect(decide(policy, thawed, command, outside, day)).toEqual(first)
          expect(thawed).toEqual(before)
        }
      }),
      runs(policy),
    )
  })

  it('a look on a day is the same however often one looked before', () => {
    fc.assert(
      fc.property(life, fc.array(fc.nat(400), { maxLength: 5 }), (lived, days) => {
        const { state, outside, day } = playOf(policy, lived)
        const last = addDays(day, 401)
        const steps = [...days].sort((a, b) => a - b)
        const often = steps.reduce((now, more) => tick(policy, now, addDays(day, more), outside), state)
        expect(standing(policy, often, outside, last)).toEqual(standing(policy, state, outside, last))
        expect(tick(policy, tick(policy, state, last, outside), last, outside)).toEqual(
          tick(policy, state, last, outside),
        )
      }),
      runs(policy),
    )
  })

  it('what is shown as open is refused only for what is handed in, what is not is refused', () => {
    const ofInput = new Set([
      'record',
      'material',
      'opinion',
      'witness',
      'check',
      'actor',
      'joint-differs',
      'requires',
      'undetermined',
      'unknown',
      'through',
      'norm',
      'veto',
      'sanction',
    ])
    fc.assert(
      fc.property(life, (lived) => {
        const { state, outside, day } = playOf(policy, lived)
        const view = standing(policy, state, outside, day)
        for (const step of view.steps) {
          const execute = {
            type: 'execute',
            step: step.id,
            by: step.by,
            outcome: step.outcomes[0]!.id,
            part: step.part,
          } as const
          const result = decide(policy, state, execute, outside, day)
          const codes = result.findings.filter((one) => one.level === 'block').map((one) => one.code)
          const at = `${step.id} ${step.state} on ${day}: ${result.findings.map((one) => one.message).join(' ')}`
          if (view.ended) expect(result.ok, at).toBe(false)
          else if (step.state === 'open')
            expect(
              codes.filter((code) => !ofInput.has(code)),
              at,
            ).toEqual([])
          else if (!step.repeatable) expect(result.ok, at).toBe(false)
        }
      }),
      runs(policy),
    )
  })
})

describe('totality', () => {
  const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }
  const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(undefined, Number.NaN, '__proto__', 'constructor', '100万元', '2026-02-30'),
  )
  const word = fc.oneof(
    fc.constantFrom(
      ...everything.steps.map((step) => step.id),
      ...everything.facts.keys(),
      'change-1',
      'both',
      'contract-1',
    ),
    fc.string({ maxLength: 12 }),
    fc.constantFrom('constructor', '__proto__', 'toString', ''),
  )
  const values = fc.dictionary(word, junk, { maxKeys: 5 })
  const words = fc.array(word, { maxLength: 3 })
  const command = fc.oneof(
    fc.record(
      {
        type: fc.constant('execute'),
        step: word,
        by: words,
        outcome: word,
        records: values,
        materials: words,
        opinions: values,
        witness: words,
        experts: words,
        checks: fc.dictionary(word, fc.string()),
        period: word,
        part: word,
        parts: words,
        demand: fc.nat(3),
        procedure: word,
        through: word,
      },
      { requiredKeys: ['type', 'step', 'by'] },
    ),
    fc.record({
      type: fc.constant('opinion'),
      step: word,
      by: word,
      value: fc.constantFrom('agree', 'object'),
    }),
    fc.record({ type: fc.constant('witness'), step: word, by: word }),
    fc.record({ type: fc.constant('decide'), decision: word, value: word, by: word, reason: fc.string() }),
    fc.record({ type: fc.constant('start'), procedure: word, by: words, facts: values }),
    fc.record({ type: fc.constant('facts'), by: word, facts: values }),
    fc.record({
      type: fc.constant('sanction'),
      sanction: word,
      act: fc.constantFrom('impose', 'lift'),
      by: word,
      reason: fc.string(),
    }),
    fc.record({
      type: fc.constant('adopt'),
      by: word,
      reason: fc.string(),
      steps: fc.array(
        fc.record({
          step: word,
          on: fc.constantFrom('2025-01-01', '2027-01-01'),
          outcome: word,
          records: values,
        }),
        { maxLength: 3 },
      ),
    }),
  ) as fc.Arbitrary<unknown> as fc.Arbitrary<Command>
  const sentence = (text: string) => /[一-鿿]/.test(text) && !/undefined|\[object|NaN/.test(text)

  it('any facts can be explained, any command is decided, and every finding is a sentence', () => {
    fc.assert(
      fc.property(values, fc.array(command, { maxLength: 8 }), life, (facts, commands, lived) => {
        const explained = explainFacts(everything, facts, seededCalendar, '2026-07-01')
        expect(explained.steps.length).toBeGreaterThan(0)
        openCase(everything, { id: 'P', facts }, outside, '2026-07-01')
        const played = playOf(everything, lived)
        let { state } = played
        for (const one of commands) {
          const result = decide(everything, state, one, outside, played.day)
          for (const finding of result.findings)
            expect(finding.message, JSON.stringify(finding)).toSatisfy(sentence)
          if (!result.ok) expect(result.findings.length, JSON.stringify(one)).toBeGreaterThan(0)
          else state = result.state
        }
        expect(standing(everything, state, outside, addDays(played.day, 400)).steps.length).toBeGreaterThan(0)
      }),
      { numRuns: RUNS ?? 20 },
    )
  })
})
