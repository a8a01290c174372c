import { integer, join, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { RequestContext } from '../context.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import { amountIn, enterOverseer, filterConditions, idsOf, type OverseeFilter } from './oversee-scope.ts'

/** The bases of amounts, as columns and as they are shown. */
export const AMOUNTS = ['estimate', 'approved', 'budget', 'contract', 'paid'] as const

const KNOWN = {
  estimate: sql`p.estimate IS NOT NULL`,
  approved: sql`p.approved IS NOT NULL`,
  budget: sql`p.budget IS NOT NULL`,
  contract: sql`p.contract IS NOT NULL`,
  paid: sql`p.paid IS NOT NULL`,
} as const

/** A project of a jurisdiction below, as its overseers see it. */
export interface OverseenProject {
  id: string
  jurisdiction: string
  jurisdictionName: string
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
  /** Only those with a known amount on this basis. */
  known?: (typeof AMOUNTS)[number]
  /** Only those whose name, or whose unit's, has this in it. */
  word?: string
}

/** The projects of the jurisdictions below the overseer's, by jurisdiction, oldest first. */
export async function overseeProjects(
  ctx: RequestContext,
  filter: OverseeProjects,
): Promise<Page<OverseenProject>> {
  const after = decodeCursor(filter.after, 2)
  const { overseen, oversight } = await enterOverseer(ctx, filter.jurisdiction)
  const ahead = overseen.filter(({ id }) => after === undefined || id >= after[0]!)
  const [rows = []] = await oversight.read([
    overseenProjectsStatement(idsOf(ahead), filter, after, filter.on ?? ctx.today),
  ])
  const names = new Map(overseen.map(({ id, name }) => [id, name]))
  return pageOf(
    rows,
    filter,
    (row) => projectOf(row, names),
    (row) => [text(row, 'tenant_id'), text(row, 'id')],
  )
}

/**
 * The statement behind a page of projects. It names its indexes: without statistics the planner would go through all
 * obligations of a tenant for each project.
 */
export function overseenProjectsStatement(
  ids: string,
  filter: Pick<
    OverseeProjects,
    'year' | 'stage' | 'category' | 'overdue' | 'passed' | 'known' | 'word' | 'limit'
  >,
  after: readonly string[] | undefined,
  on: string,
): Statement {
  const owed = sql`obligations o INDEXED BY obligations_by_project WHERE o.tenant_id = p.tenant_id AND o.project_id = p.id`
  const conditions = [
    sql`p.tenant_id IN (SELECT value FROM json_each(${ids}))`,
    ...filterConditions(filter),
    ...(after ? [sql`(p.tenant_id, p.id) > (${after[0]}, ${after[1]})`] : []),
    ...(filter.overdue ? [sql`EXISTS (SELECT 1 FROM ${owed} AND o.due_on < ${on})`] : []),
    ...(filter.passed === undefined
      ? []
      : [
          // The plus keeps the planner from going through all stays in the stage.
          sql`EXISTS (SELECT 1 FROM stage_spans s WHERE s.tenant_id = p.tenant_id AND s.project_id = p.id
            AND +s.stage = ${filter.passed} AND s.days IS NOT NULL)`,
        ]),
    ...(filter.known === undefined ? [] : [KNOWN[filter.known]]),
    ...(filter.word === undefined
      ? []
      : [sql`(instr(p.title, ${filter.word}) > 0 OR instr(p.organisation, ${filter.word}) > 0)`]),
  ]
  return sql`SELECT p.*, (SELECT count(*) FROM ${owed} AND o.due_on < ${on}) AS overdue,
      (SELECT min(o.due_on) FROM ${owed}) AS next_due_on
    FROM projects p ${indexFor(filter)} WHERE ${join(conditions, ' AND ')} ORDER BY p.tenant_id, p.id LIMIT ${filter.limit + 1}`
}

/** The index that narrows most and still gives the order of the page; the primary key without a filter. */
function indexFor({ stage, year, category }: OverseeFilter): Statement {
  if (year !== undefined) return sql`INDEXED BY projects_by_year`
  if (stage !== undefined) return sql`INDEXED BY projects_by_stage`
  return category === undefined ? sql`` : sql`INDEXED BY projects_by_category`
}

function projectOf(row: Row, names: ReadonlyMap<string, string>): OverseenProject {
  const jurisdiction = text(row, 'tenant_id')
  const amounts = Object.fromEntries(AMOUNTS.map((basis) => [basis, amountIn(row, basis)]))
  return {
    id: text(row, 'id'),
    jurisdiction,
    jurisdictionName: names.get(jurisdiction) ?? jurisdiction,
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
