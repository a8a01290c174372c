import {
  integer,
  join,
  optionalInteger,
  optionalText,
  type Row,
  type Statement,
  sql,
  text,
} from '../../db/statement.ts'
import type { TenantContext } from './context.ts'
import { enter, isMember } from './enter.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from './page.ts'
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

const COLUMNS = sql`p.id, p.title, p.organisation_id, p.plan_year, p.nature, p.estimate, p.track, p.stage, p.settled, p.ended,
  p.version, p.updated_at`

/** Projects newest first: authorities see all of the tenant, units those in which they hold a party. */
export async function listProjects(ctx: TenantContext, filter: ProjectFilter): Promise<Page<ProjectItem>> {
  const before = decodeCursor(filter.after, 1)?.[0]
  const conditions: Statement[] = [
    ...(before === undefined ? [] : [sql`p.id < ${before}`]),
    ...(filter.stage === undefined ? [] : [sql`p.stage = ${filter.stage}`]),
    ...(filter.year === undefined ? [] : [sql`p.plan_year = ${filter.year}`]),
    ...(filter.organisation === undefined ? [] : [sql`p.organisation_id = ${filter.organisation}`]),
  ]
  const own = ownOrganisation(ctx)
  const tail = sql`ORDER BY p.id DESC LIMIT ${filter.limit + 1}`
  const authority = sql`EXISTS (SELECT 1 FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.token_hash = ${ctx.token?.hash}
    AND (u.role = 'auditor' OR EXISTS (SELECT 1 FROM organisation_parties o
      WHERE o.organisation_id = u.organisation_id AND o.party <> 'unit')))`
  const { actor, rows } = await enter(ctx, isMember, [
    sql`SELECT ${COLUMNS} FROM projects p WHERE ${join([authority, ...conditions], ' AND ')} ${tail}`,
    sql`SELECT ${COLUMNS} FROM projects p WHERE ${join(
      [
        sql`p.id IN (SELECT id FROM projects WHERE organisation_id = ${own}
          UNION SELECT project_id FROM project_parties WHERE organisation_id = ${own})`,
        sql`NOT ${authority}`,
        ...conditions,
      ],
      ' AND ',
    )} ${tail}`,
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
