import { type Statement, sql, text } from '../../../db/statement.ts'
import { addDays } from '../../core/values/day.ts'
import type { TenantContext } from '../context.ts'
import { type Actor, enter, isMember } from '../enter.ts'
import { AppError } from '../errors.ts'
import { decodeCursor, type Page, type PageRequest, pageOf } from '../page.ts'
import type { AdoptedPolicy } from '../tenants/policies.ts'
import { narrowing, type Order, orderOf, type ProjectFilter } from './project-filter.ts'
import {
  PROJECT_COLUMNS,
  type ProjectItem,
  projectItem,
  SUMS,
  type Totals,
  totalsOf,
} from './project-item.ts'
import { ownOrganisation } from './read-project.ts'
import { seesAllProjects } from './visibility.ts'

/** Which projects, in which order, and what beside the page. */
export interface ListProjects extends PageRequest, ProjectFilter {
  order?: Order
  /** Whether to count and sum all that the filter matches. */
  totals?: boolean
  /** Whether to tell what bars the next procurement or payment. */
  gates?: boolean
}

/** A page of projects, with the totals where they were asked for. */
export interface ProjectPage extends Page<ProjectItem> {
  totals: Totals | null
}

/** Before and after every key: keys are ISO texts, ids, or amounts from -1 up. */
const FIRST = ''
const LAST = '~'

/** Days ahead that count as soon. */
const SOON = 7

/** Projects, the one changed last first: authorities see all of the tenant, units those in which they hold a party. */
export async function listProjects(ctx: TenantContext, asked: ListProjects): Promise<ProjectPage> {
  return (await readProjects(ctx, asked)).page
}

/** `listProjects` with who is asking and, where gates were asked for, the versions of the policy. */
export async function readProjects(
  ctx: TenantContext,
  asked: ListProjects,
): Promise<{ page: ProjectPage; actor: Actor; versions: AdoptedPolicy[] }> {
  const by = asked.order ?? '-updated'
  const order = orderOf(by)
  const where = narrowing(asked, by, ctx.today, addDays(ctx.today, SOON))
  const { all, own } = visibility(ctx)
  const { place, direction } = placeOf(asked, order)
  const page = (from: Statement, whose: Statement, may: Statement) =>
    sql`SELECT ${PROJECT_COLUMNS}, ${order.column} AS sort_key FROM ${from} WHERE ${whose} AND ${place(may)} ${where}
      ORDER BY ${order.column} ${direction}, p.id ${direction} LIMIT ${asked.limit + 1}`
  const sums = (from: Statement, visible: Statement) =>
    sql`SELECT ${SUMS} FROM ${from} WHERE ${visible} ${where}`
  const { actor, rows } = await enter(ctx, isMember, [
    page(sql`projects p`, sql`1`, all),
    page(HELD, own, sql`1`),
    ...(asked.totals
      ? [
          sums(sql`projects p`, sql`p.id < (SELECT CASE WHEN ${all} THEN ${LAST} ELSE ${FIRST} END)`),
          sums(HELD, own),
        ]
      : []),
    ...(asked.gates ? [ctx.deps.policies.statement(ctx.tenant)] : []),
  ])
  const mine = seesAllProjects(actor) ? 0 : 1
  const versions = asked.gates ? ctx.deps.policies.versions(ctx.tenant, rows.at(-1) ?? []) : []
  const policies = new Map(versions.map((one) => [one.hash, one.policy]))
  const items = pageOf(
    rows[mine] ?? [],
    asked,
    (row) => projectItem(row, asked.gates ? policies : undefined),
    (row) => [String(row.sort_key), text(row, 'id')],
  )
  const totals = asked.totals ? totalsOf(rows[2 + mine]?.[0] ?? {}) : null
  return { page: { ...items, totals }, actor, versions }
}

/** Projects in which an organisation holds a party; `own` of `visibility` says which organisation, and takes each once. */
export const HELD = sql`project_parties h CROSS JOIN projects p ON p.id = h.project_id`

/** Who is asking decides what there is to read, so that the query which is not his ends before it begins. */
export function visibility(ctx: TenantContext): { all: Statement; own: Statement } {
  const all = sql`EXISTS (SELECT 1 FROM users u JOIN sessions s ON s.user_id = u.id WHERE s.token_hash = ${ctx.token?.hash}
    AND (u.role = 'auditor' OR EXISTS (SELECT 1 FROM organisation_parties o
      WHERE o.organisation_id = u.organisation_id AND o.party <> 'unit')))`
  const own = sql`h.organisation_id = (SELECT CASE WHEN ${all} THEN '' ELSE ${ownOrganisation(ctx)} END)
    AND h.party = (SELECT min(x.party) FROM project_parties x
      WHERE x.organisation_id = h.organisation_id AND x.project_id = h.project_id)`
  return { all, own }
}

/** The place in the order from which a page goes on; for those who may not see everything there is nothing after it. */
function placeOf(asked: ListProjects, order: ReturnType<typeof orderOf>) {
  const cursor = decodeCursor(asked.after, 2)
  const start = order.descending ? (order.whole ? Number.MAX_SAFE_INTEGER : LAST) : order.whole ? -2 : FIRST
  const none = order.descending ? (order.whole ? -2 : FIRST) : order.whole ? Number.MAX_SAFE_INTEGER : LAST
  const key = cursor ? keyOf(cursor[0]!, order.whole) : start
  const id = cursor?.[1] ?? (order.descending ? LAST : FIRST)
  const bound = (visible: Statement) => sql`(SELECT CASE WHEN ${visible} THEN ${key} ELSE ${none} END)`
  return {
    direction: order.descending ? sql`DESC` : sql`ASC`,
    place: (visible: Statement) =>
      order.descending
        ? sql`(${order.column}, p.id) < (${bound(visible)}, ${id})`
        : sql`(${order.column}, p.id) > (${bound(visible)}, ${id})`,
  }
}

function keyOf(written: string, whole: boolean): string | number {
  if (!whole) return written
  const key = Number(written)
  if (!Number.isSafeInteger(key)) throw new AppError('malformed', '分页游标无效')
  return key
}
