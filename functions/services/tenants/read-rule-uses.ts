import { integer, text } from '../../../db/statement.ts'
import { countUsesStatement } from '../../../db/tenant/rule-uses.ts'
import { ruleBook } from '../../core/policy/touch/rule-book.ts'
import { articleKey } from '../../core/policy/touch/rule-key.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { usesOfPage, usesPageStatements } from './gather-rule-uses.ts'
import { versionOn } from './policies.ts'

/** How many projects a rule has met. */
export interface RuleUse {
  rule: string
  projects: number
}

/** Projects by rule of one version of the policy. */
export interface RuleUses {
  /** Rules that no project has met are missing. */
  items: RuleUse[]
  /** Whether all that the log says is counted; else more is being counted behind. */
  complete: boolean
}

/**
 * Projects by rule of the version with `hash`, default of the one in force today. What has been done since the last
 * sweep is gathered first, up to a page of it, so that who has just acted finds his project in the number and in its list.
 */
export async function readRuleUses(ctx: TenantContext, query: { hash?: string }): Promise<RuleUses> {
  const { policies } = ctx.deps
  const { rows, touch } = await enter({ ...ctx, reading: false }, isMember, [
    policies.statement(ctx.tenant),
    countUsesStatement(),
    ...usesPageStatements(ctx, ctx.today),
  ])
  const versions = policies.versions(ctx.tenant, rows[0] ?? [])
  const found = query.hash
    ? versions.find((version) => version.hash === query.hash)
    : versionOn(versions, ctx.today)
  if (!found) throw notFound()
  const { statements, complete } = usesOfPage(ctx, rows.slice(2), ctx.today)
  const written =
    statements.length + touch.length > 0
      ? await ctx.db.write([...touch, ...statements, countUsesStatement()])
      : undefined
  const book = ruleBook(found.policy.document)
  const shown = new Set(book.byKey.keys())
  for (const unit of book.articles.keys()) shown.add(articleKey(found.hash, unit))
  const items = (written?.at(-1) ?? rows[1] ?? [])
    .map((row) => ({ rule: text(row, 'rule'), projects: integer(row, 'projects') }))
    .filter(({ rule }) => shown.has(rule))
  return { items, complete }
}
