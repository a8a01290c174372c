import { type Act, Conflict } from '../../../db/ledger.ts'
import { optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { append } from '../../../db/tenant/append.ts'
import { lookAgainEverywhere } from '../../../db/tenant/projections.ts'
import { countingOf } from '../../core/case/fold-log.ts'
import { staysBecause, transferEvent, transferState } from '../../core/case/transition.ts'
import type { CaseState } from '../../core/policy/state.ts'
import type { Deps } from '../../deps.ts'
import { seededCalendar } from '../calendar.ts'
import { logStatement, type WrittenEvent, writtenEventOf } from '../cases/case-log.ts'
import {
  type LoadedProject,
  type LoadedUnit,
  outsideOf,
  projectOf,
  projectsStatement,
  SURROUNDINGS,
  type Surroundings,
  surroundingStatements,
  surroundingsOf,
  unitsOf,
  unitsStatement,
  versionFor,
} from '../cases/case-reads.ts'
import { mustReadAgain, type OtherCases, otherCasesOf, othersOf, withCounts } from '../cases/other-cases.ts'
import { writeCase } from '../cases/write-case.ts'
import { shanghaiDay } from '../context.ts'
import type { AdoptedPolicy } from './policies.ts'

const CHUNK = 25
const DONE = '~'

/** Running projects with their logs and all that they are looked at by, as one read gives them. */
export interface ProjectsAtHand {
  around: Surroundings
  projects: { project: LoadedProject; unit: LoadedUnit | undefined; log: WrittenEvent[] }[]
  others: OtherCases | undefined
}

/** Statements for running projects after an id, in the order of their ids; read their rows with `projectsAtHand`. `counts`: a version that is not adopted yet counts over others. */
export function runningStatements(
  home: { deps: Deps; tenant: string },
  after: string,
  limit: number,
  counts?: boolean,
): Statement[] {
  const page = sql`SELECT id FROM projects WHERE id > ${after} AND ended IS NULL ORDER BY id LIMIT ${limit}`
  return [
    projectsStatement(sql`p.id IN (${page})`),
    unitsStatement(sql`SELECT DISTINCT organisation_id AS id FROM projects WHERE id IN (${page})`),
    ...surroundingStatements(home, undefined, page),
    logStatement(sql`SELECT 'project:' || id FROM (${page})`),
    sql`SELECT id, name FROM organisations`,
    ...othersOf(home, page, counts),
  ]
}

/** What `runningStatements` found; undefined when it must be read again, now that the versions are known. */
export function projectsAtHand(
  home: { deps: Deps; tenant: string },
  rows: readonly Row[][],
): ProjectsAtHand | undefined {
  const units = unitsOf(rows[1])
  const around = surroundingsOf(home, rows.slice(2, 2 + SURROUNDINGS))
  const [events = [], organisations = [], ...counted] = rows.slice(2 + SURROUNDINGS)
  for (const row of organisations) around.holders.named.set(text(row, 'name'), text(row, 'id'))
  const others = otherCasesOf(counted)
  if (
    mustReadAgain(
      around.versions.map((one) => one.policy),
      others,
    )
  )
    return undefined
  const logs = new Map<string, WrittenEvent[]>()
  for (const row of events) {
    const stream = text(row, 'stream')
    const log = logs.get(stream)
    if (log) log.push(writtenEventOf(row))
    else logs.set(stream, [writtenEventOf(row)])
  }
  const projects = (rows[0] ?? [])
    .map(projectOf)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((project) => ({
      project,
      unit: units.get(project.organisationId),
      log: logs.get(`project:${project.id}`) ?? [],
    }))
  return { around, projects, others }
}

/**
 * Moves the running projects that versions in force take over (§15), each by an event in its own chain, up to `most`
 * projects; how far it has come is kept, so that it goes on after a crash. Each project is considered once: one that a
 * version leaves in its stage stays with its own for good.
 * @returns how many were moved, and whether some are still to be looked at.
 */
export async function transferProjects(
  deps: Deps,
  tenant: string,
  most = Number.POSITIVE_INFINITY,
): Promise<{ moved: number; more: boolean }> {
  const home = { deps, tenant }
  const db = deps.databases.tenant(tenant)
  const today = shanghaiDay(deps.now())
  const [versions = [], marks = [], adoptions = []] = await db.read([
    deps.policies.statement(tenant),
    sql`SELECT key, value FROM meta WHERE key >= 'transition:' AND key < 'transition;'`,
    sql`SELECT actor, payload ->> 'hash' AS hash FROM events WHERE stream = 'directory' AND type = 'policy-adopted'`,
  ])
  const reached = new Map(
    marks.map((row) => [text(row, 'key').slice('transition:'.length), text(row, 'value')]),
  )
  let looked = 0
  let moved = 0
  for (const next of deps.policies.versions(tenant, versions)) {
    const { transition } = next.policy.document.policy
    if (!transition || next.effectiveOn > today) continue
    const actor = adoptions.find((row) => optionalText(row, 'hash') === next.hash)
    const act: Act = {
      at: deps.now(),
      actor: actor ? JSON.parse(text(actor, 'actor')) : { user: 'system', name: '系统' },
      requestId: deps.newId(),
    }
    for (let after = reached.get(next.hash) ?? ''; after !== DONE; ) {
      if (looked >= most) return { moved, more: true }
      const hand = projectsAtHand(home, await db.read(runningStatements(home, after, CHUNK)))
      if (!hand) continue
      const raced = await moveChunk(deps, tenant, next, act, hand, today, () => moved++)
      looked += hand.projects.length
      if (raced) continue
      after = hand.projects.length < CHUNK ? DONE : hand.projects.at(-1)!.project.id
      await db.write([
        sql`INSERT INTO meta (key, value) VALUES (${`transition:${next.hash}`}, ${after})
          ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        ...(after === DONE && next.policy.counts.length > 0 ? [lookAgainEverywhere(today)] : []),
      ])
    }
  }
  return { moved, more: false }
}

/** Moves those of a chunk that the version takes; says whether one was moved on by somebody else meanwhile. */
async function moveChunk(
  deps: Deps,
  tenant: string,
  next: AdoptedPolicy,
  act: Act,
  hand: ProjectsAtHand,
  today: string,
  count: () => void,
): Promise<boolean> {
  let raced = false
  for (const { project, unit, log } of hand.projects) {
    try {
      const state = takenOver(next, hand, { project, unit, log }, today)
      if (!state) continue
      const { around } = hand
      const plain = outsideOf(next.policy, around, unit, today)
      const self = { organisationId: project.organisationId, state: state.state }
      const outside = withCounts(next.policy, plain, self, hand.others, around, today)
      const at = { now: act.at, today }
      const one = { project, adopted: next, around, unit, outside }
      const written = writeCase(at, one, [state.event], 'transfer', state.state)
      await append(deps.databases.tenant(tenant), {
        act,
        cases: [written.append],
        projections: written.projections,
      })
      count()
    } catch (error) {
      if (error instanceof Conflict) raced = true
      else
        deps.log({
          level: 'error',
          event: 'transfer',
          tenant,
          project: project.id,
          error: String(error).slice(0, 300),
        })
    }
  }
  return raced
}

/** The state of a project under the version that takes it over, with the event; undefined for one that stays. */
function takenOver(
  next: AdoptedPolicy,
  { around }: ProjectsAtHand,
  { project, unit, log }: ProjectsAtHand['projects'][number],
  today: string,
): { state: CaseState; event: ReturnType<typeof transferEvent> } | undefined {
  if (project.state.version === undefined) return undefined
  const own = versionFor(around, project.state, today)
  if (!own || own.hash === next.hash) return undefined
  const outside = outsideOf(own.policy, around, unit, today)
  if (staysBecause(next.policy, own.policy, project.state, outside, today)) return undefined
  const event = transferEvent(next.policy, project.state, today)
  const events = countingOf(log).map((one) => one.event)
  const state = transferState(next.policy, events, event, seededCalendar)
  return state && { state, event }
}
