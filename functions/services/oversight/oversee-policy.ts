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

/** A version as its author wrote it; one round trip. */
export async function overseePolicy(
  ctx: RequestContext,
  asked: OverseenVersion,
): Promise<Omit<PolicyView, 'versions'>> {
  return viewOf(await versionBelow(ctx, asked))
}

/** The regulation's own words for an article, where the jurisdiction has given them; two round trips, one in its database. */
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

async function versionBelow(
  ctx: RequestContext,
  { jurisdiction, hash }: OverseenVersion,
): Promise<AdoptedPolicy> {
  const { overseen, rows } = await enterOverseer(ctx, jurisdiction, [
    sql`SELECT effective_on, text FROM policies WHERE tenant_id = ${jurisdiction} AND hash = ${hash}`,
  ])
  const [row] = rows[0] ?? []
  if (!row || !overseen.some(({ id }) => id === jurisdiction)) throw notFound()
  const version = { hash, effectiveOn: text(row, 'effective_on'), text: text(row, 'text') }
  return ctx.deps.policies.compiled(jurisdiction, version)
}
