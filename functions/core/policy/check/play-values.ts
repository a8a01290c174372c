import { addDays, type Day } from '../../values/day.ts'
import type { TypeShape } from '../document/literal.ts'
import type { Env, Outside, Policy } from '../model.ts'
import type { Value } from '../state.ts'
import { type Cut, valueOfCut } from './cuts.ts'
import type { Lens } from './lens.ts'

/** What a project is played with: for each variable the side of its edges that is wished for. */
export type Wishes = ReadonlyMap<string, Cut>

/** What every run of a policy shares. */
export interface Game {
  lens: Lens
  policy: Policy
  domains: ReadonlyMap<string, Cut[]>
  planYear: number
  /** First day of a run. */
  start: Day
  /** What surrounds the project; none of it while a policy is proved. */
  around?: Outside
  /** What is stated where nothing is wished for; undefined leaves it to the type. */
  usual?: (env: Env, id: string, shape: TypeShape) => Value | undefined
}

/** No holidays and no registers; counts over other projects are as wished, else none. */
export function outsideOf(game: Game, wishes: Wishes): Outside {
  const counts = game.lens.countedOutside().map((id): [string, number] => {
    const cut = wishes.get(id)
    return [id, cut?.kind === 'value' && typeof cut.value === 'number' ? cut.value : 0]
  })
  return {
    unit: { facts: {}, sanctions: [] },
    calendar: { years: new Set(), off: new Set(), work: new Set() },
    ...game.around,
    counts: { ...Object.fromEntries(counts), ...game.around?.counts },
  }
}

/** The value that a run has for a variable now. */
export function readLive(game: Game, env: Env, id: string): Value | undefined {
  const fact = game.policy.facts.get(id)
  if (fact && !id.includes('.')) return fact.read(env)
  const instance = env.instance ?? env.state.procedures[env.state.procedures.length - 1]
  if (fact) return fact.read({ ...env, instance })
  return game.lens.reader(id)?.(env)
}

/** The wished value of a variable, else an ordinary one of its type; undefined when it is wished to be absent. */
export function valueFor(
  game: Game,
  env: Env,
  wishes: Wishes,
  id: string,
  shape: TypeShape,
): Value | undefined {
  const cut = wishes.get(id)
  if (cut?.kind === 'absent') return undefined
  const wished = cut && valueOfCut(cut, (other) => readLive(game, env, other))
  return wished ?? game.usual?.(env, id, shape) ?? ordinary(game, env.day, shape)
}

/** An ordinary value of a type. */
export function ordinary(game: Game, day: Day, shape: TypeShape): Value {
  switch (shape.type) {
    case 'money':
      return 100_000_000
    case 'number':
      return 1
    case 'ratio':
      return { n: 10, d: 100 }
    case 'boolean':
      return true
    case 'choice':
      return Object.keys(shape.options ?? { 甲: '甲' })[0]!
    case 'set':
      return []
    case 'list':
      return [rowOf(game, day, shape)]
    case 'day':
      return addDays(day, 30)
    case 'year':
      return game.planYear
    case 'period':
      return String(game.planYear)
    case 'permit':
      return { from: addDays(day, -30), to: addDays(day, 4_000) }
    case 'text':
    case 'organisation':
    case 'person':
    case 'project':
      return '甲'
  }
}

function rowOf(game: Game, day: Day, shape: TypeShape): Record<string, string | number | boolean> {
  if (!shape.columns) return { name: '甲' }
  return Object.fromEntries(
    Object.entries(shape.columns).map(([column, rule]) => {
      const value = ordinary(game, day, rule)
      return [column, typeof value === 'object' ? '甲' : value]
    }),
  )
}

/** A value as a command states it. */
export function rawOf(shape: TypeShape, value: Value): unknown {
  if (shape.type === 'money' && typeof value === 'number') return { fen: value }
  if (shape.type !== 'list' || !Array.isArray(value)) return value
  return value.map((row) =>
    typeof row === 'string'
      ? row
      : Object.fromEntries(
          Object.entries(row).map(([column, cell]) => [
            column,
            shape.columns?.[column]?.type === 'money' ? { fen: cell } : cell,
          ]),
        ),
  )
}
