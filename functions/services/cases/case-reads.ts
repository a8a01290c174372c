import { type Position, positionOf } from '../../../db/ledger.ts'
import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { TodoRow } from '../../../db/tenant/projections.ts'
import type { Outside, Policy } from '../../core/policy/model.ts'
import type { CaseState, SanctionInForce, Values } from '../../core/policy/state.ts'
import { sanctionsAfter } from '../../core/policy/unit-sanctions.ts'
import { seededCalendar } from '../calendar.ts'
import type { TenantContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { type AdoptedPolicy, versionOn } from '../tenants/policies.ts'

/** Which tenant, and where its compiled policies are kept. */
export type TenantHome = Pick<TenantContext, 'deps' | 'tenant'>

/** A project's row, state and log position. */
export interface LoadedProject {
  id: string
  organisationId: string
  title: string
  createdAt: string
  updatedAt: string
  /** How often its rows were made. */
  made: number
  state: CaseState
  position: Position
}

/** Organisations by the parties that they hold, for whom a to-do or a right is looked up. */
export interface Holders {
  byParty: Map<string, string[]>
  /** Parties held for one unit only, by unit. */
  byUnit: Map<string, { party: string; organisationId: string }[]>
  /** Parties that a project's facts name, as they were when it was last written, by project. */
  byProject: Map<string, { party: string; organisationId: string }[]>
  /** Ids of organisations that the command at hand names, by name. */
  named: Map<string, string>
}

/** The to-dos of a case as they are written now. */
export function todosStatement(subject: string): Statement {
  return sql`SELECT item, organisation_id, kind, party, step, title, due_on, provisional, open FROM todos
    WHERE subject = ${subject}`
}

/** A row of `todosStatement`. */
export function todoOf(row: Row): TodoRow {
  return {
    item: text(row, 'item'),
    organisationId: text(row, 'organisation_id'),
    kind: text(row, 'kind') as TodoRow['kind'],
    party: text(row, 'party'),
    step: text(row, 'step'),
    title: text(row, 'title'),
    dueOn: optionalText(row, 'due_on'),
    provisional: integer(row, 'provisional') === 1,
    open: integer(row, 'open') === 1,
  }
}

/** What surrounds the cases of one request. */
export interface Surroundings {
  versions: AdoptedPolicy[]
  holders: Holders
  announced: NonNullable<Outside['announced']>
  registers: Map<string, { name: string; level?: string; from?: string; to?: string }[]>
}

/** Statement for projects with their states and positions; `where` may name columns of `p`. */
export function projectsStatement(where: Statement): Statement {
  return sql`SELECT p.id, p.organisation_id, p.title, p.created_at, p.updated_at, p.made, s.version, s.n, s.hash, s.state FROM projects p
    JOIN streams s ON s.stream = 'project:' || p.id WHERE ${where}`
}

/** A row of `projectsStatement`. */
export function projectOf(row: Row): LoadedProject {
  return {
    id: text(row, 'id'),
    organisationId: text(row, 'organisation_id'),
    title: text(row, 'title'),
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
    made: integer(row, 'made'),
    state: JSON.parse(text(row, 'state')) as CaseState,
    position: positionOf(row),
  }
}

/** Statements for the facts and sanctions of units; `units` selects organisation ids. */
export function unitStatements(units: Statement): Statement[] {
  return [
    sql`SELECT stream, version, n, hash, state FROM streams WHERE stream IN (SELECT 'unit:' || id FROM (${units}))`,
    sql`SELECT organisation_id, project_id, sanction, act, act_on, cause, seq FROM unit_sanctions
      WHERE organisation_id IN (SELECT id FROM (${units})) ORDER BY act_on, project_id, n`,
  ]
}

/** A unit as its projects see it. */
export interface LoadedUnit {
  position: Position
  facts: Values
  acts: {
    project: string
    sanction: string
    act: 'impose' | 'lift'
    on: string
    cause: string
    seq: number
  }[]
}

/** The units that `unitStatements` found, by organisation; one without rows is missing. */
export function unitsOf(facts: readonly Row[] = [], acts: readonly Row[] = []): Map<string, LoadedUnit> {
  const units = new Map<string, LoadedUnit>()
  const unit = (id: string): LoadedUnit => {
    const known = units.get(id) ?? { position: positionOf(undefined), facts: {}, acts: [] }
    units.set(id, known)
    return known
  }
  for (const row of facts) {
    const one = unit(text(row, 'stream').slice('unit:'.length))
    one.position = positionOf(row)
    one.facts = (JSON.parse(text(row, 'state')) as { facts: Values }).facts
  }
  for (const row of acts)
    unit(text(row, 'organisation_id')).acts.push({
      project: text(row, 'project_id'),
      sanction: text(row, 'sanction'),
      act: text(row, 'act') as 'impose' | 'lift',
      on: text(row, 'act_on'),
      cause: text(row, 'cause'),
      seq: integer(row, 'seq'),
    })
  return units
}

/**
 * Statements for what surrounds cases; `projects` selects their ids. `names` are the words of the command that may name
 * organisations or entries of registers; those are looked up, beside the entries of each register that are valid
 * longest, which tell whether it is empty, too small or too large. Without `names` nothing is judged and no register is read.
 */
export function surroundingStatements(
  ctx: TenantHome,
  names: readonly string[] | undefined,
  projects: Statement = sql`SELECT NULL AS id WHERE 0`,
): Statement[] {
  const words = JSON.stringify([...new Set(names ?? [])].slice(0, 2000))
  return [
    ctx.deps.policies.statement(ctx.tenant),
    sql`SELECT party, organisation_id FROM organisation_parties WHERE party < 'unit' OR party > 'unit'`,
    sql`SELECT unit_id, party, organisation_id FROM unit_parties`,
    sql`SELECT project_id, party, organisation_id FROM project_parties WHERE project_id IN (SELECT id FROM (${projects}))`,
    sql`SELECT id, name FROM organisations WHERE name IN (SELECT value FROM json_each(${words}))`,
    sql`SELECT step, year, from_on, to_on FROM announcements`,
    names ? registerStatement(words) : sql`SELECT NULL WHERE 0`,
  ]
}

function registerStatement(words: string): Statement {
  return sql`SELECT register, name, level, from_on, to_on FROM register_entries
      WHERE name IN (SELECT value FROM json_each(${words}))
    UNION SELECT register, name, level, from_on, to_on FROM (SELECT *, row_number() OVER (PARTITION BY register
      ORDER BY coalesce(to_on, '9999-12-31') DESC, id) AS place FROM register_entries) WHERE place <= ${COUNTED}`
}

/** More entries of a register than any rule about its size looks at. */
const COUNTED = 40

/** How many statements `surroundingStatements` gives. */
export const SURROUNDINGS = 7

/** What `surroundingStatements` found. */
export function surroundingsOf(ctx: TenantHome, rows: readonly Row[][]): Surroundings {
  const [
    policies = [],
    parties = [],
    perUnit = [],
    perProject = [],
    named = [],
    announcements = [],
    entries = [],
  ] = rows
  const announced: NonNullable<Outside['announced']> = {}
  for (const row of announcements) {
    const span = { from: optionalText(row, 'from_on'), to: optionalText(row, 'to_on') ?? '9999-12-31' }
    announced[text(row, 'step')] = { ...announced[text(row, 'step')], [String(integer(row, 'year'))]: span }
  }
  return {
    versions: ctx.deps.policies.versions(ctx.tenant, policies),
    holders: {
      byParty: grouped(parties, 'party', (row) => text(row, 'organisation_id')),
      byUnit: grouped(perUnit, 'unit_id', (row) => ({
        party: text(row, 'party'),
        organisationId: text(row, 'organisation_id'),
      })),
      byProject: grouped(perProject, 'project_id', (row) => ({
        party: text(row, 'party'),
        organisationId: text(row, 'organisation_id'),
      })),
      named: new Map(named.flatMap((row) => [[text(row, 'name'), text(row, 'id')] as const])),
    },
    announced,
    registers: grouped(entries, 'register', (row) => ({
      name: text(row, 'name'),
      level: optionalText(row, 'level'),
      from: optionalText(row, 'from_on'),
      to: optionalText(row, 'to_on'),
    })),
  }
}

/** What the engine is given from outside a case, on a day. */
export function outsideOf(
  policy: Policy,
  around: Surroundings,
  unit: LoadedUnit | undefined,
  day: string,
): Outside {
  const registers: NonNullable<Outside['registers']> = {}
  for (const id of Object.keys(policy.document.registers ?? {}))
    registers[id] = around.registers.get(id) ?? []
  return {
    unit: { facts: unit?.facts ?? {}, sanctions: sanctionsOn(unit, day) },
    registers,
    announced: around.announced,
    calendar: seededCalendar,
  }
}

/** The unit's sanctions as they stand after all acts up to a day. */
export function sanctionsOn(unit: LoadedUnit | undefined, day: string): SanctionInForce[] {
  return sanctionsAfter(
    (unit?.acts ?? []).map(({ sanction, ...act }) => ({ ...act, id: sanction })),
    day,
  )
}

/** The version that judges a case: the one that binds it, else the one in force on the day. */
export function versionFor(
  around: Surroundings,
  state: CaseState | undefined,
  day: string,
): AdoptedPolicy | undefined {
  const bound = state?.version
  return bound === undefined
    ? versionOn(around.versions, day)
    : around.versions.find((version) => version.effectiveOn === bound)
}

/** The first project, or `not-found`. */
export function theProject(rows: readonly Row[] | undefined): LoadedProject {
  const row = rows?.[0]
  if (!row) throw notFound()
  return projectOf(row)
}

/** All texts in a JSON value, for looking up what they may name. */
export function wordsOf(value: unknown, into: string[] = []): string[] {
  if (typeof value === 'string') {
    if (value.length > 0 && value.length <= 200) into.push(value)
  } else if (Array.isArray(value)) for (const item of value) wordsOf(item, into)
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) wordsOf(item, into)
  return into
}

function grouped<T>(rows: readonly Row[], column: string, item: (row: Row) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = text(row, column)
    const group = groups.get(key)
    if (group) group.push(item(row))
    else groups.set(key, [item(row)])
  }
  return groups
}
