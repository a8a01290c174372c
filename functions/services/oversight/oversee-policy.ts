import { sql, text } from '../../../db/statement.ts'
import type { RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { notFound } from '../errors.ts'
import { type PolicyView, viewOf } from '../tenants/read-policy.ts'
import { enterOverseer } from './oversee-scope.ts'

/** A version of the policy of a jurisdiction below, as its author wrote it; two round trips. */
export async function overseePolicy(
  ctx: RequestContext,
  asked: { jurisdiction: string; hash: string },
): Promise<Omit<PolicyView, 'versions'>> {
  const { overseen } = await enterOverseer(ctx, asked.jurisdiction)
  const tenant = overseen.find(({ id }) => id === asked.jurisdiction)
  if (!tenant) throw notFound()
  const [rows = []] = await databaseOf(ctx, undefined).read([
    sql`SELECT effective_on, text FROM policies WHERE tenant_id = ${tenant.id} AND hash = ${asked.hash}`,
  ])
  if (!rows[0]) throw notFound()
  const version = {
    hash: asked.hash,
    effectiveOn: text(rows[0], 'effective_on'),
    text: text(rows[0], 'text'),
  }
  return viewOf(ctx.deps.policies.compiled(tenant.id, version))
}
