import { sql, text } from '../../../db/statement.ts'
import type { RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { notFound } from '../errors.ts'
import type { AdoptedPolicy } from '../tenants/policies.ts'
import { type PolicyView, viewOf } from '../tenants/read-policy.ts'
import { type ArticleView, articleIn, articleStatements } from '../tenants/read-regulation.ts'
import { enterOverseer } from './oversee-scope.ts'

/** A version of the policy of a jurisdiction below. */
export interface OverseenVersion {
  jurisdiction: string
  hash: string
}

/** A version as its author wrote it; two round trips. */
export async function overseePolicy(
  ctx: RequestContext,
  asked: OverseenVersion,
): Promise<Omit<PolicyView, 'versions'>> {
  return viewOf(await versionBelow(ctx, asked))
}

/** The regulation's own words for an article, where the jurisdiction has given them; three round trips, one in its database. */
export async function overseeArticle(
  ctx: RequestContext,
  { article, ...asked }: OverseenVersion & { article: string },
): Promise<ArticleView> {
  const version = await versionBelow(ctx, asked)
  return articleIn(
    version,
    article,
    await databaseOf(ctx, asked.jurisdiction).read(articleStatements(article)),
  )
}

async function versionBelow(ctx: RequestContext, asked: OverseenVersion): Promise<AdoptedPolicy> {
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
  return ctx.deps.policies.compiled(tenant.id, version)
}
