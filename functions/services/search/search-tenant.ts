import { optionalText, type Row, sql, text } from '../../../db/statement.ts'
import type { PolicyDocument } from '../../core/policy/document/document.ts'
import { visibility } from '../cases/list-projects.ts'
import { seesAllProjects } from '../cases/visibility.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { versionOn } from '../tenants/policies.ts'
import { initials, matchOf } from './project-words.ts'

/** A project that was found. */
export interface FoundProject {
  id: string
  title: string
  organisation: string
  code: string | null
  stage: string
  ended: string | null
}

/** What a word means in a tenant: projects that the person may see, steps and articles of the policy in force. */
export interface Found {
  projects: FoundProject[]
  steps: { id: string; title: string; stage: string | null; article: string }[]
  articles: { article: string; titles: string[] }[]
}

/** So many of each kind; who wants more asks the list. */
const MOST = 8

/** Looks a word up: two Chinese characters are enough, and so are initials of pinyin. */
export async function searchTenant(ctx: TenantContext, query: string): Promise<Found> {
  const match = matchOf(query) ?? '"\u0001"'
  const { all, own } = visibility(ctx)
  const columns = sql`SELECT p.id, p.title, p.code, p.stage, p.ended,
      (SELECT name FROM organisations WHERE id = p.organisation_id) AS organisation
    FROM project_search f CROSS JOIN project_words w ON w.n = f.rowid CROSS JOIN projects p ON p.id = w.project_id`
  const { actor, rows } = await enter(ctx, isMember, [
    sql`${columns} WHERE project_search MATCH (SELECT CASE WHEN ${all} THEN ${match} ELSE '"\u0001"' END)
      ORDER BY f.rank LIMIT ${MOST}`,
    sql`${columns} WHERE project_search MATCH ${match} AND w.project_id IN (SELECT h.project_id FROM project_parties h WHERE ${own})
      ORDER BY f.rank LIMIT ${MOST}`,
    ctx.deps.policies.statement(ctx.tenant),
  ])
  const adopted = versionOn(ctx.deps.policies.versions(ctx.tenant, rows[2] ?? []), ctx.today)
  return {
    projects: (rows[seesAllProjects(actor) ? 0 : 1] ?? []).map(foundProject),
    ...(adopted ? inPolicy(adopted.policy.document, query) : { steps: [], articles: [] }),
  }
}

function foundProject(row: Row): FoundProject {
  return {
    id: text(row, 'id'),
    title: text(row, 'title'),
    organisation: text(row, 'organisation'),
    code: optionalText(row, 'code') ?? null,
    stage: text(row, 'stage'),
    ended: optionalText(row, 'ended') ?? null,
  }
}

interface Entries {
  steps: (Found['steps'][number] & { initials: string })[]
  /** Steps by the article that they cite. */
  articles: Map<string, string[]>
}

const known = new WeakMap<PolicyDocument, Entries>()

function inPolicy(document: PolicyDocument, query: string): Pick<Found, 'steps' | 'articles'> {
  const { steps, articles } = entriesOf(document)
  const word = query.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  if (word === '') return { steps: [], articles: [] }
  const named = steps.filter(
    (step) => step.title.toLowerCase().includes(word) || (word.length > 1 && step.initials.includes(word)),
  )
  const cited = [...articles].filter(([article]) => article.toLowerCase().includes(word))
  return {
    steps: named.slice(0, MOST).map(({ id, title, stage, article }) => ({ id, title, stage, article })),
    articles: cited.slice(0, MOST).map(([article, titles]) => ({ article, titles: titles.slice(0, 3) })),
  }
}

function entriesOf(document: PolicyDocument): Entries {
  const made = known.get(document)
  if (made) return made
  const articles = new Map(Object.keys(document.coverage).map((article) => [article, [] as string[]]))
  const all = [
    ...Object.entries(document.steps),
    ...Object.values(document.procedures ?? {}).flatMap((one) => Object.entries(one.steps)),
  ]
  const steps = all.map(([id, step]) => {
    const article = firstArticle(step.article)
    const unit = [...articles.keys()]
      .filter((one) => article === one || article.startsWith(one))
      .sort((a, b) => b.length - a.length)[0]
    if (unit !== undefined) articles.get(unit)!.push(step.title)
    const stage = 'stage' in step && typeof step.stage === 'string' ? step.stage : null
    return { id, title: step.title, stage, article, initials: initials(step.title).replaceAll(' ', '') }
  })
  const entries = { steps, articles }
  known.set(document, entries)
  return entries
}

function firstArticle(raw: unknown): string {
  if (typeof raw === 'string') return raw
  if (Array.isArray(raw)) return firstArticle(raw[0])
  return typeof raw === 'object' && raw !== null && 'at' in raw ? String(raw.at) : ''
}
