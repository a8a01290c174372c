import { addDays } from '../../values/day.ts'
import type { Node } from '../check/play-table.ts'
import type { Game, Wishes } from '../check/play-values.ts'
import { type Plan, Player } from '../check/player.ts'
import type { Command } from '../command.ts'
import type { CaseState } from '../state.ts'

/** Takes its time: some days go by after each act. */
class Paced extends Player {
  private readonly paceDays: number

  constructor(game: Game, plan: Plan, paceDays: number) {
    super(game, plan)
    this.paceDays = paceDays
  }

  override act(node: Node, command: Command, step: string): boolean {
    const done = super.act(node, command, step)
    if (done) node.day = addDays(node.day, this.paceDays)
    return done
  }
}

/** Plays from the first day of a project whose facts are partly stated. */
export class Beginning extends Paced {
  private readonly facts: Record<string, unknown>

  constructor(game: Game, wishes: Wishes, facts: Record<string, unknown>, paceDays: number) {
    super(game, { wishes, optional: 'none' }, paceDays)
    this.facts = facts
  }

  override begin(): Node {
    return this.opened(this.plan.wishes, this.facts)
  }
}

/** Plays on from where a project stands. */
export class Continuing extends Paced {
  private readonly state: CaseState

  constructor(game: Game, wishes: Wishes, state: CaseState, paceDays: number) {
    super(game, { wishes, optional: 'none' }, paceDays)
    this.state = state
  }

  override begin(): Node {
    return {
      state: this.state,
      day: this.game.start,
      wishes: this.plan.wishes,
      moves: undefined,
      executed: new Set(
        Object.entries(this.state.steps).flatMap(([id, { runs }]) =>
          runs.flatMap((run) => [id, `${id}.${run.outcome}`]),
        ),
      ),
      used: new Set(),
      refusals: new Map(),
      settled: false,
    }
  }
}
