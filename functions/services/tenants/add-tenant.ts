import { canonical, sha256 } from '../../../db/canonical.ts'
import { DatabaseError } from '../../../db/database.ts'
import { type Act, insertAnswer, ledgerStatements, START, writeLedger } from '../../../db/ledger.ts'
import { schemaHash } from '../../../db/migrate.ts'
import { sql } from '../../../db/statement.ts'
import { TENANT_MIGRATIONS } from '../../../db/tenant/migrations.ts'
import { retried } from '../commit.ts'
import { type PlatformContext, shanghaiDay } from '../context.ts'
import { answerRow, enterPlatform, eventActor, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { enterTenant, type ProvisionedTenant, provisionTenant, type TenantPlan } from './provision-tenant.ts'

/** Adds a tenant: policy checked, database made, entered in the control database. Platform administrators only. */
export async function addTenant(caller: PlatformContext, plan: TenantPlan): Promise<ProvisionedTenant> {
  const ctx = withoutSecret(caller, plan)
  return retried(async () => {
    const entry = await enterPlatform<ProvisionedTenant>(
      ctx,
      (actor) => actor.role === 'platform-administrator',
    )
    requireKey(ctx)
    if (entry.answered) return entry.answered
    const act: Act = { at: ctx.now, actor: eventActor(entry.actor), requestId: ctx.requestId }
    const tenant = await provisionTenant(ctx.deps, act, plan, async (id) => isTaken(ctx, id))
    await writeTaken(ctx, [
      insertAnswer(answerRow(ctx, entry.actor, tenant), ctx.now),
      ...controlStatements(tenant, plan, act),
      ...entry.touch,
    ])
    return tenant
  })
}

/** What enters a provisioned tenant in the control database, with its event and audit entry. */
export function controlStatements(tenant: ProvisionedTenant, plan: TenantPlan, act: Act) {
  const event = { type: 'tenant-added', on: shanghaiDay(act.at), payload: tenant }
  const stream = { stream: `tenant:${tenant.id}`, position: START, action: 'add-tenant', events: [event] }
  return [
    ...enterTenant(tenant, plan, act, schemaHash(TENANT_MIGRATIONS)),
    ...ledgerStatements(act, [stream]).statements,
  ]
}

async function isTaken(ctx: PlatformContext, id: string): Promise<boolean> {
  const [rows] = await ctx.db.read([sql`SELECT 1 AS one FROM tenants WHERE id = ${id}`])
  return rows?.length === 1
}

async function writeTaken(
  ctx: PlatformContext,
  statements: Parameters<typeof writeLedger>[1],
): Promise<void> {
  try {
    await writeLedger(ctx.db, statements)
  } catch (error) {
    if (error instanceof DatabaseError && error.violates('tenants.id'))
      throw new AppError('taken', '已有这一租户')
    throw error
  }
}

/** The key with a request hash that says nothing of the password. */
function withoutSecret(ctx: PlatformContext, plan: TenantPlan): PlatformContext {
  const { administrator, ...rest } = plan
  const asked = canonical(['add-tenant', rest, administrator.login, administrator.name])
  return { ...ctx, idempotency: ctx.idempotency && { key: ctx.idempotency.key, request: sha256(asked) } }
}
