import { addDays } from '../../values/day.ts'
import type { FactClass } from '../check/classes.ts'
import { climb } from '../check/climb.ts'
import type { Cut } from '../check/cuts.ts'
import type { Liveness } from '../check/liveness.ts'
import { type Move, movesOf } from '../check/play-table.ts'
import type { Wishes } from '../check/play-values.ts'
import type { Plan } from '../check/player.ts'
import type { TypeShape } from '../document/literal.ts'
import type { Env, Policy } from '../model.ts'
import type { Value } from '../state.ts'

/** The wishes by which a project gets furthest; those that are given stay, a track is chosen that agrees with them. */
export function bestWishes(live: Liveness, given: FactClass, track?: string): Wishes {
  const ways = [...live.universe.tracks]
    .filter(([id]) => track === undefined || id === track)
    .flatMap(([, combinations]) => combinations)
  const agrees = (way: FactClass): boolean =>
    [...way].every(([id, cut]) => !given.has(id) || JSON.stringify(given.get(id)) === JSON.stringify(cut))
  const way = ways.find(agrees) ?? new Map<string, Cut>()
  const into = new Map([...way, ...given])
  return plainer(live, climb(live, into).best, into).wishes
}

/** The same with values that are more usual than those right beside an edge, where they lead about as far. */
function plainer(live: Liveness, best: Plan, into: Wishes): Plan {
  let plan = best
  const { reach: whole, ...length } = lengthOf(live, best)
  let { moves, detours } = length
  for (const [id, cut] of best.wishes) {
    if (into.has(id) || cut.kind !== 'value') continue
    const wishes = new Map(plan.wishes)
    if (live.game.policy.facts.get(id)?.from.length !== 0) wishes.delete(id)
    else {
      const value = plainValue(live.game.policy, id, cut.value)
      if (value === undefined || value === cut.value) continue
      wishes.set(id, { kind: 'value', value })
    }
    const next = lengthOf(live, { ...plan, wishes })
    const most = live.game.policy.facts.has(id) ? moves * 1.3 : moves
    if (next.reach * 10 < whole * 8 || next.moves > most || next.detours > detours) continue
    plan = { ...plan, wishes }
    ;({ moves, detours } = next)
  }
  return plan
}

/** How many steps a run gets through, none when it does not reach its end; by how many moves, how many of them detours. */
function lengthOf(live: Liveness, plan: Plan): { reach: number; moves: number; detours: number } {
  const { settled, executed, node } = live.play(plan)
  const reach = settled ? [...executed].filter((id) => !id.includes('.')).length : 0
  const moves = movesOf(node)
  return { reach, moves: moves.length, detours: detoursOf(live.game.policy, moves) }
}

/** Moves that lead around: procedures within the project, outcomes that do not settle their step. */
export function detoursOf(policy: Policy, moves: readonly Move[]): number {
  return moves.filter(({ command }) => {
    if (command.type === 'start') return true
    if (command.type !== 'execute') return false
    const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
    return step?.outcomes.find((one) => one.id === command.outcome)?.settles === false
  }).length
}

/** Round amounts, what the policy names first, and no where a project has nothing special. */
function plainValue(policy: Policy, id: string, value: Value): Value | undefined {
  const rule = policy.facts.get(id)
  if (!rule || rule.procedure || rule.from.length > 0) return undefined
  if (rule.type === 'money' && typeof value === 'number')
    return Math.max(Math.floor(value / ROUND_FEN), 1) * ROUND_FEN
  if (rule.type === 'boolean') return false
  return rule.type === 'choice' ? Object.keys(policy.document.facts[id]?.options ?? {})[0] : undefined
}

/** 10 万元. */
const ROUND_FEN = 10_000_000

/** From an act to a day that it agrees on, such as that of the acceptance. */
const USUAL_DAYS = 150

/** What is stated in a rehearsal where nothing depends on it: amounts as large as the project, names that say what they are. */
export function usual(env: Env, id: string, { type, columns }: TypeShape): Value | undefined {
  switch (type) {
    case 'money': {
      if (id.startsWith('surplus-return.')) return 0
      const estimate = env.policy.facts.get('estimate')?.read(env)
      return typeof estimate === 'number' ? estimate : undefined
    }
    // Facts say what is special about a project, records that all is in order.
    case 'boolean':
      return env.policy.facts.get(id)?.from.length === 0 ? false : undefined
    case 'list':
      return columns ? undefined : [{ name: '试演' }]
    case 'day':
      return addDays(env.day, USUAL_DAYS)
    case 'text':
      return '试演'
    case 'organisation':
      return '试演单位'
    case 'person':
      return '试演人员'
    default:
      return undefined
  }
}
