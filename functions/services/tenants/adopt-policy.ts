import { sha256 } from '../../../db/canonical.ts'
import { DatabaseError } from '../../../db/database.ts'
import {
  type Act,
  insertAnswer,
  ledgerStatements,
  positionOf,
  positionStatement,
  writeLedger,
} from '../../../db/ledger.ts'
import { sql, text } from '../../../db/statement.ts'
import { append } from '../../../db/tenant/append.ts'
import { lookAgainEverywhere } from '../../../db/tenant/projections.ts'
import type { Deps } from '../../deps.ts'
import { retried } from '../commit.ts'
import { type PlatformContext, shanghaiDay } from '../context.ts'
import { answerRow, enterPlatform, eventActor, requireKey } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { checkedPolicy, effectiveDay } from './checked-policy.ts'
import { organisationRows, organisationsFor } from './planned-organisations.ts'
import { regulationAdopted } from './regulation-text.ts'
import { transferProjects } from './transfer-projects.ts'

/** A further version of a tenant's policy. */
export interface PolicyPlan {
  tenant: string
  text: string
  file: string
  effectiveOn?: string
  /** What the regulation itself says, where it is at hand. */
  regulation?: string
}

export interface AdoptedVersion {
  tenant: string
  hash: string
  effectiveOn: string
  title: string
  number: string | null
  /** Organisations made for parties that no organisation held before. */
  organisations: { id: string; name: string; parties: string[] }[]
}

/**
 * Adopts a further version: projects that are not bound yet follow it from its day, bound ones keep theirs unless its
 * transition takes them (§15). Platform
 * administrators only. Throws `policy-refused` with every problem.
 */
export async function adoptPolicy(ctx: PlatformContext, plan: PolicyPlan): Promise<AdoptedVersion> {
  return retried(async () => {
    const entry = await enterPlatform<AdoptedVersion>(
      ctx,
      (actor) => actor.role === 'platform-administrator',
      [sql`SELECT id FROM tenants WHERE id = ${plan.tenant}`],
    )
    requireKey(ctx)
    if (entry.answered) return entry.answered
    if (!entry.rows[0]?.length) throw notFound()
    const act: Act = { at: ctx.now, actor: eventActor(entry.actor), requestId: ctx.requestId }
    const adopted = await adoptInTenant(ctx.deps, act, plan)
    const answer = insertAnswer(answerRow(ctx, entry.actor, adopted), ctx.now)
    const version = await versionStatements(ctx.deps, act, plan, adopted)
    try {
      await writeLedger(ctx.db, [answer, ...version, ...entry.touch])
    } catch (error) {
      if (error instanceof DatabaseError && error.violates('policies.')) throw taken()
      throw error
    }
    await transferProjects(ctx.deps, plan.tenant, MOVED_AT_ONCE)
    return adopted
  })
}

/** Running projects looked at in the request that adopts; the sweep goes on with the rest. */
const MOVED_AT_ONCE = 500

/** Checks the text and enters it in the tenant's own database; the same version again changes nothing. */
export async function adoptInTenant(deps: Deps, act: Act, plan: PolicyPlan): Promise<AdoptedVersion> {
  const document = await checkedPolicy(plan.text, plan.file, deps)
  if (document.policy.jurisdiction.id !== plan.tenant)
    throw new AppError('malformed', `这是 ${document.policy.jurisdiction.id} 的办法, 不是 ${plan.tenant} 的`)
  const hash = sha256(plan.text)
  const effectiveOn = effectiveDay(document, plan.effectiveOn)
  const db = deps.databases.tenant(plan.tenant)
  const [versions = [], held = [], position] = await db.read([
    sql`SELECT hash, effective_on FROM policies WHERE hash = ${hash} OR effective_on = ${effectiveOn}`,
    sql`SELECT DISTINCT party FROM organisation_parties`,
    positionStatement('directory'),
  ])
  const parties = new Set(held.map((row) => text(row, 'party')))
  const organisations = organisationsFor(document, deps.newId).filter(
    (one) => !one.unit && !one.parties.some((party) => parties.has(party)),
  )
  const { title, number } = document.policy
  const adopted: AdoptedVersion = {
    tenant: plan.tenant,
    hash,
    effectiveOn,
    title,
    number: number ?? null,
    organisations: organisations.map(({ id, name, parties: own }) => ({ id, name, parties: own })),
  }
  const known = versions[0]
  if (known && text(known, 'hash') === hash && text(known, 'effective_on') === effectiveOn) return adopted
  if (known) throw taken()
  const today = shanghaiDay(act.at)
  const regulation = regulationAdopted(hash, plan, act)
  await append(db, {
    act,
    others: [
      {
        stream: 'directory',
        position: positionOf(position?.[0]),
        action: 'adopt-policy',
        events: [{ type: 'policy-adopted', on: today, payload: adopted }],
      },
      ...regulation.others,
    ],
    projections: [
      sql`INSERT INTO policies (hash, effective_on, text, adopted_at)
        VALUES (${hash}, ${effectiveOn}, ${plan.text}, ${act.at.toISOString()})`,
      ...(organisations.length
        ? organisationRows(
            organisations.map((one) => ({ ...one, serves: [] })),
            act.at,
          )
        : []),
      ...regulation.projections,
      lookAgainEverywhere(today),
    ],
  })
  return adopted
}

/** What enters the version in the control database. */
export async function versionStatements(deps: Deps, act: Act, plan: PolicyPlan, adopted: AdoptedVersion) {
  const stream = `tenant:${plan.tenant}`
  const [heads] = await deps.databases.control().read([positionStatement(stream)])
  const { hash, effectiveOn, title, number } = adopted
  const event = { type: 'policy-adopted', on: shanghaiDay(act.at), payload: adopted }
  return [
    sql`INSERT INTO policies (tenant_id, hash, effective_on, title, number, text, adopted_at, adopted_by) VALUES (${plan.tenant},
      ${hash}, ${effectiveOn}, ${title}, ${number}, ${plan.text}, ${act.at.toISOString()}, ${act.actor.user})`,
    ...ledgerStatements(act, [
      { stream, position: positionOf(heads?.[0]), action: 'adopt-policy', events: [event] },
    ]).statements,
  ]
}

function taken(): AppError {
  return new AppError('taken', '已有这一文本, 或已有自这一天施行的版本')
}
