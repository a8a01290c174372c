import { decide } from '../../case/decide.ts'
import type { Cut } from '../check/cuts.ts'
import type { Liveness } from '../check/liveness.ts'
import { executionOf } from '../check/play-inputs.ts'
import { ordinary, type Wishes } from '../check/play-values.ts'
import type { ExecuteCommand } from '../command.ts'
import type { TypeShape } from '../document/literal.ts'
import { factRule, shapeOf } from '../engine/inputs.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { CaseState } from '../state.ts'

const MOST_ROUNDS = 4
const MOST_TRIES = 60

/** What a step states: its own record, or a fact that it supplies. */
interface Stated {
  variable: string
  shape: TypeShape
}

/**
 * An execution in good order. Where the usual values are refused, what the reasons speak of and the step itself states is
 * stated otherwise, one thing after another, as long as fewer reasons are left.
 */
export function proposeExecution(
  live: Liveness,
  state: CaseState,
  env: Env,
  step: Step,
  outcome: OutcomeRule,
): ExecuteCommand {
  const { game } = live
  const attempt = (wishes: Wishes): { wishes: Wishes; command: ExecuteCommand; blocks: Finding[] } => {
    const command = executionOf(game, env, step, outcome, wishes)
    const { findings } = decide(game.policy, state, command, env.outside, env.day, { solo: true })
    return { wishes, command, blocks: findings.filter((one) => one.level === 'block') }
  }
  let best = attempt(new Map())
  let tries = 0
  for (let round = 0; round < MOST_ROUNDS && best.blocks.length > 0; round += 1) {
    const before = best
    for (const { variable, shape } of statedIn(env, step, outcome, before.blocks))
      for (const cut of cutsFor(live, env, variable, shape)) {
        tries += 1
        if (best.blocks.length === 0 || tries > MOST_TRIES) return best.command
        const next = attempt(new Map([...before.wishes, [variable, cut]]))
        if (next.blocks.length < best.blocks.length) best = next
      }
    if (best === before) break
  }
  return best.command
}

/** What of the step's own statements the reasons speak of. */
function statedIn(env: Env, step: Step, outcome: OutcomeRule, blocks: readonly Finding[]): Stated[] {
  const names = new Set(
    blocks.flatMap(({ facts }) => [...Object.keys(facts), ...String(facts.name ?? '').split(',')]),
  )
  const own = (id: string): boolean => names.has(id) || names.has(`${step.id}.${id}`)
  const records = [...step.records, ...outcome.records].filter(({ id }) => own(id))
  const facts = step.facts.filter(own).flatMap((id) => factRule(env, step, id) ?? [])
  return [
    ...records.map(({ id, type, text }) => ({
      variable: `${step.id}.${id}`,
      shape: { type, options: text.options, columns: text.columns },
    })),
    ...facts.map((rule) => ({
      variable: rule.procedure ? `${rule.procedure}.${rule.id}` : rule.id,
      shape: shapeOf(env, rule),
    })),
  ]
}

/** The values that rules tell apart, else those that the type has. */
function cutsFor(live: Liveness, env: Env, variable: string, shape: TypeShape): Cut[] {
  const told = live.universe.domains.get(variable) ?? []
  const value = (one: Extract<Cut, { kind: 'value' }>['value']): Cut => ({ kind: 'value', value: one })
  if (shape.type === 'boolean') return [...told, value(true), value(false)]
  if (shape.type === 'choice') return [...told, ...Object.keys(shape.options ?? {}).map(value)]
  return [...told, value(ordinary(live.game, env.day, shape))]
}
