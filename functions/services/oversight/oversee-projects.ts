import { integer, join, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { RequestContext } from '../context.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { amountIn, enterOverseer, type OverseeFilter, overseenWhere } from './oversee-scope.ts'

/** The bases of amounts, as columns and as they are shown. */
export const AMOUNTS = ['estimate', 'approved', 'budget', 'contract', 'paid'] as const

/** A project of a jurisdiction below, as its overseers see it. */
export interface OverseenProject {
  id: string
  jurisdiction: string
  division: string
  title: string
  organisation: string | null
  stage: string
  category: string | null
  categoryTitle: string | null
  nature: string | null
  year: number | null
  /** Fen by basis; null where nothing is known. */
  amounts: Record<(typeof AMOUNTS)[number], number | null>
  openedOn: string
  endedOn: string | null
  ended: string | null
  /** Obligations past their due day on the day asked about, and the earliest due day of all. */
  overdue: number
  nextDueOn: string | null
}

/** Which projects, as a page. */
export interface OverseeProjects extends OverseeFilter, PageRequest {
  /** The day against which due days are held; today without. */
  on?: string
  /** Only those with something overdue. */
  overdue?: boolean
  /** Only those that have been through a stage, from its first day to its last. */
  passed?: string
}

/** The projects of the jurisdictions below the overseer's, by jurisdiction, oldest first. */
export async function overseeProjects(
  ctx: RequestContext,
  filter: OverseeProjects,
): Promise<Page<OverseenProject>> {
  const after = decodeCursor(filter.after, 2)
  const { overseen, oversight } = await enterOverseer(ctx, filter.jurisdiction)
  const [rows = []] = await oversight.read([
    overseenProjectsStatement(overseenWhere(overseen, filter), filter, after, filter.on ?? ctx.today),
  ])
  return pageOf(rows, filter, projectOf, (row) => [text(row, 'tenant_id'), text(row, 'id')])
}

/** The statement behind a page of projects; its plan is part of the tests. */
export function overseenProjectsStatement(
  where: readonly Statement[],
  filter: Pick<OverseeProjects, 'overdue' | 'passed' | 'limit'>,
  after: readonly string[] | undefined,
  on: string,
): Statement {
  const conditions = [
    ...where,
    ...(after ? [sql`(p.tenant_id, p.id) > (${after[0]}, ${after[1]})`] : []),
    ...(filter.overdue
      ? [
          sql`EXISTS (SELECT 1 FROM obligations o WHERE o.tenant_id = p.tenant_id AND o.project_id = p.id AND o.due_on < ${on})`,
        ]
      : []),
    ...(filter.passed === undefined
      ? []
      : [
          sql`EXISTS (SELECT 1 FROM stage_spans s WHERE s.tenant_id = p.tenant_id AND s.project_id = p.id
            AND s.stage = ${filter.passed} AND s.days IS NOT NULL)`,
        ]),
  ]
  return sql`SELECT p.*,
      (SELECT count(*) FROM obligations o WHERE o.tenant_id = p.tenant_id AND o.project_id = p.id AND o.due_on < ${on}) AS overdue,
      (SELECT min(due_on) FROM obligations o WHERE o.tenant_id = p.tenant_id AND o.project_id = p.id) AS next_due_on
    FROM projects p WHERE ${join(conditions, ' AND ')} ORDER BY p.tenant_id, p.id LIMIT ${filter.limit + 1}`
}

function projectOf(row: Row): OverseenProject {
  const amounts = Object.fromEntries(AMOUNTS.map((basis) => [basis, amountIn(row, basis)]))
  return {
    id: text(row, 'id'),
    jurisdiction: text(row, 'tenant_id'),
    division: text(row, 'division'),
    title: text(row, 'title'),
    organisation: optionalText(row, 'organisation') ?? null,
    stage: text(row, 'stage'),
    category: optionalText(row, 'category') ?? null,
    categoryTitle: optionalText(row, 'category_title') ?? null,
    nature: optionalText(row, 'nature') ?? null,
    year: amountIn(row, 'plan_year'),
    amounts: amounts as OverseenProject['amounts'],
    openedOn: text(row, 'opened_on'),
    endedOn: optionalText(row, 'ended_on') ?? null,
    ended: optionalText(row, 'ended') ?? null,
    overdue: integer(row, 'overdue'),
    nextDueOn: optionalText(row, 'next_due_on') ?? null,
  }
}
