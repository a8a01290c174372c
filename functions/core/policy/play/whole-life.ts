import { type Day, yearOf } from '../../values/day.ts'
import { formatRatio } from '../../values/ratio.ts'
import type { Calendar } from '../../values/workdays.ts'
import type { FactClass } from '../check/classes.ts'
import type { Cut } from '../check/cuts.ts'
import { Lens } from '../check/lens.ts'
import { Liveness } from '../check/liveness.ts'
import { movesOf } from '../check/play-table.ts'
import type { Game } from '../check/play-values.ts'
import type { Player } from '../check/player.ts'
import { blocksOf, playToEnd } from '../check/rescue.ts'
import { parseValue, type TypeShape } from '../document/literal.ts'
import { spoken } from '../engine/say.ts'
import type { Outside, Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import { type PlayedEvent, simulate } from '../simulate.ts'
import type { Value } from '../state.ts'
import { bestWishes, detoursOf, usual } from './best-wishes.ts'
import { eventOfMove, literalsOf } from './event-of-move.ts'
import { Beginning, Continuing } from './paced-player.ts'
import { ScenarioWorld } from './scenario-world.ts'

/** The rest of a project's life, played as favourably as can be. */
export interface Life {
  /** The project's facts; those that nobody stated are supposed. */
  facts: Record<string, unknown>
  /** What is done after what the scenario holds already. */
  events: ScenarioEvent[]
  /** Whether nothing is owed any more but what comes again every period. */
  settled: boolean
  /** What stands in the way where it is not. */
  stuck: Finding[]
  /** Moves that lead around: returns, procedures within. */
  detours: number
}

/** A project of one of the policy's tracks that can go all the way. */
export interface SampleProject {
  track: string
  title: string
  facts: Record<string, unknown>
}

/**
 * Goes on from what a scenario holds to the end of the project, the shortest way: what is owed is done as soon as it is
 * open, everything in good order. Before the first event the facts that are missing are supposed, so that the way is long.
 */
export function liveOn(policy: Policy, scenario: Scenario, calendar: Calendar, from: Day): Life {
  const events = scenario.events ?? []
  if (events.length === 0) return lifeFrom(policy, scenario.facts ?? {}, calendar, from, scenario)
  const world = new ScenarioWorld(policy, scenario, calendar)
  for (const event of events) world.play(event)
  const day = from > world.day ? from : world.day
  const live = livenessOf(policy, world.around(day, world.main), day, yearOf(day) + 1)
  const given = statedCuts(policy, { ...scenario.facts, ...scenario.unit?.facts })
  const wishes = bestWishes(live, given)
  const { main } = world
  return paced(policy, scenario, calendar, (pace) =>
    lifeOf(live.game, new Continuing(live.game, wishes, main, pace), { ...scenario.facts }),
  )
}

/** Days between two acts; the fewer, the surer no due day is missed. */
const PACES = [9, 4, 0]

/** The life that takes its time without being late, with the fewest detours; else the one in which all is done at once. */
function paced(
  policy: Policy,
  scenario: Scenario,
  calendar: Calendar,
  live: (paceDays: number) => Life,
): Life {
  const before = scenario.events ?? []
  const isLate = (one: PlayedEvent): boolean => one.findings.some(({ code }) => code === 'too-late')
  let best: Life | undefined
  let last: Life | undefined
  for (const pace of PACES) {
    last = live(pace)
    const { facts, events } = last
    const all = { ...scenario, facts, events: [...before, ...events], on: undefined }
    const added = simulate(policy, all, calendar).events.slice(before.length)
    if (!last.settled || added.some((one) => !one.accepted || isLate(one))) continue
    if (!best || last.detours < best.detours) best = last
    if (best.detours === 0) break
  }
  return best ?? last!
}

/** A project for each track of the policy, with the facts by which it goes furthest. */
export function sampleProjects(policy: Policy, calendar: Calendar, from: Day): SampleProject[] {
  const tracks = [...livenessOf(policy, { ...BARE, calendar }, from, yearOf(from) + 1).universe.tracks.keys()]
  return tracks.map((track) => ({
    track,
    title: policy.document.tracks[track]?.title ?? track,
    facts: lifeFrom(policy, {}, calendar, from, {}, track).facts,
  }))
}

const BARE: Omit<Outside, 'calendar'> = { unit: { facts: {}, sanctions: [] } }

/** Of the lives that projects with these facts may have, planned for one year or another, the longest that ends. */
function lifeFrom(
  policy: Policy,
  facts: Record<string, unknown>,
  calendar: Calendar,
  from: Day,
  scenario: Scenario,
  track?: string,
): Life {
  const world = new ScenarioWorld(policy, { ...scenario, facts, events: undefined, on: from }, calendar)
  const given = statedCuts(policy, { ...facts, ...scenario.unit?.facts })
  const years = typeof facts.planYear === 'number' ? [facts.planYear] : [1, 0, 2].map((n) => yearOf(from) + n)
  let best: Life | undefined
  for (const year of years) {
    const live = livenessOf(policy, world.around(from), from, year)
    const wishes = bestWishes(live, given, track)
    const life = paced(policy, scenario, calendar, (pace) =>
      lifeOf(live.game, new Beginning(live.game, wishes, facts, pace), facts),
    )
    if (!best || rank(life) > rank(best)) best = life
    if (best.settled && best.detours === 0) break
  }
  return best!
}

function rank(life: Life): number {
  return life.events.length - 3 * life.detours + (life.settled ? 1_000 : 0)
}

function livenessOf(policy: Policy, around: Outside, start: Day, planYear: number): Liveness {
  return new Liveness(new Lens(policy), { around, start, planYear, usual })
}

/** The facts that a person has stated, as wishes that stay. */
function statedCuts(policy: Policy, facts: Record<string, unknown>): FactClass {
  return new Map(
    Object.entries(facts).flatMap(([id, raw]): [string, Cut][] => {
      const rule = policy.facts.get(id)
      const text = policy.document.facts[id]
      if (!rule || !text || raw === undefined || raw === null) return []
      const parsed = parseValue({ type: rule.type, options: text.options, columns: text.columns }, raw)
      return parsed.ok ? [[id, { kind: 'value', value: parsed.value }]] : []
    }),
  )
}

function lifeOf(game: Game, player: Player, given: Record<string, unknown>): Life {
  const { settled, node } = playToEnd(player)
  const moves = movesOf(node)
  const stuck = settled ? [] : blocksOf(player, node).flatMap(({ findings }) => findings)
  return {
    facts: { ...openedFacts(game, player), ...given },
    events: moves.map(eventOfMove),
    settled,
    stuck: spoken(game.policy, stuck),
    detours: detoursOf(game.policy, moves),
  }
}

/** The facts that a run began with, as people write them. */
function openedFacts(game: Game, player: Player): Record<string, unknown> {
  if (player instanceof Continuing) return {}
  const { state } = player.begin()
  return Object.fromEntries(
    Object.entries({ ...state.unit, ...state.facts }).flatMap(([id, value]) => {
      const rule = game.policy.facts.get(id)
      if (!rule || rule.from.length > 0 || rule.computed) return []
      return [[id, asWritten(rule.type, value)]]
    }),
  )
}

function asWritten(type: TypeShape['type'], value: Value): unknown {
  if (type === 'money' && typeof value === 'number') return literalsOf({ fen: value })
  if (type === 'ratio' && typeof value === 'object' && 'n' in value && 'd' in value)
    return formatRatio({ n: Number(value.n), d: Number(value.d) })
  return value
}
