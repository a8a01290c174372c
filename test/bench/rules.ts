import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ZenEngine } from '@gorules/zen-engine'
import { Engine } from 'json-rules-engine'
import { openCase } from '../../functions/core/case/open.ts'
import { standing } from '../../functions/core/case/standing.ts'
import { applies, trackOf } from '../../functions/core/policy/engine/applies.ts'
import { lookAt } from '../../functions/core/policy/engine/environment.ts'
import { surveyCase } from '../../functions/core/policy/engine/survey.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Outside, Policy } from '../../functions/core/policy/model.ts'
import type { CaseState } from '../../functions/core/policy/state.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { printTable, rate, rates } from './table.ts'

/** Explaining a case, and the same threshold decisions against two public rule engines, in one run. */

const TODAY = '2026-07-15'
const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }

/** Eight decisions of a real policy: which of these steps a project must go through. */
const DECISIONS: Record<string, (f: Facts) => boolean> = {
  declare: (f) => f.entry === 'annual',
  'off-plan-request': (f) => f.entry === 'off-plan',
  proposal: (f) => f.estimate >= 500_000_000 && built(f),
  'software-testing': (f) => f.softwareDevelopment && f.nature === 'new',
  'security-assessment': (f) => f.softwareDevelopment && f.nature === 'new',
  'trial-run': (f) => f.nature === 'new' || f.nature === 'continuing',
  'asset-registration': (f) => f.nature === 'new' || f.nature === 'continuing',
  approval: built,
}

interface Facts {
  nature: string
  entry: string
  estimate: number
  softwareDevelopment: boolean
}

function built(f: Facts): boolean {
  return f.nature !== 'maintenance'
}

function inputs(): Facts[] {
  const list: Facts[] = []
  for (const nature of ['new', 'continuing', 'maintenance', 'service-purchase'])
    for (const entry of ['annual', 'off-plan'])
      for (const estimate of [90_000_000, 499_999_999, 500_000_000, 1_200_000_000])
        for (const softwareDevelopment of [true, false])
          list.push({ nature, entry, estimate, softwareDevelopment })
  return list
}

function shippedPolicy(): Policy {
  const file = join(import.meta.dirname, '../../tenants/luan/2021-08-06.yaml')
  const { policy, problems } = loadPolicy(readFileSync(file, 'utf8'), file)
  if (!policy) throw new Error(JSON.stringify(problems[0]))
  return policy
}

function caseOf(policy: Policy, facts: Facts): CaseState {
  const raw = {
    unitKind: 'party-government',
    funding: 'city-fiscal',
    planYear: 2027,
    secret: false,
    crossLevel: false,
    ...facts,
    estimate: { fen: facts.estimate },
  }
  const opened = openCase(
    policy,
    {
      id: 'bench',
      facts: Object.fromEntries(Object.entries(raw).filter(([name]) => policy.facts.has(name))),
    },
    outside,
    TODAY,
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.findings))
  return { ...opened.state, track: trackOf(lookAt(policy, opened.state, outside, TODAY)) }
}

function jsonRules(): Engine {
  const engine = new Engine()
  const is = (fact: string, operator: string, value: unknown) => ({ fact, operator, value })
  const isBuilt = is('nature', 'notEqual', 'maintenance')
  const isTried = is('nature', 'in', ['new', 'continuing'])
  const isSoftware = [is('softwareDevelopment', 'equal', true), is('nature', 'equal', 'new')]
  const all: Record<string, object[]> = {
    declare: [is('entry', 'equal', 'annual')],
    'off-plan-request': [is('entry', 'equal', 'off-plan')],
    proposal: [is('estimate', 'greaterThanInclusive', 500_000_000), isBuilt],
    'software-testing': isSoftware,
    'security-assessment': isSoftware,
    'trial-run': [isTried],
    'asset-registration': [isTried],
    approval: [isBuilt],
  }
  for (const [type, conditions] of Object.entries(all))
    engine.addRule({ conditions: { all: conditions } as never, event: { type } })
  return engine
}

/** One expression node with an expression a decision: the engine's quickest form for independent answers. */
function zenGraph(): object {
  const expressions: Record<string, string> = {
    declare: "entry == 'annual'",
    'off-plan-request': "entry == 'off-plan'",
    proposal: "estimate >= 500000000 and nature != 'maintenance'",
    'software-testing': "softwareDevelopment and nature == 'new'",
    'security-assessment': "softwareDevelopment and nature == 'new'",
    'trial-run': "nature in ['new', 'continuing']",
    'asset-registration': "nature in ['new', 'continuing']",
    approval: "nature != 'maintenance'",
  }
  const position = { x: 0, y: 0 }
  const node = {
    id: 'rules',
    name: 'rules',
    type: 'expressionNode',
    position,
    content: {
      expressions: Object.entries(expressions).map(([key, value], i) => ({
        id: `e${i}`,
        key: key.replaceAll('-', '_'),
        value,
      })),
    },
  }
  return {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position },
      node,
      { id: 'out', name: 'out', type: 'outputNode', position },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  }
}

/** Runs the comparison; throws when the contenders disagree on any input. */
export async function benchRules(): Promise<void> {
  const policy = shippedPolicy()
  const all = inputs()
  const states = all.map((facts) => caseOf(policy, facts))
  const steps = Object.keys(DECISIONS).map((id) => policy.steps[policy.stepIndex.get(id)!]!)
  const guards = steps.map((step) => [step.stageWhen, step.when].filter((guard) => guard !== undefined))
  const bare = (i: number): boolean[] => {
    const env = lookAt(policy, states[i % states.length]!, outside, TODAY)
    return guards.map((list) => list.every((guard) => guard.test(env) === 1))
  }
  const ours = (i: number): boolean[] => {
    const env = lookAt(policy, states[i % states.length]!, outside, TODAY)
    return steps.map((step) => applies(env, step) === 1)
  }
  const rules = jsonRules()
  const zen = new ZenEngine().createDecision(zenGraph())
  const theirs = async (facts: Facts): Promise<boolean[]> => {
    const { events } = await rules.run({ ...facts })
    const hit = new Set(events.map((event) => event.type))
    return Object.keys(DECISIONS).map((id) => hit.has(id))
  }
  const zens = async (facts: Facts): Promise<boolean[]> => {
    const { result } = await zen.evaluate(facts)
    return Object.keys(DECISIONS).map((id) => result[id.replaceAll('-', '_')] === true)
  }
  for (const [i, facts] of all.entries()) {
    const want = JSON.stringify(Object.values(DECISIONS).map((decide) => decide(facts)))
    for (const [name, got] of [
      ['ours', ours(i)],
      ['ours, conditions alone', bare(i)],
      ['json-rules-engine', await theirs(facts)],
      ['zen-engine', await zens(facts)],
    ] as const)
      if (JSON.stringify(got) !== want)
        throw new Error(`${name} disagrees on ${JSON.stringify(facts)}: ${JSON.stringify(got)} for ${want}`)
  }
  const each = async (times: number, run: (facts: Facts) => Promise<unknown>): Promise<void> => {
    for (let i = 0; i < times; i += 64) await Promise.all(all.map(run))
  }
  const loop = (run: (i: number) => unknown) => (times: number) => {
    for (let i = 0; i < times; i += 1) run(i)
  }
  const result = await rates({
    bare: { run: loop(bare), times: 64_000 },
    ours: { run: loop(ours), times: 64_000 },
    'json-rules-engine': { run: (times) => each(times, theirs), times: 2_560 },
    'zen-engine': { run: (times) => each(times, zens), times: 6_400 },
    survey: {
      run: loop((i) => surveyCase(lookAt(policy, states[i % states.length]!, outside, TODAY))),
      times: 16_000,
    },
    view: { run: loop((i) => standing(policy, states[i % states.length]!, outside, TODAY)), times: 2_000 },
  })
  const against = (name: string) =>
    [result.bare! / result[name]!, result.ours! / result[name]!].map((ratio) => ratio.toFixed(0))
  printTable(
    `Eight threshold decisions of a shipped policy, ${all.length} inputs, all contenders agree on each`,
    [
      'engine',
      'cases/s',
      'conditions alone: × faster',
      'with the whole meaning of "applies": × faster',
      'asked',
    ],
    [
      ['ours, the compiled conditions alone', rate(result.bare!), '', '', ''],
      ['ours, with track, stage, owed, passed, merges', rate(result.ours!), '', '', ''],
      ['json-rules-engine', rate(result['json-rules-engine']!), ...against('json-rules-engine'), '50'],
      ['@gorules/zen-engine (64 in flight)', rate(result['zen-engine']!), ...against('zen-engine'), '10'],
    ],
  )
  printTable(
    `Explaining a case with all its ${policy.main.length} steps, one core`,
    ['what', 'cases/s', 'asked'],
    [
      ['each step: state, party, due day, findings with articles as data', rate(result.survey!), '50,000'],
      [
        'the full view of the case page: sentences, materials, opinions, tables, startable procedures',
        rate(result.view!),
        '',
      ],
    ],
  )
}
