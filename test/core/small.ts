import { parse, stringify } from 'yaml'
import { type Decision, decide } from '../../functions/core/case/decide.ts'
import { openCase } from '../../functions/core/case/open.ts'
import type { Standing, StepStanding } from '../../functions/core/case/standing-view.ts'
import type { CaseEvent, Command } from '../../functions/core/policy/command.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Outside, Policy } from '../../functions/core/policy/model.ts'
import type { Finding } from '../../functions/core/policy/model-finding.ts'
import { type Scenario, scenario } from '../../functions/core/policy/scenario.ts'
import { type PlayedEvent, simulate } from '../../functions/core/policy/simulate.ts'
import type { CaseState } from '../../functions/core/policy/state.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'

/**
 * Small policies for tests: a snippet shows the rule at stake, the rest of a valid policy is filled in around it.
 *
 * Short forms: a step `b: a` is `{after: a}`, `a:` alone is an ordinary step; a fact `secret: boolean` is optional; a record
 * `amount: money`, a material `design: 设计方案`. Every step is the unit's, in stage implementation, and cites 第一条.
 */

type Node = Record<string, unknown>

const YAML = { version: '1.2', schema: 'core' } as const
const PARTIES = ['unit', 'lead', 'approver', 'finance', 'audit', 'cryptography', 'government', 'office']
const STAGES =
  'reserve declaration review planning approval procurement implementation trial acceptance operation evaluation'

/** The text of a full policy around a snippet. */
export function smallText(snippet: string): string {
  const raw = (parse(snippet, YAML) ?? {}) as Node
  const body: Node = {
    scope: { rows: [{ else: true, track: 'main' }] },
    tracks: { main: { title: '办理' } },
    ...raw,
    parties: { ...partiesOf(), ...entries(raw.parties, (id, party) => ({ name: id, ...party })) },
    facts: entries(raw.facts, factOf),
    stages: raw.stages ?? Object.fromEntries(STAGES.split(' ').map((id) => [id, {}])),
    steps: entries(raw.steps, stepOf),
  }
  if (raw.procedures) body.procedures = entries(raw.procedures, procedureOf)
  for (const kind of ['vetoes', 'sanctions', 'decisions', 'merges', 'norms', 'registers', 'parameters'])
    if (raw[kind]) body[kind] = entries(raw[kind], (id, item) => ({ title: id, ...item }))
  const articles = [...new Set(['第一条', ...articlesIn(body)])]
  const coverage = Object.fromEntries(articles.map((article) => [article, 'enforced']))
  const header = {
    jurisdiction: { id: 'somewhere', name: '某市', division: '990100', level: 'city' },
    title: '某市办法',
    effective: '2020-01-01',
    source: 'full-text',
    binds: Object.keys(body.steps as Node)[0],
    articles,
    ...(raw.policy as Node | undefined),
  }
  return stringify({ ...body, policy: header, coverage: raw.coverage ?? coverage }, YAML)
}

/** The policy around a snippet; throws with every problem when it cannot be loaded. */
export function small(snippet: string): Policy {
  const { policy, problems } = loadPolicy(smallText(snippet), 'small.yaml')
  if (policy) return policy
  throw new Error(problems.map((one) => `${one.path.join('.')}: ${one.message} ${one.fix ?? ''}`).join('\n'))
}

function partiesOf(): Node {
  return Object.fromEntries(
    PARTIES.map((id) => [id, id === 'unit' ? { name: id, from: 'unit' } : { name: id }]),
  )
}

function entries(raw: unknown, fill: (id: string, item: Node | null) => unknown): Node {
  return Object.fromEntries(
    Object.entries((raw ?? {}) as Node).map(([id, item]) => [id, fill(id, item as Node | null)]),
  )
}

function factOf(id: string, item: unknown): unknown {
  return typeof item === 'string'
    ? { title: id, type: item, optional: true }
    : { title: id, ...(item as Node) }
}

function stepOf(id: string, item: unknown): Node {
  const step: Node = typeof item === 'string' ? { after: item } : { ...((item ?? {}) as Node) }
  const filled: Node = { title: id, stage: 'implementation', article: '第一条', ...step }
  if (!step.by && !step.through) filled.by = 'unit'
  if (step.records) filled.records = entries(step.records, recordOf)
  if (step.materials) filled.materials = entries(step.materials, materialOf)
  if (step.checks) filled.checks = entries(step.checks, (check, body) => ({ title: check, ...body }))
  if (step.outcomes)
    filled.outcomes = entries(step.outcomes, (_, outcome) => ({
      ...outcome,
      ...(outcome?.records ? { records: entries(outcome.records, recordOf) } : {}),
      ...(outcome?.materials ? { materials: entries(outcome.materials, materialOf) } : {}),
    }))
  return filled
}

function recordOf(_id: string, item: unknown): unknown {
  return typeof item === 'string' ? { type: item } : item
}

function materialOf(id: string, item: unknown): unknown {
  return typeof item === 'string' ? { title: item } : { title: id, ...(item as Node) }
}

function procedureOf(id: string, item: Node | null): Node {
  const steps = entries(item?.steps, (step, body) => {
    const { stage: _, ...rest } = stepOf(step, body)
    return rest
  })
  return {
    title: id,
    on: 'project',
    ...item,
    ...(item?.facts ? { facts: entries(item.facts, factOf) } : {}),
    steps,
  }
}

function articlesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'article' ? [value].flat().filter((one) => typeof one === 'string') : articlesIn(value),
  )
}

/** An event as a line, `2026-03-01 review:pass by lead,unit` (the year may be left out: 2026), or in full. */
export type Line = string | (Node & { on: string })
export type World = Omit<Scenario, 'events'>

export interface Play {
  /** For each event `ok`, or the codes that refused it, joined by a space. */
  said: string[]
  events: PlayedEvent[]
  state: Standing
  projects: Record<string, Standing>
  step: (id: string, project?: string) => StepStanding
  /** Steps in a state, in the order of the policy. */
  open: string[]
  done: string[]
  pending: string[]
  /** Obligations as `step` or `step 2026-07-01`. */
  owed: string[]
}

const LINE = /^(?<on>\S+) (?<step>[\w-]+)(?::(?<outcome>[\w-]+))?(?: by (?<by>\S+))?$/

/** Plays events through the engine; a `world` gives facts, the day of the last look and the rest of a scenario. */
export function play(policy: Policy, world: World, lines: Line[]): Play {
  const events = lines.map((line) => (typeof line === 'string' ? readLine(line) : dated(line)))
  const result = simulate(policy, scenario.parse({ ...world, events }), seededCalendar)
  const { state } = result
  const all = [...state.steps, ...state.procedures.flatMap((one) => one.steps)]
  const having = (test: (step: StepStanding) => boolean) => all.filter(test).map((step) => step.id)
  return {
    said: result.events.map((event) => (event.accepted ? 'ok' : codes(event.findings, 'block'))),
    events: result.events,
    state,
    projects: result.projects ?? {},
    step: (id, project) => {
      const view = project === undefined ? state : result.projects![project]!
      const found = [...view.steps, ...view.procedures.flatMap((one) => one.steps)]
      return found.filter((one) => one.id === id).at(-1)!
    },
    open: having((step) => step.state === 'open'),
    done: having((step) => step.state === 'done'),
    pending: having((step) => step.pending),
    owed: state.obligations.map((one) => (one.dueOn ? `${one.step} ${one.dueOn}` : one.step)),
  }
}

/** The codes of the findings of a level, each once, in order. */
export function codes(findings: Finding[], level: Finding['level']): string {
  return [...new Set(findings.filter((one) => one.level === level).map((one) => one.code))].join(' ')
}

function readLine(line: string): Node {
  const found = LINE.exec(line)?.groups
  if (!found) throw new Error(`not an event: ${line}`)
  const by = found.by?.split(',') ?? ['unit']
  return dated({ on: found.on!, step: found.step!, ...(found.outcome ? { outcome: found.outcome } : {}), by })
}

function dated<T extends { on: string }>(event: T): T {
  return /^\d\d-\d\d$/.test(event.on) ? { ...event, on: `2026-${event.on}` } : event
}

/** Opens a case, or goes on with one, and decides commands on it: the events, states and findings as the service has them. */
export function openAndPlay(
  policy: Policy,
  facts: Record<string, unknown>,
  commands: [string, Command][],
  from?: CaseState,
  given: Partial<Outside> = {},
): { events: CaseEvent[]; state: CaseState; decisions: Decision[] } {
  const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar, ...given }
  const events: CaseEvent[] = []
  const decisions: Decision[] = []
  let state = from
  if (!state) {
    const opened = openCase(policy, { id: 'P', facts }, outside, commands[0]?.[0] ?? '2026-01-01')
    if (!opened.ok) throw new Error('the case cannot be opened on these facts')
    events.push(opened.event)
    state = opened.state
  }
  for (const [day, command] of commands) {
    const decision = decide(policy, state, command, outside, day)
    decisions.push(decision)
    if (!decision.ok) continue
    events.push(...decision.events)
    state = decision.state
  }
  return { events, state, decisions }
}
