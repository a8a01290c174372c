import { createHash } from 'node:crypto'
import { sql } from '../../db/statement.ts'
import { addDays } from '../core/values/day.ts'
import { type Deps, idMaker } from '../deps.ts'
import { refreshBatches } from '../services/batches/refresh-batches.ts'
import { refreshProjects } from '../services/cases/refresh-projects.ts'
import { shanghaiDay } from '../services/context.ts'
import { newToken } from '../services/people/session-token.ts'
import type { Cast, CastMember } from './cast.ts'
import { type DemoTenant, readDemoTenants } from './demo-files.ts'
import { demoPasswordHash, foundPlatform, foundTenant } from './found-demo.ts'
import { openOffice, type Send } from './office.ts'
import { openProject, play, type Scene } from './play.ts'
import { type Schedule, scheduleOf } from './schedule.ts'
import type { StoryAct } from './story.ts'

/** Where the control database keeps that it holds the demo, and for which day it was made. */
export const DEMO_MARK = 'demo'

/** What was made, and every act of a sample that the service did not take. */
export interface SeedReport {
  projects: number
  requests: number
  problems: string[]
}

/** A clock that the seeding sets. */
export interface DemoClock {
  now: Date
}

/**
 * Fills an empty installation: tenants, people, registers, and sample projects played through the service's own routes
 * on days of the past. The same day gives the same demo. `deps` must read the time from `clock`.
 */
export async function seedDemo(
  deps: Deps,
  clock: DemoClock,
  send: Send,
  tenants: readonly DemoTenant[] = readDemoTenants(),
): Promise<SeedReport> {
  const today = shanghaiDay(clock.now)
  const hash = await demoPasswordHash(deps)
  const report: SeedReport = { projects: 0, requests: 0, problems: [] }
  const counting: Send = (request) => {
    report.requests++
    return send(request)
  }
  await foundPlatform(deps, tenants)
  for (const tenant of tenants) await seedTenant(deps, clock, counting, tenant, today, hash, report)
  await deps.databases.control().write([sql`INSERT INTO meta (key, value) VALUES (${DEMO_MARK}, ${today})`])
  return report
}

/** Ids that are the same in every demo of a day; where the clock is set back, for the next tenant, they begin anew. */
export function demoIds(now: () => Date): () => string {
  let drawn = 0
  const draw = (length: number): Uint8Array =>
    new Uint8Array(createHash('sha256').update(`demo ${drawn++}`).digest().subarray(0, length))
  let last = 0
  let make = idMaker(now, draw)
  return () => {
    if (now().getTime() < last) make = idMaker(now, draw)
    last = now().getTime()
    return make()
  }
}

async function seedTenant(
  deps: Deps,
  clock: DemoClock,
  send: Send,
  tenant: DemoTenant,
  today: string,
  hash: string,
  report: SeedReport,
): Promise<void> {
  const schedule = scheduleOf(tenant, today)
  const first = [...schedule.openings, ...schedule.acts].reduce(
    (day, one) => (one.day < day ? one.day : day),
    today,
  )
  clock.now = noon(addDays(first, -30))
  const cast = await foundTenant(deps, tenant, hash)
  const scene: Scene = {
    cast,
    office: await officeIn(deps, clock, send, cast),
    projects: new Map(),
    batches: new Map(),
    files: new Map(),
  }
  for (const act of preparations(tenant, schedule))
    await mustBeTaken(scene, act, `${tenant.id} preparation`, report)
  await playAll(scene, schedule, report)
  clock.now = noon(today)
  await refreshProjects(deps, tenant.id)
  await refreshBatches(deps, tenant.id)
  await deps.databases.tenant(tenant.id).write([
    sql`DELETE FROM sessions`,
    sql`DELETE FROM idempotency`,
    // Nobody's bell rings for what came a quarter ago.
    sql`INSERT INTO notice_preferences (user_id, read_to) SELECT id, ${noon(addDays(today, -90)).toISOString()} FROM users`,
  ])
  report.projects += schedule.openings.length
}

/** Registers filled and windows announced, before anything else. */
function preparations(tenant: DemoTenant, schedule: Schedule): StoryAct[] {
  const { registers, announced } = tenant.demo
  const lists = Object.entries(registers).map(([register, add]) => ({
    register,
    add,
    by: tenant.policy.document.registers![register]!.keptBy,
  }))
  const years = new Set(
    schedule.openings.map(({ project }) => Number(project.facts.planYear)).filter(Boolean),
  )
  const windows = Object.entries(announced).flatMap(([step, { from, to, before }]) => {
    const rule = tenant.policy.steps[tenant.policy.stepIndex.get(step) ?? -1]?.window?.text
    return [...years].map((year) => ({
      announce: step,
      by: String(rule?.announced),
      year,
      from: `${year - before}-${from}`,
      to: `${year - before}-${to}`,
    }))
  })
  return [...lists, ...windows]
}

async function playAll(scene: Scene, schedule: Schedule, report: SeedReport): Promise<void> {
  const failed = new Set<string>()
  const moments = [
    ...schedule.openings.map((opening) => ({ day: opening.day, opening })),
    ...schedule.acts.map((scheduled) => ({ day: scheduled.day, scheduled })),
  ].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  for (const moment of moments) {
    await scene.office.goTo(moment.day)
    if ('opening' in moment) {
      const { sample, project } = moment.opening
      const { status, body } = await openProject(scene, sample, project)
      if (status === 201) continue
      failed.add(sample)
      report.problems.push(`${scene.cast.tenant} ${moment.day} ${sample}: ${JSON.stringify(body)}`)
      continue
    }
    const { sample, act } = moment.scheduled
    if (sample !== undefined && failed.has(sample)) continue
    const items = Array.isArray(act.items)
      ? act.items.filter((one) => !failed.has(one.project ?? ''))
      : act.items
    const where = `${scene.cast.tenant} ${moment.day} ${sample ?? act.batch}`
    const taken = await mustBeTaken(scene, { ...act, project: sample ?? act.project, items }, where, report)
    if (!taken && sample !== undefined) failed.add(sample)
  }
}

async function mustBeTaken(scene: Scene, act: StoryAct, where: string, report: SeedReport): Promise<boolean> {
  const moves = await play(scene, act)
  const refused = moves.find(({ answer }) => answer.status >= 300)
  if (!refused) return true
  const { status, body } = refused.answer
  const said = body.findings?.filter((one) => one.level === 'block').map((one) => one.message)
  const what = `${refused.kind} ${act.step ?? act.procedure ?? act.decide ?? ''} by ${refused.party}`
  report.problems.push(`${where}: ${what}: ${status} ${said?.join('; ') ?? JSON.stringify(body)}`)
  return false
}

/** Sessions are put straight into the database: signing in hundreds of people would only spend time on hashing. */
async function officeIn(deps: Deps, clock: DemoClock, send: Send, cast: Cast) {
  const tokens = new Map<string, string>()
  const far = '9999-01-01T00:00:00.000Z'
  const rows = cast.members.map((member) => {
    const { token, hash } = newToken(cast.tenant, deps.randomBytes)
    tokens.set(member.id, token)
    return sql`INSERT INTO sessions (token_hash, user_id, seen_at, ends_at, created_at) VALUES (${hash}, ${member.id},
      ${far}, ${far}, ${clock.now.toISOString()})`
  })
  await deps.databases.tenant(cast.tenant).write(rows)
  let day = ''
  let minute = 0
  let keys = 0
  return openOffice({
    base: 'http://localhost',
    send,
    newKey: () => `demo-${++keys}`,
    token: async (member: CastMember) => tokens.get(member.id)!,
    day: () => day,
    async goTo(wanted) {
      minute = wanted === day ? minute + 1 : 0
      day = wanted
      clock.now = new Date(Date.parse(`${day}T01:00:00.000Z`) + minute * 60_000)
    },
  })
}

function noon(day: string): Date {
  return new Date(`${day}T04:00:00.000Z`)
}
