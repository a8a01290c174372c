import { optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { unitOf, unitsOf } from '../../core/policy/check-coverage.ts'
import { citedParagraphs } from '../../core/policy/regulation/cited-paragraphs.ts'
import type { RegulationPart } from '../../core/policy/regulation/parts.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { notFound } from '../errors.ts'
import { type AdoptedPolicy, versionOn } from './policies.ts'

/** The version asked for, and whether its text was given. */
interface RegulationOf {
  hash: string
  effectiveOn: string
  given: { at: string; by: string } | null
}

/** A regulation's whole text, part by part. */
export interface RegulationView extends RegulationOf {
  parts: RegulationPart[]
  /** Units of the policy that the text lacks. */
  missing: string[]
}

/** The text of one article; no paragraphs where none was given, or the text lacks it. */
export interface ArticleView extends RegulationOf {
  article: string
  unit: string
  chapter: string | null
  title: string | null
  paragraphs: string[] | null
  /** Places among the paragraphs that the citation means, such as its second clause; none where it means all. */
  meant: number[]
}

const GIVEN = sql`SELECT policy, given_at, given_by FROM regulations`

/** The text of the regulation behind the version in force today, or the one with `hash`. */
export async function readRegulation(
  ctx: TenantContext,
  query: { hash?: string },
): Promise<RegulationView & { etag: string }> {
  const { policies } = ctx.deps
  const { rows } = await enter(ctx, isMember, [
    policies.statement(ctx.tenant),
    GIVEN,
    partsStatement(sql`policy = ${query.hash ?? ''} ORDER BY n`),
  ])
  const adopted = versionAsked(ctx, rows[0], query.hash)
  const about = aboutOf(adopted, rows[1])
  const own = rows[2] ?? []
  const found =
    query.hash !== undefined || !about.given
      ? own
      : ((await ctx.db.read([partsStatement(sql`policy = ${adopted.hash} ORDER BY n`)]))[0] ?? [])
  const parts = found.map(partOf)
  const units = new Set(parts.map((part) => part.unit))
  const missing = about.given ? unitsOf(adopted.policy).filter((unit) => !units.has(unit)) : []
  return { ...about, parts, missing, etag: `${adopted.hash.slice(0, 16)}-${about.given?.at ?? 'none'}` }
}

/** The text of the article that `article` cites, of today's version or the one with `hash`. */
export async function readArticle(
  ctx: TenantContext,
  query: { article: string; hash?: string },
): Promise<ArticleView> {
  const { article } = query
  const { rows } = await enter(ctx, isMember, [
    ctx.deps.policies.statement(ctx.tenant),
    ...articleStatements(article),
  ])
  return articleIn(versionAsked(ctx, rows[0], query.hash), article, rows.slice(1))
}

/** Statements of what a tenant's database has of an article, for `articleIn`. */
export function articleStatements(article: string): Statement[] {
  const beginnings = JSON.stringify(Array.from(article, (_, i) => article.slice(0, i + 1)))
  return [GIVEN, partsStatement(sql`unit IN (SELECT value FROM json_each(${beginnings}))`)]
}

/** The article of a version in what `articleStatements` found. Throws `not-found` for what is no article of it. */
export function articleIn(
  adopted: AdoptedPolicy,
  article: string,
  [given, parts]: readonly Row[][],
): ArticleView {
  const unit = unitOf(article, unitsOf(adopted.policy))
  if (unit === undefined) throw notFound()
  const row = parts?.find((one) => text(one, 'unit') === unit && text(one, 'policy') === adopted.hash)
  const part = row && partOf(row)
  return {
    ...aboutOf(adopted, given),
    article,
    unit,
    chapter: part?.chapter ?? null,
    title: part?.title ?? null,
    paragraphs: part?.paragraphs ?? null,
    meant: part ? citedParagraphs(part.paragraphs, article, unit) : [],
  }
}

function partsStatement(where: Statement): Statement {
  return sql`SELECT policy, unit, chapter, title, paragraphs FROM regulation_parts WHERE ${where}`
}

function versionAsked(
  ctx: TenantContext,
  rows: readonly Row[] = [],
  hash: string | undefined,
): AdoptedPolicy {
  const versions = ctx.deps.policies.versions(ctx.tenant, rows)
  const found = hash ? versions.find((one) => one.hash === hash) : versionOn(versions, ctx.today)
  if (!found) throw notFound()
  return found
}

function aboutOf({ hash, effectiveOn }: AdoptedPolicy, rows: readonly Row[] = []): RegulationOf {
  const row = rows.find((one) => text(one, 'policy') === hash)
  return {
    hash,
    effectiveOn,
    given: row ? { at: text(row, 'given_at'), by: text(row, 'given_by') } : null,
  }
}

function partOf(row: Row): RegulationPart {
  return {
    unit: text(row, 'unit'),
    chapter: optionalText(row, 'chapter') ?? null,
    title: optionalText(row, 'title') ?? null,
    paragraphs: JSON.parse(text(row, 'paragraphs')) as string[],
  }
}
