import { decide } from '../../../functions/core/case/decide.ts'
import { openCase } from '../../../functions/core/case/open.ts'
import { standing } from '../../../functions/core/case/standing.ts'
import type { CaseEvent, Command, ExecuteCommand } from '../../../functions/core/policy/command.ts'
import { parseValue } from '../../../functions/core/policy/document/literal.ts'
import type { Outside, Policy } from '../../../functions/core/policy/model.ts'
import type { RecordRule, Step } from '../../../functions/core/policy/model-step.ts'
import type { CaseState } from '../../../functions/core/policy/state.ts'
import { addDays } from '../../../functions/core/values/day.ts'
import { seededCalendar } from '../../../functions/services/calendar.ts'

/** Plays a policy at random: each command is thrown by dice, most of them well formed and many of them allowed. */

export interface Played {
  day: string
  command: Command
  accepted: boolean
  before: CaseState
  outside: Outside
}

/** Throws of a dice that come out the same for the same seed. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed | 0
  }

  roll(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items.length === 0 ? undefined : items[this.roll(items.length)]
  }
}

/** A value of a type, good most of the time. */
function sample(dice: Dice, type: string, options: Record<string, string> | undefined, day: string): unknown {
  if (dice.roll(80) === 0) return dice.pick([null, '坏', -1, {}, [], '0.001元'])
  switch (type) {
    case 'money':
      return dice.pick([
        '0元',
        '0.01元',
        '99.999999万元',
        '100万元',
        '499.999999万元',
        '500万元',
        '1000万元',
        '3000万元',
      ])
    case 'day':
      return addDays(day, dice.roll(400) - 30)
    case 'year':
      return dice.roll(6) > 0 ? 2027 : 2026 + dice.roll(3)
    case 'number':
      return dice.roll(100)
    case 'ratio':
      return dice.pick(['0%', '15%', '15.000001%', '100%'])
    case 'boolean':
      return dice.roll(5) > 0
    case 'choice':
      return dice.pick(Object.keys(options ?? { x: '' }))
    case 'set':
      return Object.keys(options ?? {}).filter(() => dice.roll(2) === 0)
    case 'list':
      return []
    case 'permit':
      return { from: addDays(day, -dice.roll(400)), to: addDays(day, dice.roll(400)) }
    case 'period':
      return '2026'
    default:
      return '某某'
  }
}

export function randomFacts(policy: Policy, dice: Dice): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  for (const fact of policy.facts.values())
    if (!fact.computed && !fact.procedure && fact.from.length === 0 && dice.roll(30) > 0)
      facts[fact.id] = sample(dice, fact.type, fact.options, '2026-01-01')
  return facts
}

function execution(policy: Policy, dice: Dice, step: Step, state: CaseState, day: string): ExecuteCommand {
  const outcome =
    step.procedure !== undefined || dice.roll(3) === 0 ? dice.pick(step.outcomes) : step.outcomes[0]
  const rules: RecordRule[] = [...step.records, ...(outcome?.records ?? [])]
  const records: Record<string, unknown> = {}
  for (const rule of rules) records[rule.id] = sample(dice, rule.type, rule.text.options, day)
  for (const id of step.facts) {
    const fact = (step.procedure && policy.facts.get(`${step.procedure}.${id}`)) || policy.facts.get(id)
    if (fact) records[id] = sample(dice, fact.type, fact.options, day)
  }
  const materials = [...step.materials, ...(outcome?.materials ?? [])].map((rule) => rule.id)
  const parts = step.each === undefined ? [] : (state.parts[step.each] ?? [])
  const parties = Object.keys(policy.document.parties)
  const part = dice.pick(parts)?.id
  return {
    type: 'execute',
    step: step.id,
    by: dice.roll(10) === 0 ? [parties[dice.roll(parties.length)]!] : parties,
    outcome: outcome?.id,
    records,
    materials: dice.roll(12) === 0 ? materials.slice(1) : materials,
    opinions: Object.fromEntries(parties.map((party) => [party, dice.roll(12) === 0 ? 'object' : 'agree'])),
    witness: step.witness,
    experts: [1, 2, 3, 4, 5].map((n) => ({ name: `专家${n}`, agrees: dice.roll(9) > 0 })),
    checks: Object.fromEntries(step.checks.map((check) => [check.id, 'met'])),
    ...(part === undefined ? {} : { part }),
    ...(step.through.length > 0 && dice.roll(3) > 0 ? { through: 'batch-1' } : {}),
  }
}

/** The next command: mostly a step that is open, sometimes any other, sometimes something else altogether. */
export function randomCommand(
  policy: Policy,
  dice: Dice,
  state: CaseState,
  outside: Outside,
  day: string,
): Command {
  const kind = dice.roll(20)
  const parties = Object.keys(policy.document.parties)
  const by = dice.pick(parties)!
  if (kind === 0) {
    const fact = dice.pick([...policy.facts.values()].filter((one) => !one.computed && !one.procedure))
    const track = dice.pick(['keep', 'change', undefined] as const)
    if (fact)
      return {
        type: 'facts',
        by,
        facts: { [fact.id]: sample(dice, fact.type, fact.options, day) },
        ...(track ? { track } : {}),
      }
  }
  if (kind === 1) {
    const rule = dice.pick([...policy.decisions.values()])
    if (rule)
      return {
        type: 'decide',
        decision: rule.id,
        value: dice.pick(Object.keys(rule.options))!,
        by: rule.by,
        reason: '因',
      }
  }
  if (kind === 2 || kind === 3) {
    const rule = dice.pick([...policy.procedures.values()])
    const facts = Object.fromEntries(
      (rule?.facts ?? []).flatMap((id) => {
        const fact = policy.facts.get(`${rule!.id}.${id}`)!
        return fact.computed ? [] : [[id, sample(dice, fact.type, fact.options, day)]]
      }),
    )
    if (rule) return { type: 'start', procedure: rule.id, by: parties, facts }
  }
  if (kind === 4) {
    const rule = dice.pick([...policy.sanctions.values()])
    if (rule)
      return {
        type: 'sanction',
        sanction: rule.id,
        act: dice.pick(['impose', 'lift'])!,
        by: rule.lifted?.by ?? by,
        reason: '因',
      }
  }
  if (kind === 5) {
    const asked = policy.steps.filter((one) => one.opinions.length > 0)
    const step = dice.pick(asked)
    if (step) return { type: 'opinion', step: step.id, by, value: dice.pick(['agree', 'object'])! }
  }
  const view = standing(policy, state, outside, day)
  const all = [...view.steps, ...view.procedures.filter((one) => !one.result).flatMap((one) => one.steps)]
  const open = all.filter((one) => one.state === 'open')
  const chosen = kind > 7 && open.length > 0 ? dice.pick(open)!.id : undefined
  const step = chosen ? policy.steps[policy.stepIndex.get(chosen)!]! : dice.pick(policy.steps)!
  return execution(policy, dice, step, state, day)
}

/** A whole life: the events that were accepted, every command with the state it was given on, and the last state. */
export function playAtRandom(
  policy: Policy,
  seed: number,
  length: number,
): { events: CaseEvent[]; plays: Played[]; state: CaseState; outside: Outside; day: string } {
  const dice = new Dice(seed)
  const experts = [1, 2, 3, 4, 5].map((n) => ({ name: `专家${n}` }))
  let outside: Outside = {
    unit: { facts: {}, sanctions: [] },
    registers: Object.fromEntries(Object.keys(policy.document.registers ?? {}).map((id) => [id, experts])),
    calendar: seededCalendar,
  }
  let day = addDays('2026-01-01', dice.roll(210))
  const opened = openCase(policy, { id: 'P', facts: goodFacts(policy, dice) }, outside, day)
  if (!opened.ok) throw new Error(JSON.stringify(opened.findings))
  outside.unit.facts = opened.event.type === 'opened' ? opened.event.unit : {}
  const events: CaseEvent[] = [opened.event]
  const plays: Played[] = []
  let { state } = opened
  while (plays.length < length) {
    day = addDays(day, dice.pick([0, 0, 0, 1, 1, 5, 20, 60, 200])!)
    if (dice.roll(8) === 0) outside = elsewhere(policy, dice, outside, day)
    const command = randomCommand(policy, dice, state, outside, day)
    const result = decide(policy, state, command, outside, day)
    plays.push({ day, command, accepted: result.ok, before: state, outside })
    if (!result.ok) continue
    events.push(...result.events)
    state = result.state
  }
  return { events, plays, state, outside, day }
}

/** Something changes outside the case: a fact of the unit, a count over other cases. */
function elsewhere(policy: Policy, dice: Dice, outside: Outside, day: string): Outside {
  const fact = dice.pick([...policy.facts.values()].filter((one) => one.of === 'unit'))
  const value = fact && sample(dice, fact.type, fact.options, day)
  const good = fact && parseValue({ type: fact.type, options: fact.options }, value)
  const facts = good?.ok ? { ...outside.unit.facts, [fact!.id]: good.value } : outside.unit.facts
  return { ...outside, unit: { ...outside.unit, facts }, counts: { others: dice.roll(6) } }
}

function goodFacts(policy: Policy, dice: Dice): Record<string, unknown> {
  const facts = randomFacts(policy, dice)
  for (;;) {
    const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar: seededCalendar }
    const opened = openCase(policy, { id: 'P', facts }, outside, '2026-01-01')
    if (opened.ok) return facts
    for (const one of opened.findings) delete facts[String(one.facts.name)]
  }
}
