import { integer, optionalInteger, type Row, type Statement, sql } from '../../../db/statement.ts'
import { addDays } from '../../core/values/day.ts'
import { dueWhen, type TodoDue } from '../cases/list-todos.ts'
import { ownOrganisation } from '../cases/read-project.ts'
import { seesAllProjects } from '../cases/visibility.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { type Unread, unreadOf, unreadStatement } from '../notices/count-unread.ts'
import { instantOf, me } from '../notices/list-notices.ts'

/** The figures of a desk; each stands for a list that has a route of its own. */
export interface Workbench {
  today: string
  /** To-dos of the organisation: overdue and due within three days, open or not; all that can be done now; in the person's hands. */
  todos: { overdue: number; soon: number; open: number; mine: number }
  drafts: number
  /** Running projects that the organisation declared. */
  projects: number
  notices: Unread
  /**
   * For authorities: what was handed to them since Monday and since the first, what is overdue anywhere, and the money
   * of this plan year's projects, in fen; an amount that no project has is null, which is not zero.
   */
  lead: {
    receivedSinceMonday: number
    monday: string
    receivedSinceFirst: number
    first: string
    overdue: number
    money: PlanMoney
  } | null
}

/** The amounts of a plan year's projects by their basis, which never stand in for one another. */
export interface PlanMoney {
  year: number
  projects: number
  estimateFen: number | null
  approvedFen: number | null
  budgetFen: number | null
  contractFen: number | null
  paidFen: number | null
}

/** What a person opens in the morning, in one trip. */
export async function seeWorkbench(ctx: TenantContext): Promise<Workbench> {
  const { today } = ctx
  const monday = mondayOf(today)
  const first = `${today.slice(0, 8)}01`
  const { actor, rows } = await enter(ctx, isMember, [
    countTodos(ctx, 'overdue'),
    countTodos(ctx, 'soon'),
    countTodos(ctx, 'open'),
    sql`SELECT count(*) AS n FROM todos t JOIN desk d ON d.subject = t.subject AND d.item = t.item
      AND d.organisation_id = t.organisation_id WHERE t.organisation_id = ${ownOrganisation(ctx)} AND d.holder_id = ${me(ctx)}`,
    sql`SELECT count(*) AS n FROM drafts WHERE user_id = ${me(ctx)}`,
    sql`SELECT count(*) AS n FROM projects WHERE organisation_id = ${ownOrganisation(ctx)} AND ended IS NULL`,
    unreadStatement(ctx),
    receivedSince(ctx, monday),
    receivedSince(ctx, first),
    sql`SELECT count(*) AS n FROM todos WHERE due_on < ${today}`,
    sql`SELECT count(*) AS n, sum(estimate) AS estimate, sum(approved) AS approved, sum(budget) AS budget, sum(contract) AS contract,
      sum(paid) AS paid FROM projects WHERE plan_year = ${Number(today.slice(0, 4))}`,
  ])
  const count = (i: number): number => counted(rows[i])
  return {
    today,
    todos: { overdue: count(0), soon: count(1), open: count(2), mine: count(3) },
    drafts: count(4),
    projects: count(5),
    notices: unreadOf(rows[6]),
    lead: seesAllProjects(actor)
      ? {
          receivedSinceMonday: count(7),
          monday,
          receivedSinceFirst: count(8),
          first,
          overdue: count(9),
          money: moneyOf(Number(today.slice(0, 4)), rows[10]?.[0]),
        }
      : null,
  }
}

function countTodos(ctx: TenantContext, due: TodoDue): Statement {
  return sql`SELECT count(*) AS n FROM todos WHERE organisation_id = ${ownOrganisation(ctx)} ${dueWhen(due, ctx.today)}`
}

function receivedSince(ctx: TenantContext, day: string): Statement {
  return sql`SELECT count(*) AS n FROM notices WHERE recipient = ${ownOrganisation(ctx)} AND id >= ${instantOf(day)}
    AND category = 'received'`
}

function moneyOf(year: number, row: Row | undefined): PlanMoney {
  const fen = (column: string): number | null => (row ? (optionalInteger(row, column) ?? null) : null)
  return {
    year,
    projects: row ? integer(row, 'n') : 0,
    estimateFen: fen('estimate'),
    approvedFen: fen('approved'),
    budgetFen: fen('budget'),
    contractFen: fen('contract'),
    paidFen: fen('paid'),
  }
}

function counted(rows: readonly Row[] = []): number {
  return rows[0] ? integer(rows[0], 'n') : 0
}

/** The Monday of the week of a day. */
function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}
