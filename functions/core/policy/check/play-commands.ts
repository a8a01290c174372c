import type { ExecuteCommand } from '../command.ts'
import { applies } from '../engine/applies.ts'
import { stepState } from '../engine/read-state.ts'
import type { Env, ProcedureRule } from '../model.ts'
import type { Step } from '../model-step.ts'
import { actingParties, executionOf } from './play-inputs.ts'
import { type Game, rawOf, valueFor, type Wishes } from './play-values.ts'

/** The one execution of a merge that a step belongs to now: what each of its steps needs, together. */
export function mergedExecution(
  game: Game,
  env: Env,
  step: Step,
  wishes: Wishes,
): ExecuteCommand | undefined {
  const { policy } = game
  const merge = policy.merges.find((one) => one.steps.includes(step.index) && one.when.test(env) === 1)
  if (!merge) return undefined
  const steps = merge.steps.map((index) => policy.steps[index]!)
  if (steps.some((one) => stepState(env, one)?.done)) return undefined
  const parts = steps
    .filter((one) => applies(env, one) === 1)
    .map((one) => executionOf(game, env, one, one.outcomes.find((outcome) => outcome.settles)!, wishes))
  const by = merge.by ? actingParties(merge.by.get(env)) : (parts[0]?.by ?? [])
  return {
    type: 'execute',
    step: merge.id,
    by,
    records: Object.assign({}, ...parts.map((part) => part.records)),
    materials: parts.flatMap((part) => part.materials ?? []),
    opinions: Object.assign({}, ...parts.map((part) => part.opinions)),
    witness: parts.flatMap((part) => part.witness ?? []),
    checks: Object.assign({}, ...parts.map((part) => part.checks)),
  }
}

/** The facts with which a procedure is started. */
export function startingFacts(
  game: Game,
  env: Env,
  rule: ProcedureRule,
  wishes: Wishes,
): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  const instance = env.instance!
  for (let pass = 0; pass < 2; pass += 1)
    for (const id of rule.facts) {
      const fact = game.policy.facts.get(`${rule.id}.${id}`)!
      if (fact.computed || fact.from.length > 0 || id in facts) continue
      if ((fact.optional && !wishes.has(`${rule.id}.${id}`)) || fact.when?.test(env) === 0) continue
      const text = game.policy.document.procedures![rule.id]!.facts![id]!
      const shape = { type: fact.type, options: text.options, columns: text.columns }
      const value = valueFor(game, env, wishes, `${rule.id}.${id}`, shape)
      if (value === undefined) continue
      facts[id] = rawOf(shape, value)
      instance.facts[id] = value
    }
  return facts
}
