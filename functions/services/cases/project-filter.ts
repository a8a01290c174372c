import { join, type Statement, sql } from '../../../db/statement.ts'
import { hasMet } from '../../../db/tenant/rule-uses.ts'
import type { ExceptionKind } from '../../core/case/exceptions.ts'
import { foundProjects } from '../search/project-words.ts'

/** Which projects a list shows; what is absent does not narrow. */
export interface ProjectFilter {
  /** Words of title, code or unit, or initials of their pinyin. */
  word?: string
  stage?: string
  year?: number
  organisation?: string
  nature?: string
  category?: string
  track?: string
  /** Bounds of the declared estimate in 分, both included. */
  leastFen?: number
  mostFen?: number
  /** Something is due before today, or within a week. */
  due?: 'overdue' | 'soon'
  ended?: boolean
  /** Out of order in this way, or in any. */
  exception?: ExceptionKind | 'any'
  /** Something bars the next procurement or payment. */
  gated?: boolean
  /** Met by the rule with this key. */
  rule?: string
  /** These only. */
  ids?: readonly string[]
}

/** Orders of a list: by last change, declared estimate or next due day, descending with a minus. */
export const ORDERS = ['-updated', 'updated', '-amount', 'amount', '-due', 'due'] as const
export type Order = (typeof ORDERS)[number]

/**
 * The conditions on `p`, each with its AND. A plus keeps the planner on the index of the order that is asked for; the
 * words and ids name few enough projects to begin with them.
 */
export function narrowing(filter: ProjectFilter, order: Order, today: string, soon: string): Statement {
  // What the list is ordered by bounds the walk itself.
  const amount = order.endsWith('amount') ? sql`p.amount_key` : sql`+p.amount_key`
  const due = order.endsWith('due') ? sql`p.due_key` : sql`+p.due_key`
  const found = filter.word === undefined ? undefined : foundProjects(filter.word)
  const ids = filter.ids && JSON.stringify(filter.ids)
  const conditions: (Statement | false | undefined)[] = [
    found && sql`AND p.id IN (${found})`,
    filter.word !== undefined && !found && sql`AND 0`,
    ids !== undefined && sql`AND p.id IN (SELECT value FROM json_each(${ids}))`,
    filter.stage !== undefined && sql`AND p.stage = ${filter.stage}`,
    filter.year !== undefined && sql`AND +p.plan_year = ${filter.year}`,
    filter.organisation !== undefined && sql`AND +p.organisation_id = ${filter.organisation}`,
    filter.nature !== undefined && sql`AND p.nature = ${filter.nature}`,
    filter.category !== undefined && sql`AND p.category = ${filter.category}`,
    filter.track !== undefined && sql`AND p.track = ${filter.track}`,
    filter.leastFen !== undefined && sql`AND ${amount} >= ${filter.leastFen}`,
    filter.mostFen !== undefined && sql`AND ${amount} BETWEEN 0 AND ${filter.mostFen}`,
    filter.due === 'overdue' && sql`AND ${due} < ${today}`,
    filter.due === 'soon' && sql`AND ${due} BETWEEN ${today} AND ${soon}`,
    filter.ended === true && sql`AND (p.ended IS NOT NULL OR p.stage = 'closed')`,
    filter.ended === false && sql`AND p.ended IS NULL AND p.stage <> 'closed'`,
    filter.exception === 'any' && sql`AND p.exceptions IS NOT NULL`,
    filter.exception !== undefined &&
      filter.exception !== 'any' &&
      sql`AND EXISTS (SELECT 1 FROM json_each(p.exceptions) WHERE value ->> 'kind' = ${filter.exception})`,
    filter.gated === true && sql`AND p.gates IS NOT NULL`,
    filter.rule !== undefined && sql`AND ${hasMet(filter.rule)}`,
  ]
  return join(
    conditions.filter((one) => typeof one === 'object'),
    ' ',
  )
}

/** The column of an order, and whether the greatest comes first. */
export function orderOf(order: Order): { column: Statement; descending: boolean; whole: boolean } {
  const descending = order.startsWith('-')
  switch (order) {
    case '-updated':
    case 'updated':
      return { column: sql`p.updated_at`, descending, whole: false }
    case '-amount':
    case 'amount':
      return { column: sql`p.amount_key`, descending, whole: true }
    case '-due':
    case 'due':
      return { column: sql`p.due_key`, descending, whole: false }
    default:
      return order satisfies never
  }
}
