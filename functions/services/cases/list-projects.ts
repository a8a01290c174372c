import {
  integer,
  join,
  optionalInteger,
  optionalText,
  type Row,
  type Statement,
  sql,
  text,
} from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { ownOrganisation } from './read-project.ts'
import { seesAllProjects } from './visibility.ts'

/** A project in a list. */
export interface ProjectItem {
  id: string
  title: string
  organisationId: string
  planYear: number | null
  nature: string | null
  estimateFen: number | null
  track: string | null
  stage: string
  settled: boolean
  ended: string | null
  version: number
  updatedAt: string
}

/** Which projects. */
export interface ProjectFilter extends PageRequest {
  stage?: string
  year?: number
  organisation?: string
}

/** After every id. */
const LAST = '~'

const COLUMNS = sql`p.id, p.title, p.organisation_id, p.plan_year, p.nature, p.estimate, p.track, p.stage, p.settled, p.ended,
  p.version, p.updated_at`

/** Projects newest first: authorities see all of the tenant, units those in which they hold a party. */
export async function listProjects(ctx: TenantContext, filter: ProjectFilter): Promise<Page<ProjectItem>> {
  const before = decodeCursor(filter.after, 1)?.[0] ?? LAST
  const conditions: Statement[] = [
    ...(filter.stage === undefined ? [] : [sql`AND p.stage = ${filter.stage}`]),
    ...(filter.year === undefined ? [] : [sql`AND p.plan_year = ${filter.year}`]),
    ...(filter.organisation === undefined ? [] : [sql`AND p.organisation_id = ${filter.organisation}`]),
  ]
  const narrowed = join(conditions, ' ')
  const authority = sql`EXISTS (SELECT 1 FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.token_hash = ${ctx.token?.hash}
    AND (u.role = 'auditor' OR EXISTS (SELECT 1 FROM organisation_parties o
      WHERE o.organisation_id = u.organisation_id AND o.party <> 'unit')))`
  // Who is asking decides the bound of the index range, so that the query which is not his ends before it begins.
  const { actor, rows } = await enter(ctx, isMember, [
    sql`SELECT ${COLUMNS} FROM projects p WHERE p.id < (SELECT CASE WHEN ${authority} THEN ${before} ELSE '' END) ${narrowed}
      ORDER BY p.id DESC LIMIT ${filter.limit + 1}`,
    sql`SELECT ${COLUMNS} FROM project_parties h CROSS JOIN projects p ON p.id = h.project_id
      WHERE h.organisation_id = (SELECT CASE WHEN ${authority} THEN '' ELSE ${ownOrganisation(ctx)} END)
        AND h.project_id < ${before} AND h.party = (SELECT min(x.party) FROM project_parties x
          WHERE x.organisation_id = h.organisation_id AND x.project_id = h.project_id) ${narrowed}
      ORDER BY h.project_id DESC LIMIT ${filter.limit + 1}`,
  ])
  return pageOf(rows[seesAllProjects(actor) ? 0 : 1] ?? [], filter, projectItem, (row) => [text(row, 'id')])
}

function projectItem(row: Row): ProjectItem {
  return {
    id: text(row, 'id'),
    title: text(row, 'title'),
    organisationId: text(row, 'organisation_id'),
    planYear: optionalInteger(row, 'plan_year') ?? null,
    nature: optionalText(row, 'nature') ?? null,
    estimateFen: optionalInteger(row, 'estimate') ?? null,
    track: optionalText(row, 'track') ?? null,
    stage: text(row, 'stage'),
    settled: integer(row, 'settled') === 1,
    ended: optionalText(row, 'ended') ?? null,
    version: integer(row, 'version'),
    updatedAt: text(row, 'updated_at'),
  }
}
