import { optionalInteger, optionalText, sql, text } from '../../../db/statement.ts'
import { likeness, tellingPairs } from '../../core/case/likeness.ts'
import { visibility } from '../cases/list-projects.ts'
import { seesAllProjects } from '../cases/visibility.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { pairsMatch } from './project-words.ts'

/** A project whose name is close to another's. */
export interface SimilarProject {
  id: string
  title: string
  organisation: string
  stage: string
  ended: string | null
  planYear: number | null
  estimateFen: number | null
}

const LOOKED_AT = 60
const MOST = 5
const LIKE_ENOUGH = 0.4

/**
 * Projects that the person may see with a name close to the given one, the closest first: a hint at what may be built
 * twice or continued, never a judgement.
 */
export async function findSimilar(
  ctx: TenantContext,
  asked: { title: string; except?: string },
): Promise<SimilarProject[]> {
  const match = pairsMatch(tellingPairs(asked.title))
  const { all, own } = visibility(ctx)
  const columns = sql`SELECT p.id, p.title, p.stage, p.ended, p.plan_year, p.estimate,
      (SELECT name FROM organisations WHERE id = p.organisation_id) AS organisation
    FROM project_search f CROSS JOIN project_words w ON w.n = f.rowid CROSS JOIN projects p ON p.id = w.project_id`
  const { actor, rows } = await enter(ctx, isMember, [
    sql`${columns} WHERE project_search MATCH (SELECT CASE WHEN ${all} THEN ${match} ELSE '"\u0001"' END)
      ORDER BY f.rank LIMIT ${LOOKED_AT}`,
    sql`${columns} WHERE project_search MATCH ${match} AND w.project_id IN (SELECT h.project_id FROM project_parties h WHERE ${own})
      ORDER BY f.rank LIMIT ${LOOKED_AT}`,
  ])
  return (rows[seesAllProjects(actor) ? 0 : 1] ?? [])
    .filter((row) => text(row, 'id') !== asked.except)
    .map((row) => ({ row, like: likeness(asked.title, text(row, 'title')) }))
    .filter(({ like }) => like >= LIKE_ENOUGH)
    .sort((a, b) => b.like - a.like)
    .slice(0, MOST)
    .map(({ row }) => ({
      id: text(row, 'id'),
      title: text(row, 'title'),
      organisation: text(row, 'organisation'),
      stage: text(row, 'stage'),
      ended: optionalText(row, 'ended') ?? null,
      planYear: optionalInteger(row, 'plan_year') ?? null,
      estimateFen: optionalInteger(row, 'estimate') ?? null,
    }))
}
