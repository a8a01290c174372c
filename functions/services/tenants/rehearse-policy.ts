import { counted, type Trips } from '../../../db/database.ts'
import { sql } from '../../../db/statement.ts'
import { countingOf } from '../../core/case/fold-log.ts'
import { type Rehearsal, rehearse } from '../../core/case/rehearse.ts'
import { loadPolicy } from '../../core/policy/load.ts'
import type { Policy } from '../../core/policy/model.ts'
import type { Deps } from '../../deps.ts'
import { outsideOf, versionFor } from '../cases/case-reads.ts'
import { withCounts } from '../cases/other-cases.ts'
import { type PlatformContext, shanghaiDay } from '../context.ts'
import { enterPlatform } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { decodeCursor, encodeCursor, type PageRequest } from '../page.ts'
import { effectiveDay } from './checked-policy.ts'
import { projectsAtHand, runningStatements } from './transfer-projects.ts'

/** A version that is not adopted yet, and how much of the running projects to play it on. */
export interface RehearsalPlan extends PageRequest {
  tenant: string
  text: string
  file: string
  effectiveOn?: string
  /** Also those that stay with their own version. */
  all?: boolean
}

/** One running project under the change of rules. */
export interface RehearsedProject extends Rehearsal {
  project: { id: string; title: string; organisationId: string; version: string | null }
}

/** A page of running projects; a page may hold fewer than asked for and still have a next one. */
export interface RehearsalPage {
  effectiveOn: string
  /** The day that the projects are looked at. */
  on: string
  looked: number
  items: RehearsedProject[]
  next: string | null
}

/**
 * Plays a change of rules on the running projects of a tenant, a page of them at a time, without changing anything: which
 * would go over, and what would then be open, owed and due. Platform administrators only.
 */
export async function rehearsePolicy(ctx: PlatformContext, plan: RehearsalPlan): Promise<RehearsalPage> {
  const entry = await enterPlatform(ctx, (actor) => actor.role === 'platform-administrator', [
    sql`SELECT id FROM tenants WHERE id = ${plan.tenant}`,
  ])
  if (!entry.rows[0]?.length) throw notFound()
  return rehearseInTenant(ctx.deps, plan, ctx.trips)
}

/** The same for whoever holds the databases. Throws `policy-refused` when the text does not compile. */
export async function rehearseInTenant(
  deps: Deps,
  plan: RehearsalPlan,
  trips: Trips = { count: 0 },
): Promise<RehearsalPage> {
  const { next, effectiveOn } = versionOf(plan)
  const home = { deps, tenant: plan.tenant }
  const db = counted(deps.databases.tenant(plan.tenant), trips)
  const today = shanghaiDay(deps.now())
  const day = effectiveOn > today ? effectiveOn : today
  const after = decodeCursor(plan.after, 1)?.[0] ?? ''
  const counts = next.counts.length > 0 || undefined
  const read = async () =>
    projectsAtHand(home, await db.read(runningStatements(home, after, plan.limit, counts)))
  const hand = (await read()) ?? (await read())
  if (!hand) throw new AppError('busy', '办法版本刚有变动, 请稍后重试')
  const { around, others } = hand
  const items = hand.projects.flatMap(({ project, unit, log }): RehearsedProject[] => {
    const own = versionFor(around, project.state, day)?.policy
    if (!own) return []
    const surrounded = (policy: Policy) =>
      withCounts(policy, outsideOf(policy, around, unit, day), project, others, around, day)
    const events = countingOf(log).map((one) => one.event)
    const outside = { own: surrounded(own), next: surrounded(next) }
    const result = rehearse(own, next, project.state, events, outside, day)
    if (!result.moves && !plan.all) return []
    const { id, title, organisationId, state } = project
    return [{ project: { id, title, organisationId, version: state.version ?? null }, ...result }]
  })
  const last = hand.projects.at(-1)?.project.id
  const more = hand.projects.length === plan.limit && last !== undefined
  return {
    effectiveOn,
    on: day,
    looked: hand.projects.length,
    items,
    next: more ? encodeCursor([last]) : null,
  }
}

function versionOf(plan: RehearsalPlan): { next: Policy; effectiveOn: string } {
  const { policy, problems } = loadPolicy(plan.text, plan.file)
  if (!policy) throw new AppError('policy-refused', '办法不能读取', { problems })
  const { id } = policy.document.policy.jurisdiction
  if (id !== plan.tenant) throw new AppError('malformed', `这是 ${id} 的办法, 不是 ${plan.tenant} 的`)
  const effectiveOn = effectiveDay(policy.document, plan.effectiveOn)
  return { next: { ...policy, effective: effectiveOn }, effectiveOn }
}
