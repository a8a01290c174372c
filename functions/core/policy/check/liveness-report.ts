import { pathOf } from '../compile/compile.ts'
import { spoken } from '../engine/say.ts'
import type { Step } from '../model-step.ts'
import { eventOfMove } from '../play/event-of-move.ts'
import type { Problem } from '../problem.ts'
import type { Value } from '../state.ts'
import { deadOutcomes, deadSteps } from './dead-steps.ts'
import type { Lens, Variable } from './lens.ts'
import { Liveness, type Stuck } from './liveness.ts'
import { movesOf, type Node } from './play-table.ts'
import { Player } from './player.ts'
import { problemAt } from './report.ts'
import { type Block, blocksOf, playToEnd } from './rescue.ts'
import { literalOf, shown } from './words.ts'

/** Deadlocks that are made as small as can be and reported; there may be more of the same kind. */
const MOST_DEADLOCKS = 3

/** A project of every class that was played reaches its end, and every step is done in some of them (§19). */
export function checkLiveness(lens: Lens): Problem[] {
  const live = new Liveness(lens)
  live.explore()
  const deadlocks = new Map<string, Problem>()
  for (const stuck of [...live.stuck.values()].slice(0, MOST_DEADLOCKS)) {
    const problem = deadlock(live, stuck)
    const [reasons] = problem.message.split('情形: ')
    deadlocks.set(reasons!, deadlocks.get(reasons!) ?? problem)
  }
  return [...deadlocks.values(), ...deadSteps(live, deadlocks.size > 0), ...deadOutcomes(live)]
}

function deadlock(live: Liveness, stuck: Stuck): Problem {
  const { lens } = live
  const { plan, node, differing } = smallest(live, stuck)
  const player = new Player(stuck.game, plan)
  const blocks = rootsOf(player, blocksOf(player, node))
  const reasons = blocks.map(({ step, findings }) => {
    const words = spoken(lens.original, findings).map((one) => one.message)
    return words.length > 0 ? [...new Set(words)].join('; ') : `「${step.title}」没有可选的结果`
  })
  const first = blocks[0]!.step
  const main = new Set(lens.policy.main.map((index) => lens.policy.steps[index]!.id))
  const acts = movesOf(node).flatMap(({ command }) => (command.type === 'execute' ? command.step : []))
  const last = acts.filter((id) => main.has(id) && !lens.policy.steps[lens.policy.stepIndex.get(id)!]!.aside)
  const reached = titleOf(lens, last.at(-1) ?? acts.at(-1) ?? '申报')
  return problemAt('deadlock', pathOf(first), {
    severity: stuck.ending.complete ? 'error' : 'warning',
    message: `办到「${reached}」以后项目停住, 没有环节可办, 也不会因时间而变: ${reasons.slice(0, 3).join('; ')}。情形: ${differing}`,
    fix: '去掉互相等待的前提, 或给这种情形一个退回、不予通过或例外的结果',
    article: first.article,
    example: {
      facts: factsOf(lens, node),
      events: movesOf(node).map(eventOfMove),
      blocked: blocksOf(player, node).map(({ step }) => step.id),
    },
  })
}

/** The same standstill in the class that differs least from one that reaches its end. */
function smallest(live: Liveness, stuck: Stuck): { plan: Stuck['plan']; node: Node; differing: string } {
  const base = live.bases.get(trackOf(stuck)) ?? [...live.bases.values()][0]
  let { plan } = stuck
  let { node } = stuck.ending
  const wanted = rootKey(new Player(stuck.game, plan), node)
  const replay = (wishes: Stuck['plan']['wishes'], rest: Partial<Stuck['plan']> = {}): void => {
    const next = { ...plan, ...rest, wishes }
    const player = new Player(stuck.game, next)
    const ending = playToEnd(player)
    if (!ending.settled && rootKey(player, ending.node) === wanted) [plan, node] = [next, ending.node]
  }
  if (plan.procedure) replay(plan.wishes, { procedure: undefined })
  if (plan.late) replay(plan.wishes, { late: undefined })
  if (plan.optional === 'eager') replay(plan.wishes, { optional: 'late' })
  for (const step of Object.keys(plan.outcomes ?? {})) {
    const { [step]: _, ...outcomes } = plan.outcomes!
    replay(plan.wishes, { outcomes })
  }
  const differs = (id: string) => JSON.stringify(plan.wishes.get(id)) !== JSON.stringify(base?.wishes.get(id))
  if (base)
    for (const { id } of live.universe.variables)
      if (differs(id) && base.wishes.has(id)) replay(new Map([...plan.wishes, [id, base.wishes.get(id)!]]))
  const env = new Player(stuck.game, plan).env(node)
  const words = live.universe.variables.flatMap((variable) => {
    const value = valueIn(live.lens, env, variable)
    return differs(variable.id) && value !== undefined
      ? [`${variable.title} = ${shown(variable, value)}`]
      : []
  })
  const turns = Object.entries(plan.outcomes ?? {}).map(
    ([step, outcome]) => `「${titleOf(live.lens, step)}」的结果为 ${outcome}`,
  )
  if (plan.late) turns.push(`「${titleOf(live.lens, plan.late)}」逾期`)
  if (plan.procedure) turns.push(`办理「${live.lens.policy.procedures.get(plan.procedure)!.title}」`)
  const all = [...words, ...turns]
  return { plan, node, differing: all.length > 0 ? all.join(', ') : '任何项目' }
}

function valueIn(
  lens: Lens,
  env: Parameters<NonNullable<ReturnType<Lens['reader']>>>[0],
  variable: Variable,
): Value | undefined {
  const fact = lens.original.facts.get(variable.id)
  return fact ? fact.read(env) : lens.reader(variable.id)?.(env)
}

function trackOf({ ending }: Stuck): string {
  return ending.node.state.track ?? ''
}

function rootKey(player: Player, node: Node): string {
  return rootsOf(player, blocksOf(player, node))
    .map(({ step, findings }) => `${step.id}:${[...new Set(findings.map((one) => one.code))].join()}`)
    .join(' ')
}

/** Of the blocked steps, those that do not merely wait for another of them; all when they wait in a circle. */
function rootsOf(player: Player, blocks: Block[]): Block[] {
  const ids = new Set(blocks.map(({ step }) => step.id))
  const waits = ({ step, findings }: Block) =>
    findings.some((one) => {
      if (one.code === 'undetermined') return waitsToKnow(player, step, Object.keys(one.facts), ids)
      return ids.has(String(one.facts.waitsForStep)) && one.facts.waitsForStep !== step.id
    })
  const roots = blocks.filter((block) => !waits(block))
  return roots.length > 0 ? roots : blocks
}

/** Whether what a step has to know will be stated by others of the blocked steps. */
function waitsToKnow({ game }: Player, step: Step, names: string[], ids: Set<string>): boolean {
  const stating = (variable: Variable | undefined): string[] => {
    if (variable?.kind === 'computed') return game.lens.sources(variable).flatMap(stating)
    return variable?.step ? [variable.step] : (game.policy.facts.get(variable?.id ?? '')?.from ?? [])
  }
  const sources = names.flatMap((name) =>
    stating(game.lens.variable(name, { step: step.id, procedure: step.procedure })),
  )
  return sources.some((id) => id !== step.id && ids.has(id))
}

function factsOf(lens: Lens, node: Node): Record<string, unknown> {
  const facts: Record<string, unknown> = {}
  for (const [id, value] of Object.entries({ ...node.state.unit, ...node.state.facts })) {
    const rule = lens.original.facts.get(id)
    if (rule && rule.from.length === 0) facts[id] = literalOf(rule, value)
  }
  return facts
}

function titleOf(lens: Lens, id: string): string {
  const { policy } = lens
  return (
    policy.steps[policy.stepIndex.get(id) ?? -1]?.title ??
    policy.merges.find((one) => one.id === id)?.title ??
    id
  )
}
