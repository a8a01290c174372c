import { integer, join, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { RequestContext } from '../context.ts'
import { AppError } from '../errors.ts'
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

/** Orders of the list: by the amount on a basis, descending with a minus. */
export const OVERSEEN_ORDERS = [
  '-estimate',
  'estimate',
  '-approved',
  'approved',
  '-budget',
  'budget',
  '-contract',
  'contract',
  '-paid',
  'paid',
] as const
export type OverseenOrder = (typeof OVERSEEN_ORDERS)[number]

/** What each order goes by, as its index has it: what is not known comes below every amount. */
const ORDERED = {
  estimate: { key: sql`coalesce(p.estimate, -1)`, index: sql`INDEXED BY projects_by_estimate` },
  approved: { key: sql`coalesce(p.approved, -1)`, index: sql`INDEXED BY projects_by_approved` },
  budget: { key: sql`coalesce(p.budget, -1)`, index: sql`INDEXED BY projects_by_budget` },
  contract: { key: sql`coalesce(p.contract, -1)`, index: sql`INDEXED BY projects_by_contract` },
  paid: { key: sql`coalesce(p.paid, -1)`, index: sql`INDEXED BY projects_by_paid` },
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
  order?: OverseenOrder
}

/** The projects of the jurisdictions below the overseer's; by jurisdiction, oldest first, unless another order is asked for. */
export async function overseeProjects(
  ctx: RequestContext,
  filter: OverseeProjects,
): Promise<Page<OverseenProject>> {
  const { order } = filter
  const after = decodeCursor(filter.after, order ? 3 : 2)
  const { overseen, oversight } = await enterOverseer(ctx, filter.jurisdiction)
  const ahead = overseen.filter(({ id }) => order || after === undefined || id >= after[0]!)
  const [rows = []] = await oversight.read([
    overseenProjectsStatement(idsOf(ahead), filter, after, filter.on ?? ctx.today),
  ])
  const names = new Map(overseen.map(({ id, name }) => [id, name]))
  return pageOf(
    rows,
    filter,
    (row) => projectOf(row, names),
    (row) => [...(order ? [String(row.sort_key)] : []), text(row, 'tenant_id'), text(row, 'id')],
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
    'year' | 'stage' | 'category' | 'overdue' | 'passed' | 'known' | 'word' | 'order' | 'limit'
  >,
  after: readonly string[] | undefined,
  on: string,
): Statement {
  const owed = sql`obligations o INDEXED BY obligations_by_project WHERE o.tenant_id = p.tenant_id AND o.project_id = p.id`
  const { place, key, index, by } = walkOf(filter, after)
  const conditions = [
    sql`p.tenant_id IN (SELECT value FROM json_each(${ids}))`,
    ...filterConditions(filter),
    ...place,
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
      (SELECT min(o.due_on) FROM ${owed}) AS next_due_on, ${key} AS sort_key
    FROM projects p ${index} WHERE ${join(conditions, ' AND ')}
    ORDER BY ${by} LIMIT ${filter.limit + 1}`
}

/**
 * The order of the page, where it goes on, and the index that has it. An amount's index holds all jurisdictions, so
 * that what is not overseen is passed over in the index itself.
 */
function walkOf(
  filter: OverseeFilter & { order?: OverseenOrder },
  after: readonly string[] | undefined,
): { place: Statement[]; key: Statement; index: Statement; by: Statement } {
  if (filter.order === undefined)
    return {
      place: after ? [sql`(p.tenant_id, p.id) > (${after[0]}, ${after[1]})`] : [],
      key: sql`NULL`,
      index: indexFor(filter),
      by: sql`p.tenant_id, p.id`,
    }
  const descending = filter.order.startsWith('-')
  const { key, index } = ORDERED[filter.order.replace('-', '') as (typeof AMOUNTS)[number]]
  const from = after ? Number(after[0]) : descending ? Number.MAX_SAFE_INTEGER : -2
  if (!Number.isSafeInteger(from)) throw new AppError('malformed', '分页游标无效')
  const [tenant, id] = after?.slice(1) ?? ['', '']
  // The bound on the key alone is what the index is entered by: the planner takes no expression out of a row value.
  return descending
    ? {
        place: [sql`${key} <= ${from}`, sql`(${key} < ${from} OR (p.tenant_id, p.id) < (${tenant}, ${id}))`],
        key,
        index,
        by: sql`${key} DESC, p.tenant_id DESC, p.id DESC`,
      }
    : {
        place: [sql`${key} >= ${from}`, sql`(${key} > ${from} OR (p.tenant_id, p.id) > (${tenant}, ${id}))`],
        key,
        index,
        by: sql`${key}, p.tenant_id, p.id`,
      }
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
