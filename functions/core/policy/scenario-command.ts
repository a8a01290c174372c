import { doneIn, withdrawalFinding } from '../case/judge-withdrawal.ts'
import type { CaseEvent, Command } from './command.ts'
import { finding, partyNames, spoken } from './engine/say.ts'
import type { Outside, Policy } from './model.ts'
import type { Finding } from './model-finding.ts'
import type { Scenario, ScenarioEvent } from './scenario.ts'
import type { CaseState } from './state.ts'

function listed(by: string | string[] | undefined): string[] {
  return by === undefined ? [] : Array.isArray(by) ? by : [by]
}

export function executeOf(event: ScenarioEvent): Extract<Command, { type: 'execute' }> {
  const { outcome, records, materials, opinions, experts, checks, part, parts, demand, procedure } = event
  return {
    type: 'execute',
    step: event.step!,
    by: listed(event.by),
    outcome,
    records,
    materials,
    opinions,
    witness: event.witness === undefined ? undefined : listed(event.witness),
    experts,
    checks,
    minute: event.minute,
    period: event.period === undefined ? undefined : String(event.period),
    part,
    parts,
    demand,
    procedure: procedure?.match(/-\d+$/) ? procedure : undefined,
  }
}

function startFacts(start: Record<string, unknown>): Record<string, unknown> {
  return typeof start.facts === 'object' && start.facts !== null
    ? (start.facts as Record<string, unknown>)
    : start
}

export function commandOf(event: ScenarioEvent): Command | undefined {
  const by = listed(event.by)
  if (event.adopt)
    return { type: 'adopt', by: by[0] ?? 'lead', reason: event.reason ?? '', steps: event.adopt }
  if (event.decide)
    return {
      type: 'decide',
      decision: event.decide,
      value: String(event.value ?? ''),
      by: by[0] ?? '',
      reason: event.reason ?? '',
    }
  if (event.sanction)
    return {
      type: 'sanction',
      sanction: event.sanction,
      act: event.act === 'lift' ? 'lift' : 'impose',
      by: by[0] ?? 'lead',
      reason: event.reason ?? '',
    }
  if (event.act === 'opinion')
    return {
      type: 'opinion',
      step: event.step!,
      by: by[0] ?? '',
      value: event.opinion ?? (event.value === 'object' ? 'object' : 'agree'),
      aspect: event.aspect,
      part: event.part,
      remark: event.remark,
    }
  if (event.act === 'draw')
    return {
      type: 'draw',
      step: event.step!,
      by,
      seed: event.seed ?? '0',
      count: event.count,
      aside: event.aside,
      reason: event.reason,
      part: event.part,
    }
  if (event.act === 'witness')
    return { type: 'witness', step: event.step!, by: by[0] ?? '', part: event.part }
  if (event.start)
    return { type: 'start', procedure: event.procedure ?? '', by, facts: startFacts(event.start) }
  if (event.step) return executeOf(event)
  if (event.facts) return { type: 'facts', by: by[0] ?? 'unit', facts: event.facts, track: event.track }
  return undefined
}

/** The acts that are left when the last one is taken back by who is named; none where it may not be. */
export function withdrawn(
  policy: Policy,
  state: CaseState,
  acts: readonly CaseEvent[][],
  event: ScenarioEvent,
): { findings: Finding[]; left?: CaseEvent[][] } {
  const act = acts.at(-1) ?? []
  const step = event.withdraw!
  const refused = withdrawalFinding(policy, state, act, step)
  if (refused) return { findings: spoken(policy, [refused]) }
  const doers = doneIn(act, step)?.by ?? []
  const by = listed(event.by)
  if (doers.some((party) => by.includes(party))) return { findings: [], left: acts.slice(0, -1) }
  const facts = { party: partyNames(policy, doers), by: partyNames(policy, by) }
  return { findings: spoken(policy, [finding('actor', step, [], facts)]) }
}

/** The registers that a scenario begins with. */
export function registersOf({ registers }: Scenario): Outside['registers'] {
  return (
    registers &&
    Object.fromEntries(
      Object.entries(registers).map(([id, list]) => [
        id,
        list.map((item) => (typeof item === 'string' ? { name: item } : item)),
      ]),
    )
  )
}
