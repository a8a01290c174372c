import { type Day, dayOf, yearOf } from '../../values/day.ts'
import { textOf } from '../compile/compile.ts'
import type { ProcedureRule } from '../model.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import { playBatches } from './batch-play.ts'
import { meeting, pairwise, type Universe, universeOf } from './classes.ts'
import { climb } from './climb.ts'
import type { Cut } from './cuts.ts'
import type { Lens, Variable } from './lens.ts'
import type { Game, Wishes } from './play-values.ts'
import { type Plan, Player } from './player.ts'
import { type Ending, playToEnd } from './rescue.ts'
import { missesWindow, standstillOf } from './standstill.ts'
import { reachTargets } from './targets.ts'

/** A run that got stuck. */
export interface Stuck {
  plan: Plan
  game: Game
  ending: Ending
  key: string
}

/** Plans kept for each step, to be played again with another turn. */
const MOST_PLANS = 4
const MOST_ROWS = 40
/** After so many runs that got stuck, further ones are given few ways out: they are most likely of the same kind. */
const MOST_STANDSTILLS = 8
const FEW_BRANCHES = 10
/** Windows of a plan year may ask for steps years ahead; a run that misses one begins so much earlier. */
const YEARS_EARLIER = 3

/**
 * Plays projects of many classes to their ends: for each track a best run, every single change of it, pairs of changes,
 * every outcome, every missed due day, every procedure. What is met on the way is kept for the report.
 */
export class Liveness {
  readonly lens: Lens
  readonly universe: Universe
  readonly game: Game
  /** For each step and `step.outcome` that was executed, plans in which it was. */
  readonly executed = new Map<string, Plan[]>()
  readonly stuck = new Map<string, Stuck>()
  readonly bases = new Map<string, Plan>()
  plays = 0
  private standstills = 0

  /** `game` is what the runs are played with otherwise than for a proof. */
  constructor(lens: Lens, game: Partial<Game> = {}) {
    this.lens = lens
    this.universe = universeOf(lens)
    const planYear = planYearOf(lens)
    this.game = {
      lens,
      policy: lens.original,
      domains: this.universe.domains,
      planYear,
      start: dayOf(planYear - 1, 1, 5),
      ...game,
    }
  }

  explore(): void {
    for (const [track, combinations] of this.universe.tracks) {
      const { best, kept } = climb(this, combinations[0]!)
      this.bases.set(track, best)
      this.play({ ...best, optional: 'eager' })
      this.play({ ...best, optional: 'late' })
      this.spread(track, combinations, kept)
    }
    for (const rule of this.lens.policy.procedures.values()) if (rule.on !== 'batch') this.procedure(rule)
    this.turns()
    reachTargets(this)
    this.turns()
    for (const id of playBatches(this.game, this.executed)) this.note(id)
  }

  play(plan: Plan): Ending {
    this.plays += 1
    const player = new Player(this.game, plan)
    const most = this.standstills > MOST_STANDSTILLS ? FEW_BRANCHES : undefined
    let ending = playToEnd(player, most)
    let game = this.game
    if (!ending.settled && missesWindow(player, ending)) {
      game = { ...game, start: earlier(game.start) }
      const again = playToEnd(new Player(game, plan))
      if (again.settled) ending = again
    }
    for (const id of ending.executed) this.note(id, plan)
    if (!ending.settled) this.standstills += 1
    if (!ending.settled) this.noteStuck({ plan, game, ending, key: standstillOf(player, ending) })
    return ending
  }

  private note(id: string, plan?: Plan): void {
    const plans = this.executed.get(id) ?? []
    if (plan && plans.length < MOST_PLANS) plans.push(plan)
    this.executed.set(id, plans)
  }

  private noteStuck(stuck: Stuck): void {
    if (stuck.key !== '' && !this.stuck.has(stuck.key)) this.stuck.set(stuck.key, stuck)
  }

  /** Variables that bear on a project without any procedure. */
  mainVariables(): Variable[] {
    return this.universe.variables.filter((variable) => ownerOf(this.lens, variable) === undefined)
  }

  /** Every pair of values that do not end a project early, over the ways into the track in turn. */
  private spread(track: string, combinations: Wishes[], kept: Map<string, Cut[]>): void {
    const base = this.bases.get(track)!
    const free = [...kept].filter(([, cuts]) => cuts.length > 1)
    const rows = pairwise(free.map(([, cuts]) => cuts.length)).slice(0, MOST_ROWS)
    const turns = Math.max(rows.length, combinations.length)
    for (let n = 0; n < turns; n += 1) {
      const wishes = new Map([...base.wishes, ...combinations[n % combinations.length]!])
      const row = rows[n % rows.length] ?? []
      free.forEach(([id, cuts], i) => wishes.set(id, cuts[row[i]!]!))
      this.play({ wishes, optional: n % 2 === 0 ? 'none' : 'eager' })
    }
  }

  /** Starts a procedure in the best run of some track, with every pair of values of what it looks at. */
  private procedure(rule: ProcedureRule): void {
    const own = this.universe.variables.filter((variable) => ownerOf(this.lens, variable) === rule.id)
    const first = this.lens.policy.steps[rule.steps[0] ?? -1]
    if (!first) return
    const domains = own.map((variable) => this.universe.domains.get(variable.id)!)
    const rows = pairwise(domains.map((cuts) => cuts.length)).slice(0, MOST_ROWS)
    for (const base of this.bases.values()) {
      for (const row of rows) {
        const wishes = new Map(base.wishes)
        own.forEach((variable, i) => wishes.set(variable.id, domains[i]![row[i]!]!))
        this.play({ wishes, optional: 'none', procedure: rule.id })
      }
      if (this.executed.has(first.id)) return
    }
  }

  /** Takes every outcome once, and misses every due day that has consequences, until nothing new comes of it. */
  private turns(): void {
    const done = new Set<string>()
    for (let grown = true; grown; ) {
      grown = false
      for (const step of this.lens.policy.steps) {
        const plans = this.executed.get(step.id)
        if (!plans) continue
        for (const outcome of step.outcomes) {
          const id = `${step.id}.${outcome.id}`
          if (this.executed.has(id) || done.has(id)) continue
          done.add(id)
          const turn = (plan: Plan): Plan => ({
            ...plan,
            outcomes: { ...plan.outcomes, [step.id]: outcome.id },
          })
          grown = this.takeTurn(this.suited(plans, step, outcome), turn, id) || grown
        }
        if (!step.dues.some((due) => due.missed) || done.has(`${step.id}!`)) continue
        done.add(`${step.id}!`)
        grown = this.takeTurn(plans, (plan) => ({ ...plan, late: step.id }), step.id) || grown
      }
    }
  }

  /** The plans, and one of them changed so that the outcome's own condition holds. */
  private suited(plans: Plan[], step: Step, outcome: OutcomeRule): Plan[] {
    const condition = textOf(this.lens.document, step).outcomes?.[outcome.id]?.when
    if (!condition) return plans
    const wishes = meeting(this.lens, { condition, scope: { step: step.id, procedure: step.procedure } })
    return [
      ...plans.slice(0, MOST_PLANS - 1),
      { ...plans[0]!, wishes: new Map([...plans[0]!.wishes, ...wishes]) },
    ]
  }

  private takeTurn(plans: Plan[], turn: (plan: Plan) => Plan, wanted: string): boolean {
    const before = this.executed.size
    for (const plan of [...plans].slice(0, MOST_PLANS)) if (this.play(turn(plan)).executed.has(wanted)) break
    return this.executed.size > before
  }
}

/** The procedure in which alone a variable matters, if any. */
function ownerOf(lens: Lens, variable: Variable): string | undefined {
  if (variable.procedure) return variable.procedure
  if (variable.step === undefined) return undefined
  return lens.policy.steps[lens.policy.stepIndex.get(variable.step)!]?.procedure
}

function earlier(day: Day): Day {
  return dayOf(yearOf(day) - YEARS_EARLIER, 1, 5)
}

/** A year for which all parameters are known, else an ordinary one. */
function planYearOf(lens: Lens): number {
  const years = Object.values(lens.document.parameters ?? {}).map((one) =>
    Object.keys(one.values).map(Number),
  )
  const shared = (years[0] ?? []).filter((year) => years.every((list) => list.includes(year)))
  return shared.sort((a, b) => b - a)[0] ?? 2027
}
