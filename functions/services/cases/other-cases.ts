import { integer, optionalInteger, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { lookAgain, lookAgainInYears, unmoved } from '../../../db/tenant/projections.ts'
import { contribution, countsOf } from '../../core/policy/engine/counts.ts'
import { emptyOutside } from '../../core/policy/engine/outside.ts'
import { tick } from '../../core/policy/engine/tick.ts'
import type { CountRule, Outside, Policy } from '../../core/policy/model.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { seededCalendar } from '../calendar.ts'
import { type Surroundings, type TenantHome, versionFor } from './case-reads.ts'

/** A project that another one may count. */
interface OtherCase {
  organisationId: string
  planYear: number | undefined
  version: number
  state: CaseState
}

/** The projects of the units and of the plan years at hand, read with what is decided on them (§12). */
export type OtherCases = Record<CountRule['over'], OtherCase[]>

const BOTH: ReadonlySet<CountRule['over']> = new Set(['unit', 'year'])
const NONE: OtherCases = { unit: [], year: [] }

/**
 * Statements for the projects that policies of the tenant count over; none where no version does. `units` selects
 * organisations, `years` plan years, `always` for a version that is not adopted yet. While the versions are not known here, the database looks for counts in them.
 */
export function otherCaseStatements(
  home: TenantHome,
  units: Statement,
  years: Statement,
  always?: boolean,
): Statement[] {
  const known = always ? BOTH : home.deps.policies.counting(home.tenant)
  if (known?.size === 0) return []
  const cases = (over: CountRule['over'], column: Statement, among: Statement): Statement => {
    if (known && !known.has(over)) return sql`SELECT NULL WHERE 0`
    const counting = sql`EXISTS (SELECT 1 FROM policies WHERE instr(text, ${`${over}.projects`}) > 0)`
    const bound = known ? among : sql`SELECT * FROM (${among}) WHERE ${counting}`
    return sql`SELECT p.organisation_id, p.plan_year, p.version, s.state FROM projects p JOIN streams s
      ON s.stream = 'project:' || p.id WHERE ${column} IN (${bound})`
  }
  return [cases('unit', sql`p.organisation_id`, units), cases('year', sql`p.plan_year`, years)]
}

/** `otherCaseStatements` for projects that are there; `projects` selects their ids. */
export function othersOf(home: TenantHome, projects: Statement, always?: boolean): Statement[] {
  return otherCaseStatements(
    home,
    sql`SELECT organisation_id FROM projects WHERE id IN (${projects})`,
    sql`SELECT plan_year FROM projects WHERE id IN (${projects})`,
    always,
  )
}

/** What `otherCaseStatements` found; undefined when it had no statements. */
export function otherCasesOf(rows: readonly Row[][]): OtherCases | undefined {
  if (rows.length === 0) return undefined
  const [unit = [], year = []] = rows.map((list) => list.map(caseOf))
  return { unit, year }
}

function caseOf(row: Row): OtherCase {
  return {
    organisationId: text(row, 'organisation_id'),
    planYear: optionalInteger(row, 'plan_year'),
    version: integer(row, 'version'),
    state: JSON.parse(text(row, 'state')) as CaseState,
  }
}

/** Whether a policy counts over other cases although none were read: its version was not known yet, so read again. */
export function mustReadAgain(policies: Iterable<Policy>, others: OtherCases | undefined): boolean {
  if (others) return false
  for (const policy of policies) if (policy.counts.length > 0) return true
  return false
}

/** What surrounds a case with what its counts come to; `moved` are states of other cases that go before those read. */
export function withCounts(
  policy: Policy,
  outside: Outside,
  self: { organisationId: string; state: CaseState },
  others: OtherCases = NONE,
  around: Surroundings,
  day: string,
  moved?: ReadonlyMap<string, CaseState>,
): Outside {
  if (policy.counts.length === 0) return outside
  const standing = (one: OtherCase): CaseState => {
    const state = moved?.get(one.state.id) ?? one.state
    const own = versionFor(around, state, day)?.policy
    return own ? tick(own, state, day, { ...emptyOutside, calendar: seededCalendar }) : state
  }
  const unit = others.unit.filter((one) => one.organisationId === self.organisationId).map(standing)
  const counts = countsOf(policy, self.state, { unit, year: others.year.map(standing) }, outside, day)
  return { ...outside, counts }
}

/** Fails the batch when a case that one of the counts is over has moved on, come or gone since it was read (§12). */
export function countsUnmoved(
  needed: readonly CountRule[],
  self: { organisationId: string; state: CaseState },
  others: OtherCases = NONE,
): Statement[] {
  const { planYear } = self.state.facts
  return [...new Set(needed.map((count) => count.over))].flatMap((over) => {
    if (over === 'unit') {
      const read = others.unit.filter((one) => one.organisationId === self.organisationId)
      return unmoved(sql`organisation_id = ${self.organisationId}`, read)
    }
    if (typeof planYear !== 'number') return []
    const read = others.year.filter((one) => one.planYear === planYear)
    return unmoved(sql`plan_year = ${planYear}`, read)
  })
}

/** Has the sweep look again at the projects whose counts come to something else by this change. */
export function lookAtCounting(
  around: Surroundings,
  id: string,
  organisationId: string,
  before: CaseState | undefined,
  after: CaseState,
  today: string,
): Statement[] {
  const statements: Statement[] = []
  const value = (policy: Policy, count: CountRule, state: CaseState | undefined): unknown =>
    state && [
      contribution(policy, count, state, { ...emptyOutside, calendar: seededCalendar }, today),
      count.over === 'year' ? state.facts.planYear : undefined,
    ]
  const changed = new Set(
    around.versions.flatMap(({ policy }) =>
      policy.counts.flatMap((count) =>
        JSON.stringify(value(policy, count, before)) === JSON.stringify(value(policy, count, after))
          ? []
          : [count.over],
      ),
    ),
  )
  if (changed.has('unit')) statements.push(lookAgain(organisationId, id, today))
  const years = [before?.facts.planYear, after.facts.planYear].filter((year) => typeof year === 'number')
  if (changed.has('year') && years.length > 0) statements.push(lookAgainInYears(years, id, today))
  return statements
}
