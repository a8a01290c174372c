import { type Position, positionOf } from '../../../db/ledger.ts'
import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import type { TodoRow } from '../../../db/tenant/projections.ts'
import type { Outside, Policy } from '../../core/policy/model.ts'
import type { CaseState, SanctionInForce, Values } from '../../core/policy/state.ts'
import { sanctionsAfter } from '../../core/policy/unit-sanctions.ts'
import { seededCalendar } from '../calendar.ts'
import type { TenantContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { grouped } from '../tenants/directory.ts'
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
  /** Its to-dos as they are written, where they were asked for. */
  todos?: TodoRow[]
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

/** For `projectsStatement`: the to-dos of a case as they are written now, in one cell. */
export const withTodos = sql`, (SELECT json_group_array(json_array(item, organisation_id, kind, party, step, title, due_on, provisional, open))
    FROM todos WHERE subject = p.id) AS todos`
const NOTHING_MORE = sql``

type TodoCells = [string, string, TodoRow['kind'], string, string, string, string | null, number, number]

function todosOf(json: string): TodoRow[] {
  return (JSON.parse(json) as TodoCells[]).map(
    ([item, organisationId, kind, party, step, title, dueOn, provisional, open]) => ({
      item,
      organisationId,
      kind,
      party,
      step,
      title,
      dueOn: dueOn ?? undefined,
      provisional: provisional === 1,
      open: open === 1,
    }),
  )
}

/** What surrounds the cases of one request. */
export interface Surroundings {
  versions: AdoptedPolicy[]
  holders: Holders
  announced: NonNullable<Outside['announced']>
  registers: Map<string, NonNullable<Outside['registers']>[string]>
}

/** Statement for projects with their states and positions; `where` may name columns of `p`. */
export function projectsStatement(where: Statement, more: Statement = NOTHING_MORE): Statement {
  return sql`SELECT p.id, p.organisation_id, p.title, p.created_at, p.updated_at, p.made, s.version, s.n, s.hash, s.state ${more} FROM projects p
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
    ...(row.todos !== undefined && { todos: todosOf(text(row, 'todos')) }),
  }
}

/** Statement for the facts and sanctions of units; `units` selects organisation ids, each once. */
export function unitsStatement(units: Statement): Statement {
  return sql`SELECT u.id, s.version, s.n, s.hash, s.state, (SELECT json_group_array(json_array(project_id, sanction, act, act_on, cause, seq))
      FROM (SELECT * FROM unit_sanctions WHERE organisation_id = u.id ORDER BY act_on, project_id, n)) AS acts
    FROM (${units}) u LEFT JOIN streams s ON s.stream = 'unit:' || u.id`
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

/** The units that `unitsStatement` found, by organisation; one of which nothing is known is missing. */
export function unitsOf(rows: readonly Row[] = []): Map<string, LoadedUnit> {
  const units = new Map<string, LoadedUnit>()
  for (const row of rows) {
    const acts = text(row, 'acts')
    if (row.state === null && acts === '[]') continue
    units.set(text(row, 'id'), {
      position: positionOf(row.state === null ? undefined : row),
      facts: row.state === null ? {} : (JSON.parse(text(row, 'state')) as { facts: Values }).facts,
      acts: acts === '[]' ? [] : (JSON.parse(acts) as ActCells[]).map(actOf),
    })
  }
  return units
}

type ActCells = [string, string, 'impose' | 'lift', string, string, number]

function actOf([project, sanction, act, on, cause, seq]: ActCells): LoadedUnit['acts'][number] {
  return { project, sanction, act, on, cause, seq }
}

/**
 * Statement for what surrounds cases; `projects` selects their ids. `names` are the words of the command that may name
 * organisations or entries of registers; those are looked up, beside the entries of each register that are valid
 * longest, which tell whether it is empty, too small or too large. Without `names` nothing is judged and no register is read.
 * One row of JSON columns: a cell costs the driver more than the text in it.
 */
export function surroundingStatements(
  home: TenantHome,
  names: readonly string[] | undefined,
  projects?: Statement,
): Statement[] {
  const { policies } = home.deps
  const words = names?.length ? JSON.stringify([...new Set(names)].slice(0, 2000)) : '[]'
  const held = projects
    ? sql`(SELECT json_group_array(json_array(project_id, party, organisation_id)) FROM (SELECT project_id, party, organisation_id
        FROM project_parties WHERE project_id IN (${projects}) ORDER BY project_id, party, organisation_id))`
    : sql`NULL`
  const bodies = projects && policies.keepsApart(home.tenant)
  const named = names?.length || bodies ? namedStatement(words, bodies ? projects : undefined) : sql`NULL`
  const entries = names
    ? sql`CASE WHEN EXISTS (SELECT 1 FROM register_entries) THEN (SELECT json_group_array(json_array(register, name, level, from_on, to_on, organisation))
        FROM (${registerStatement(words)})) END`
    : sql`NULL`
  return [
    sql`SELECT ${policies.directories.columns(home, policies)}, ${held} AS held, ${named} AS named, ${entries} AS entries
      FROM directory_stamp`,
  ]
}

/** Organisations that words name; where parties are kept apart, those that hold parties and own the projects too. */
function namedStatement(words: string, projects: Statement | undefined): Statement {
  const bodies = projects
    ? sql`OR id IN (SELECT organisation_id FROM organisation_parties WHERE party <> 'unit')
        OR id IN (SELECT organisation_id FROM projects WHERE id IN (${projects}))`
    : sql``
  return sql`(SELECT json_group_array(json_array(name, id)) FROM organisations
    WHERE name IN (SELECT value FROM json_each(${words})) ${bodies})`
}

function registerStatement(words: string): Statement {
  return sql`SELECT register, name, level, from_on, to_on, organisation FROM register_entries
      WHERE name IN (SELECT value FROM json_each(${words}))
    UNION SELECT register, name, level, from_on, to_on, organisation FROM (SELECT *, row_number() OVER (PARTITION BY register
      ORDER BY coalesce(to_on, '9999-12-31') DESC, id) AS place FROM register_entries) WHERE place <= ${COUNTED}`
}

/** More entries of a register than any rule about its size looks at. */
const COUNTED = 40

/** How many statements `surroundingStatements` gives. */
export const SURROUNDINGS = 1

/** What `surroundingStatements` found. */
export function surroundingsOf(home: TenantHome, rows: readonly Row[][]): Surroundings {
  const row = rows[0]?.[0]
  if (!row) throw new Error('the database has no directory stamp')
  const { policies } = home.deps
  const { versions, byParty, byUnit, announced } = policies.directories.directoryOf(home, row, policies)
  const list = <R>(column: string): R[] => {
    const json = optionalText(row, column)
    return json === undefined ? [] : (JSON.parse(json) as R[])
  }
  return {
    versions,
    announced,
    holders: {
      byParty,
      byUnit,
      byProject: grouped(list<[string, string, string]>('held'), ([, party, organisationId]) => ({
        party,
        organisationId,
      })),
      named: new Map(list<[string, string]>('named')),
    },
    registers: registersOf(list<Entry>('entries')),
  }
}

type Entry = [
  register: string,
  name: string,
  level: string | null,
  from: string | null,
  to: string | null,
  organisation: string | null,
]

/** Entries of registers, by register; each as its cells. */
function registersOf(entries: readonly Entry[]): Surroundings['registers'] {
  return grouped(entries, ([, name, level, from, to, organisation]) => ({
    name,
    level: level ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
    organisation: organisation ?? undefined,
  }))
}

/** All entries of registers that are valid on a day, as one row whose `entries` are cells for `registersOf`. */
export function validEntriesStatement(day: string): Statement {
  return sql`SELECT json_group_array(json_array(register, name, level, from_on, to_on, organisation)) AS entries
    FROM register_entries WHERE coalesce(from_on, '') <= ${day} AND coalesce(to_on, '9999-12-31') >= ${day}`
}

/** The row of `validEntriesStatement`, by register. */
export function validEntriesOf(rows: readonly Row[] = []): Surroundings['registers'] {
  return registersOf(rows[0] ? (JSON.parse(text(rows[0], 'entries')) as Entry[]) : [])
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
