import { decide } from '../../case/decide.ts'
import { openCase } from '../../case/open.ts'
import type { Day } from '../../values/day.ts'
import type { Command } from '../command.ts'
import { applies } from '../engine/applies.ts'
import { lookAt } from '../engine/environment.ts'
import { lookStep, type StepLook } from '../engine/survey.ts'
import { tick } from '../engine/tick.ts'
import type { Env, Outside } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { CaseState, ProcedureState } from '../state.ts'
import { type Game, outsideOf, rawOf, valueFor, type Wishes } from './play-values.ts'

/** Where a run stands. Branches copy it. */
export interface Node {
  state: CaseState
  day: Day
  wishes: Wishes
  moves: Moves | undefined
  /** Steps and `step.outcome`s that were executed. */
  executed: Set<string>
  /** What has been tried once and is not tried again. */
  used: Set<string>
  /** Why steps were refused since something last moved. */
  refusals: Map<string, Finding[]>
  settled: boolean
}

interface Moves {
  move: Move
  before: Moves | undefined
}

export interface Move {
  on: Day
  command: Command
}

/** What was done on the way to a node, oldest first. */
export function movesOf(node: Node): Move[] {
  const list: Move[] = []
  for (let at = node.moves; at; at = at.before) list.unshift(at.move)
  return list
}

/** A step as it stands, in its procedure's instance and part. */
export interface Look {
  env: Env
  look: StepLook
}

/** A step of the case, in the instance of a procedure or in a part. */
interface Place {
  index: number
  instance?: string
  part?: string
}

/** The table at which one case is played: its state, looks at it, and acts on it. */
export class PlayTable {
  readonly game: Game
  readonly outside: Outside
  private seen: { state: CaseState; day: Day; env: Env } | undefined

  constructor(game: Game, wishes: Wishes) {
    this.game = game
    this.outside = outsideOf(game, wishes)
  }

  /** A project of the wished class, on its first day; facts that are given stay as they are. */
  opened(wishes: Wishes, given: Record<string, unknown> = {}): Node {
    const facts: Record<string, unknown> = { ...given }
    let state = this.open(facts)
    for (let pass = 0; pass < 2; pass += 1) {
      const env = lookAt(this.game.policy, state, this.outside, this.game.start)
      this.declare(env, wishes, facts)
      state = this.open(facts)
    }
    return {
      state,
      day: this.game.start,
      wishes,
      moves: undefined,
      executed: new Set(),
      used: new Set(),
      refusals: new Map(),
      settled: false,
    }
  }

  private open(facts: Record<string, unknown>): CaseState {
    const opened = openCase(this.game.policy, { id: 'check', facts }, this.outside, this.game.start)
    if (!opened.ok) throw new Error('values made by their types can be read by their types')
    return opened.state
  }

  /** The facts that a unit states at declaration. */
  private declare(env: Env, wishes: Wishes, facts: Record<string, unknown>): void {
    const { policy } = this.game
    for (const [id, text] of Object.entries(policy.document.facts)) {
      const rule = policy.facts.get(id)!
      if (rule.computed || rule.from.length > 0 || id in facts) continue
      if ((rule.optional && !wishes.has(id)) || (rule.when && rule.when.test(env) !== 1)) continue
      const shape = { type: rule.type, options: text.options, columns: text.columns }
      const value = valueFor(this.game, env, wishes, id, shape)
      if (value !== undefined) facts[id] = rawOf(shape, value)
    }
  }

  /** Carries out a command; false, with the reasons kept, when it is refused. */
  act(node: Node, command: Command, step: string): boolean {
    const result = decide(this.game.policy, node.state, command, this.outside, node.day, { solo: true })
    if (!result.ok) {
      node.refusals.set(
        step,
        result.findings.filter((one) => one.level === 'block'),
      )
      return false
    }
    for (const event of result.events)
      if (event.type === 'executed') this.noteExecuted(node, event.step, event.outcome)
    node.state = result.state
    node.moves = { move: { on: node.day, command }, before: node.moves }
    node.refusals = new Map()
    return true
  }

  private noteExecuted(node: Node, id: string, outcome: string): void {
    node.executed.add(id)
    node.executed.add(`${id}.${outcome}`)
    const { policy } = this.game
    const step = policy.steps[policy.stepIndex.get(id)!]!
    const listed = step.outcomes.find((one) => one.id === outcome)?.effects.enlists
    if (!listed) return
    node.executed.add(listed.step)
    if (listed.outcome) node.executed.add(`${listed.step}.${listed.outcome}`)
  }

  /** The case as it is on the day, with what has followed from missed due days. */
  env(node: Node): Env {
    if (this.seen?.state === node.state && this.seen.day === node.day) return this.seen.env
    const { policy } = this.game
    const state = tick(policy, node.state, node.day, this.outside)
    const env = lookAt(policy, state, this.outside, node.day)
    this.seen = { state: node.state, day: node.day, env }
    return env
  }

  /** Every step of the case, those of running procedures first. */
  places(node: Node): Place[] {
    const { policy } = this.game
    const { state } = this.env(node)
    const running = state.procedures.filter((one) => !one.result)
    const inner = running.flatMap((one) =>
      policy.procedures.get(one.procedure)!.steps.map((index) => ({ index, instance: one.id })),
    )
    const main = policy.main.flatMap((index): Place[] => {
      const { each } = policy.steps[index]!
      return each === undefined
        ? [{ index }]
        : (state.parts[each] ?? []).map((part) => ({ index, part: part.id }))
    })
    return [...inner, ...main]
  }

  /** The step at a place as it stands now; undefined when its procedure has ended. */
  lookAt(node: Node, place: Place): Look | undefined {
    const { policy } = this.game
    const base = this.env(node)
    const step = policy.steps[place.index]!
    if (place.part !== undefined) {
      const env = { ...lookAt(policy, base.state, this.outside, node.day), part: place.part }
      return { env, look: lookStep(env, step) }
    }
    if (place.instance === undefined) return { env: base, look: lookStep(base, step) }
    const instance = base.state.procedures.find((one) => one.id === place.instance)
    if (!instance || instance.result) return undefined
    const env = this.within(node, instance)
    return { env, look: lookStep(env, step) }
  }

  /** Whether a step of the main procedure is done or does not apply, which needs no closer look. */
  isIdle(node: Node, place: Place): boolean {
    if (place.part !== undefined || place.instance !== undefined) return false
    const env = this.env(node)
    const step = this.game.policy.steps[place.index]!
    const own = env.state.steps[step.id]
    return own?.done && !step.repeatEach ? own.demands.length === 0 : applies(env, step) === 0
  }

  within(node: Node, instance: ProcedureState): Env {
    return lookAt(this.game.policy, this.env(node).state, this.outside, node.day, instance)
  }

  looks(node: Node): Look[] {
    return this.places(node).flatMap((place) => this.lookAt(node, place) ?? [])
  }
}
