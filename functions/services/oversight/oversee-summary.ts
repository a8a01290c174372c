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
import { STAGES } from '../../core/oversight/stages.ts'
import type { RequestContext } from '../context.ts'
import { AMOUNTS } from './oversee-projects.ts'
import { enterOverseer, filterConditions, idsOf, type OverseeFilter, type Overseen } from './oversee-scope.ts'

/** Projects together: how many, what they amount to, what is overdue with them. */
export interface Gathered {
  projects: number
  /** By basis the sum in fen of those whose amount is known, and how many these are. */
  amounts: Record<(typeof AMOUNTS)[number], { fen: number; projects: number }>
  overdue: { obligations: number; projects: number }
}

/** How well a jurisdiction's log has been read. */
export interface Freshness {
  jurisdiction: string
  lastSequence: number
  headSequence: number
  pulledAt: string | null
  /** Entries not yet read, and seconds since the log was last read. */
  lag: { entries: number; seconds: number | null }
  error: string | null
  /** Streams that cannot be read and are left out. */
  parked: number
}

/** What overseers see at a glance. */
export interface Summary {
  on: string
  division: string
  total: Gathered
  byJurisdiction: (Overseen & Gathered)[]
  byStage: ({ stage: string } & Gathered)[]
  byCategory: ({ category: string | null; title: string | null } & Gathered)[]
  byYear: ({ year: number | null } & Gathered)[]
  /** Median of the days that projects stayed in a stage, over the stays that have come to an end. */
  stages: { stage: string; medianDays: number; stays: number; projects: number }[]
  freshness: Freshness[]
}

/** The jurisdictions below the overseer's in numbers, as of a day, in two round trips. */
export async function overseeSummary(
  ctx: RequestContext,
  filter: OverseeFilter & { on?: string },
): Promise<Summary> {
  const on = filter.on ?? ctx.today
  const { division, overseen, oversight } = await enterOverseer(ctx, filter.jurisdiction)
  const [cells = [], overdue = [], medians = [], feeds = []] = await oversight.read(
    summaryStatements(idsOf(overseen), filter, on),
  )
  const by = gatherers(overseen)
  for (const row of cells) for (const one of by.of(row)) addProjects(one, row)
  for (const row of overdue) for (const one of by.of(row)) addOverdue(one, row)
  return {
    on,
    division,
    total: by.total,
    byJurisdiction: [...by.jurisdictions.values()],
    byStage: byStage(by.stages.values()),
    byCategory: [...by.categories.values()].sort((a, b) => ascending(a.category ?? '~', b.category ?? '~')),
    byYear: [...by.years.values()].sort((a, b) => (a.year ?? 9999) - (b.year ?? 9999)),
    stages: byStage(medians.map(stageSummary)),
    freshness: overseen.map(({ id }) =>
      freshnessOf(
        id,
        feeds.find((row) => text(row, 'tenant_id') === id),
        ctx.now,
      ),
    ),
  }
}

/** The statements behind the summary: cells of projects, what is overdue in them, stays in stages, feeds. */
export function summaryStatements(ids: string, filter: OverseeFilter, on: string): Statement[] {
  const cell = sql`p.tenant_id, p.stage, p.category, p.plan_year`
  const within = sql`IN (SELECT value FROM json_each(${ids}))`
  const filters = filterConditions(filter)
  const filtered = join([sql``, ...filters.map((one) => sql`AND ${one}`)], ' ')
  const ofProject = filters.length
    ? sql`CROSS JOIN projects p ON p.tenant_id = s.tenant_id AND p.id = s.project_id`
    : sql``
  return [
    sql`SELECT ${cell}, min(p.category_title) AS category_title, count(*) AS projects,
        sum(estimate) AS estimate, count(estimate) AS estimate_known, sum(approved) AS approved, count(approved) AS approved_known,
        sum(budget) AS budget, count(budget) AS budget_known, sum(contract) AS contract, count(contract) AS contract_known,
        sum(paid) AS paid, count(paid) AS paid_known
      FROM projects p WHERE p.tenant_id ${within} ${filtered} GROUP BY p.tenant_id, +p.stage, +p.category, +p.plan_year`,
    sql`SELECT ${cell}, count(*) AS obligations, count(DISTINCT o.project_id) AS projects
      FROM obligations o INDEXED BY obligations_due
        CROSS JOIN projects p ON p.tenant_id = o.tenant_id AND p.id = o.project_id
      WHERE o.tenant_id ${within} AND o.due_on < ${on} ${filtered} GROUP BY ${cell}`,
    sql`WITH counted AS (SELECT s.stage, s.days, count(*) AS stays, sum(s.first) AS projects
          FROM stage_spans s INDEXED BY stage_spans_passed ${ofProject}
          WHERE s.tenant_id ${within} AND s.days IS NOT NULL ${filtered} GROUP BY s.tenant_id, s.stage, s.days),
        merged AS (SELECT stage, days, sum(stays) AS stays, sum(projects) AS projects FROM counted GROUP BY stage, days),
        placed AS (SELECT stage, days, sum(stays) OVER (PARTITION BY stage ORDER BY days) AS upto,
          sum(stays) OVER (PARTITION BY stage) AS stays, sum(projects) OVER (PARTITION BY stage) AS projects FROM merged)
      SELECT stage, stays, projects, min(CASE WHEN upto >= (stays + 1) / 2 THEN days END)
        + min(CASE WHEN upto >= stays / 2 + 1 THEN days END) AS doubled FROM placed GROUP BY stage`,
    sql`SELECT f.tenant_id, coalesce(c.seq, 0) AS seq, f.head, f.pulled_at, f.error,
        (SELECT count(*) FROM parked k WHERE k.tenant_id = f.tenant_id) AS parked
      FROM feeds f LEFT JOIN cursors c ON c.tenant_id = f.tenant_id
      WHERE f.tenant_id ${within} ORDER BY f.tenant_id`,
  ]
}

/** The groups that a cell of the table belongs to, made as they are met; every jurisdiction has one from the start. */
function gatherers(overseen: readonly Overseen[]) {
  const total = nothing()
  const jurisdictions = new Map(overseen.map((one) => [one.id, { ...one, ...nothing() }]))
  const stages = new Map<string, { stage: string } & Gathered>()
  const categories = new Map<string, { category: string | null; title: string | null } & Gathered>()
  const years = new Map<string, { year: number | null } & Gathered>()
  const of = (row: Row): Gathered[] => {
    const stage = text(row, 'stage')
    const category = optionalText(row, 'category') ?? null
    const year = optionalInteger(row, 'plan_year') ?? null
    const title = optionalText(row, 'category_title') ?? null
    return [
      total,
      jurisdictions.get(text(row, 'tenant_id')) ?? nothing(),
      met(stages, stage, () => ({ stage, ...nothing() })),
      met(categories, String(category), () => ({ category, title, ...nothing() })),
      met(years, String(year), () => ({ year, ...nothing() })),
    ]
  }
  return { total, jurisdictions, stages, categories, years, of }
}

function met<T>(groups: Map<string, T>, key: string, make: () => T): T {
  const known = groups.get(key) ?? make()
  groups.set(key, known)
  return known
}

function nothing(): Gathered {
  const amounts = Object.fromEntries(AMOUNTS.map((basis) => [basis, { fen: 0, projects: 0 }]))
  return {
    projects: 0,
    amounts: amounts as Gathered['amounts'],
    overdue: { obligations: 0, projects: 0 },
  }
}

function addProjects(group: Gathered, row: Row): void {
  group.projects += integer(row, 'projects')
  for (const basis of AMOUNTS) {
    group.amounts[basis].fen += optionalInteger(row, basis) ?? 0
    group.amounts[basis].projects += integer(row, `${basis}_known`)
  }
}

function addOverdue({ overdue }: Gathered, row: Row): void {
  overdue.obligations += integer(row, 'obligations')
  overdue.projects += integer(row, 'projects')
}

function stageSummary(row: Row): Summary['stages'][number] {
  return {
    stage: text(row, 'stage'),
    medianDays: integer(row, 'doubled') / 2,
    stays: integer(row, 'stays'),
    projects: integer(row, 'projects'),
  }
}

function freshnessOf(jurisdiction: string, row: Row | undefined, now: Date): Freshness {
  const lastSequence = row ? integer(row, 'seq') : 0
  const headSequence = row ? integer(row, 'head') : 0
  const pulledAt = (row && optionalText(row, 'pulled_at')) ?? null
  const ago = pulledAt === null ? null : Math.round((now.getTime() - Date.parse(pulledAt)) / 1000)
  return {
    jurisdiction,
    lastSequence,
    headSequence,
    pulledAt,
    lag: {
      entries: Math.max(0, headSequence - lastSequence),
      seconds: ago === null ? null : Math.max(0, ago),
    },
    error: (row && optionalText(row, 'error')) ?? null,
    parked: row ? integer(row, 'parked') : 0,
  }
}

function byStage<T extends { stage: string }>(items: Iterable<T>): T[] {
  const place = ({ stage }: T): number => (STAGES.indexOf(stage) + STAGES.length + 1) % (STAGES.length + 1)
  return [...items].sort((a, b) => place(a) - place(b))
}

function ascending(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
