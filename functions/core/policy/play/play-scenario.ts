import { outline, standing } from '../../case/standing.ts'
import type { Outline, Standing } from '../../case/standing-view.ts'
import type { Calendar } from '../../values/workdays.ts'
import type { Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Scenario, ScenarioEvent } from '../scenario.ts'
import type { PlayedEvent } from '../simulate.ts'
import { ScenarioWorld } from './scenario-world.ts'

/** What the days before an event brought by themselves. */
export interface Brought {
  kind: 'overdue' | 'sanction' | 'reopened' | 'ended'
  title: string
  /** The day on which it came about, where that is known. */
  on?: string
  by?: string[]
  article: string[]
}

/** One event of a scenario as it was played, with what it changed for the project. */
export interface PlayedLine extends PlayedEvent {
  brought: Brought[]
  /** Titles of the stages, where the project moved from one to the other. */
  stage?: { from: string; to: string }
  /** What is owed since then and was not before. */
  owed: { title: string; by: string[]; dueOn?: string }[]
  /** What the file expected of it and did not come: that it be refused, be accepted, or be refused for these reasons. */
  unmet?: 'refused' | 'accepted' | 'reasons'
}

export interface PlayedScenario {
  lines: PlayedLine[]
  /** What is wrong with the facts. */
  findings: Finding[]
  /** How the first project stands on the last day played. */
  standing: Standing
  on: string
}

/** Plays a scenario as `simulate` does, and tells of each event what time had brought until then and what it changed. */
export function playScenario(policy: Policy, scenario: Scenario, calendar: Calendar): PlayedScenario {
  const world = new ScenarioWorld(policy, scenario, calendar)
  const look = (day: string): Outline => outline(policy, world.main, world.around(day, world.main), day)
  let before = look(world.day)
  const lines = (scenario.events ?? []).map((event): PlayedLine => {
    const day = event.on > world.day ? event.on : world.day
    const reached = look(day)
    const played = world.play(event)
    const after = look(day)
    const line = {
      ...played,
      brought: brought(before, reached, policy),
      ...(before.stage === after.stage ? {} : { stage: { from: before.stageTitle, to: after.stageTitle } }),
      owed: newlyOwed(reached, after),
      ...unmetBy(event, played),
    }
    before = after
    return line
  })
  const on = scenario.on && scenario.on > world.day ? scenario.on : world.day
  return {
    lines,
    findings: [...world.openingFindings],
    standing: standing(policy, world.main, world.around(on, world.main), on),
    on,
  }
}

function brought(before: Outline, after: Outline, policy: Policy): Brought[] {
  const late = new Set(before.obligations.filter((one) => one.overdue).map(keyOf))
  const known = new Set(before.sanctions.map((one) => `${one.id} ${one.on}`))
  const done = new Set(before.steps.filter((one) => one.state === 'done').map((one) => one.id))
  return [
    ...after.obligations
      .filter((one) => one.overdue && !late.has(keyOf(one)))
      .map(({ title, dueOn, by, article }) => ({ kind: 'overdue' as const, title, on: dueOn, by, article })),
    ...after.sanctions
      .filter((one) => !known.has(`${one.id} ${one.on}`))
      .map(({ title, on, article }) => ({ kind: 'sanction' as const, title, on, article })),
    ...after.steps
      .filter((one) => one.state !== 'done' && done.has(one.id) && one.reopened)
      .map(({ title, article }) => ({ kind: 'reopened' as const, title, article })),
    ...(after.ended && !before.ended
      ? [
          {
            kind: 'ended' as const,
            title: after.ended.result,
            on: after.ended.on,
            article: endArticle(policy, after),
          },
        ]
      : []),
  ]
}

/** The articles of the steps whose missed day may end a project so. */
function endArticle(policy: Policy, { ended }: Outline): string[] {
  const dues = policy.steps.flatMap((step) => step.dues)
  return dues.filter((due) => due.missed?.ends === ended?.result).flatMap((due) => due.article)
}

/** Whether an event came out as its file says; a file that says nothing is content. */
function unmetBy({ expect }: ScenarioEvent, played: PlayedEvent): Pick<PlayedLine, 'unmet'> {
  if (!expect) return {}
  const refused = expect.refused ?? expect.accepted === false
  if (refused === played.accepted) return { unmet: refused ? 'refused' : 'accepted' }
  const codes = new Set<string>(played.findings.map((one) => one.code))
  const articles = played.findings.flatMap((one) => one.article).join(' ')
  const isAsSaid =
    (expect.codes ?? []).every((one) => codes.has(one)) &&
    (expect.articles ?? []).every((one) => articles.includes(one))
  return isAsSaid ? {} : { unmet: 'reasons' }
}

function newlyOwed(before: Outline, after: Outline): PlayedLine['owed'] {
  const known = new Set(before.obligations.map(keyOf))
  return after.obligations
    .filter((one) => !known.has(keyOf(one)))
    .map(({ title, by, dueOn }) => ({ title, by, ...(dueOn ? { dueOn } : {}) }))
}

function keyOf(one: Outline['obligations'][number]): string {
  return [one.procedure, one.decision ?? one.step, one.part, one.period, one.demand].join('/')
}
