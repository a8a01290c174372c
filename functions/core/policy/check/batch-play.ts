import { decideBatch, openBatch } from '../../case/batch.ts'
import { textOf } from '../compile/compile.ts'
import { listOf } from '../compile/compiler.ts'
import { lookAt } from '../engine/environment.ts'
import { lookStep } from '../engine/survey.ts'
import type { ProcedureRule } from '../model.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { CaseState } from '../state.ts'
import { meeting } from './classes.ts'
import { executionOf } from './play-inputs.ts'
import type { Game, Wishes } from './play-values.ts'
import { type Plan, Player } from './player.ts'

const MOST_ROUNDS = 30

/** Plays each batch with one project that waits for it; returns the steps and `step.outcome`s executed. */
export function playBatches(game: Game, plans: Map<string, Plan[]>): Set<string> {
  const executed = new Set<string>()
  for (const rule of game.policy.procedures.values()) {
    if (rule.on !== 'batch') continue
    const steps = rule.steps.map((index) => game.policy.steps[index]!)
    const id = steps.flatMap((step) => step.composes).find((one) => plans.has(one))
    if (id === undefined) continue
    const turns = steps.flatMap((step) => step.outcomes.map((outcome) => `${step.id}.${outcome.id}`))
    for (const plan of plans.get(id)!)
      for (const turn of [undefined, ...turns])
        if (turn === undefined || !executed.has(turn))
          playBatch(
            game,
            rule,
            { ...plan, wishes: sentThrough(game, id, rule, plan.wishes), stopAt: id },
            turn,
            executed,
          )
  }
  return executed
}

/** The wishes changed so that the step goes through this batch, where it may also go another way. */
function sentThrough({ lens, policy }: Game, id: string, rule: ProcedureRule, wishes: Wishes): Wishes {
  const step = policy.steps[policy.stepIndex.get(id)!]!
  const ways = listOf(textOf(policy.document, step).through)
  const own = new Set(rule.steps.map((index) => policy.steps[index]!.id))
  const condition = ways
    .map((way) => (typeof way !== 'string' && own.has(way.step) ? way.when : undefined))
    .find((when) => when !== undefined)
  if (!condition) return wishes
  return new Map([...wishes, ...meeting(lens, { condition, scope: { step: id, procedure: step.procedure } })])
}

function playBatch(
  game: Game,
  rule: ProcedureRule,
  plan: Plan,
  turn: string | undefined,
  executed: Set<string>,
): void {
  const player = new Player(game, plan)
  const node = player.begin()
  player.advance(node)
  const { policy } = game
  const { outside } = player
  const year = rule.each === 'year' ? game.planYear : undefined
  let batch: CaseState = openBatch(policy, { id: 'batch', procedure: rule.id, year }, outside, node.day).state
  const target = policy.steps[policy.stepIndex.get(plan.stopAt!)!]!
  const projects = [{ id: 'check', state: node.state, policy, outside }]
  let forced = false
  for (let n = 0; n < MOST_ROUNDS; n += 1) {
    const env = lookAt(policy, batch, outside, node.day)
    const isOpen = (step: Step) => lookStep(env, step).state === 'open'
    const step = rule.steps.map((index) => policy.steps[index]!).find(isOpen)
    if (!step) return
    const items = step.composes.includes(target.id) ? [itemFor()] : undefined
    const done = order(step).some((outcome) => {
      const command = { ...executionOf(game, env, step, outcome, plan.wishes), items }
      const result = decideBatch(policy, batch, command, projects, outside, node.day, 'batch')
      if (!result.ok) return false
      batch = result.batch!.state
      for (const project of result.projects) projects[0] = { ...projects[0]!, state: project.state }
      if (turn === `${step.id}.${outcome.id}`) forced = true
      executed.add(step.id)
      executed.add(`${step.id}.${outcome.id}`)
      return true
    })
    if (!done) return
  }

  function order(step: Step): OutcomeRule[] {
    const wanted = forced ? [] : step.outcomes.filter((outcome) => turn === `${step.id}.${outcome.id}`)
    return [...wanted, ...step.outcomes.filter((outcome) => outcome.settles)]
  }

  function itemFor(): { project: string; step: string; outcome?: string; records?: Record<string, unknown> } {
    const outcome = target.outcomes.find((one) => one.settles)!
    const { records } = executionOf(game, player.env(node), target, outcome, plan.wishes)
    return { project: 'check', step: target.id, outcome: outcome.id, records }
  }
}
