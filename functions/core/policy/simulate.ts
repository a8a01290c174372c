import { standing } from '../case/standing.ts'
import type { Standing } from '../case/standing-view.ts'
import type { Calendar } from '../values/workdays.ts'
import type { Policy } from './model.ts'
import type { Finding } from './model-finding.ts'
import { ScenarioWorld } from './play/scenario-world.ts'
import type { Scenario } from './scenario.ts'
import type { CaseState } from './state.ts'

export interface PlayedEvent {
  on: string
  step?: string
  project?: string
  accepted: boolean
  /** False when a joint step still awaits a party. */
  complete?: boolean
  awaiting?: string[]
  findings: Finding[]
}

export interface Simulation {
  events: PlayedEvent[]
  state: Standing
  projects?: Record<string, Standing>
}

/** Plays dated events through the engine: each is accepted or refused with findings; then the final state (§20). */
export function simulate(policy: Policy, scenario: Scenario, calendar: Calendar): Simulation {
  const world = new ScenarioWorld(policy, scenario, calendar)
  const events = (scenario.events ?? []).map((event) => world.play(event))
  const day = scenario.on ?? world.day
  const look = (state: CaseState): Standing => standing(policy, state, world.around(day, state), day)
  return {
    events,
    state: look(world.main),
    ...(scenario.projects
      ? { projects: Object.fromEntries([...world.projects].map(([id, state]) => [id, look(state)])) }
      : {}),
  }
}
