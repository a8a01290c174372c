import { type Statement, sql, values } from '../statement.ts'

export const CHUNK = 400

/** A project as lists show it. */
export interface ProjectRow {
  id: string
  organisationId: string
  title: string
  policy: string
  planYear: number | undefined
  nature: string | undefined
  estimate: number | undefined
  /** 项目代码 */
  code: string | undefined
  category: string | undefined
  /** Amounts in 分 beside the estimate. */
  approved: number | undefined
  budget: number | undefined
  contract: number | undefined
  paid: number | undefined
  final: number | undefined
  /** What falls due first. */
  dueOn: string | undefined
  dueTitle: string | undefined
  /** JSON lists, absent where there is nothing to tell. */
  exceptions: string | undefined
  gates: string | undefined
  secret: boolean
  track: string | undefined
  stage: string
  settled: boolean
  ended: string | undefined
  version: number
  asOf: string
  nextChangeOn: string | undefined
  createdAt: string
  updatedAt: string
}

/** Something that an organisation has to do; `item` is unique within its subject. */
export interface TodoRow {
  item: string
  organisationId: string
  kind: 'step' | 'opinion' | 'witness' | 'decision' | 'confirmation' | 'batch'
  party: string
  step: string
  title: string
  dueOn: string | undefined
  provisional: boolean
  /** Whether it can be done now; what only has a due date so far comes after. */
  open: boolean
}

/** A document that a step yielded. */
export interface DocumentRow {
  id: string
  document: string
  title: string
  step: string
  outcome: string | undefined
  issuedOn: string
  version: number
}

/** What a project has put on its unit or taken from it. */
export interface UnitSanctionRow {
  sanction: string
  act: 'impose' | 'lift'
  on: string
  cause: string
  seq: number
}

/** All rows that follow from one project's state on a day. */
export interface ProjectProjection {
  row: ProjectRow
  parties: { party: string; organisationId: string }[]
  todos: TodoRow[]
  unitSanctions: UnitSanctionRow[]
}

/** Rows of a project as they are, where the writer has read them: then only what differs is written. */
export interface KnownRows {
  made: number
  parties: ProjectProjection['parties']
  todos: readonly TodoRow[]
  unitSanctions: number
}

/** Brings everything that lists know of a project up to date, but for its documents, which only grow. */
export function projectStatements(projection: ProjectProjection, known?: KnownRows): Statement[] {
  const { row, parties, todos, unitSanctions } = projection
  return [
    upsertProject(row, known?.made),
    ...(known && sameParties(known.parties, parties) ? [] : partyStatements(row.id, parties)),
    ...(known ? todoChanges(row.id, known.todos, todos) : todoStatements(row.id, todos)),
    ...(known?.unitSanctions === 0 && !unitSanctions.length ? [] : sanctionStatements(row, unitSanctions)),
  ]
}

/** A row that was made anew since `made` was read cannot be written: NULL is refused. */
function upsertProject(row: ProjectRow, made: number | undefined): Statement {
  const next = made === undefined ? sql`made + 1` : sql`CASE WHEN made = ${made} THEN made + 1 END`
  return sql`INSERT INTO projects (id, organisation_id, title, policy, plan_year, nature, estimate, secret, track, stage, settled,
      ended, version, as_of, next_change_on, created_at, updated_at, code, category, approved, budget, contract, paid, final,
      due_on, due_title, exceptions, gates) VALUES (${row.id}, ${row.organisationId}, ${row.title},
      ${row.policy}, ${row.planYear}, ${row.nature}, ${row.estimate}, ${row.secret}, ${row.track}, ${row.stage}, ${row.settled},
      ${row.ended}, ${row.version}, ${row.asOf}, ${row.nextChangeOn}, ${row.createdAt}, ${row.updatedAt}, ${row.code},
      ${row.category}, ${row.approved}, ${row.budget}, ${row.contract}, ${row.paid}, ${row.final}, ${row.dueOn}, ${row.dueTitle},
      ${row.exceptions}, ${row.gates})
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, policy = excluded.policy, plan_year = excluded.plan_year,
      nature = excluded.nature, estimate = excluded.estimate, secret = excluded.secret, track = excluded.track,
      stage = excluded.stage, settled = excluded.settled, ended = excluded.ended, version = excluded.version,
      as_of = excluded.as_of, next_change_on = excluded.next_change_on, updated_at = excluded.updated_at,
      code = excluded.code, category = excluded.category, approved = excluded.approved, budget = excluded.budget,
      contract = excluded.contract, paid = excluded.paid, final = excluded.final, due_on = excluded.due_on,
      due_title = excluded.due_title, exceptions = excluded.exceptions, gates = excluded.gates, made = ${next}`
}

function sameParties(known: ProjectProjection['parties'], parties: ProjectProjection['parties']): boolean {
  const key = (one: { party: string; organisationId: string }): string => `${one.party} ${one.organisationId}`
  const keys = new Set(known.map(key))
  return known.length === parties.length && parties.every((one) => keys.has(key(one)))
}

function partyStatements(projectId: string, parties: ProjectProjection['parties']): Statement[] {
  const rows = parties.map(({ party, organisationId }) => [projectId, party, organisationId])
  return [
    sql`DELETE FROM project_parties WHERE project_id = ${projectId}`,
    ...(rows.length
      ? [sql`INSERT INTO project_parties (project_id, party, organisation_id) VALUES ${values(rows)}`]
      : []),
  ]
}

function sanctionStatements(row: ProjectRow, acts: readonly UnitSanctionRow[]): Statement[] {
  const rows = acts.map((one, n) => [
    row.id,
    n,
    row.organisationId,
    one.sanction,
    one.act,
    one.on,
    one.cause,
    one.seq,
  ])
  return [
    sql`DELETE FROM unit_sanctions WHERE project_id = ${row.id}`,
    ...(rows.length
      ? [
          sql`INSERT INTO unit_sanctions (project_id, n, organisation_id, sanction, act, act_on, cause, seq) VALUES ${values(rows)}`,
        ]
      : []),
  ]
}

/** Removes the to-dos that are no more and writes those that are new or different. */
function todoChanges(subject: string, known: readonly TodoRow[], todos: readonly TodoRow[]): Statement[] {
  const gone = known.filter((one) => !todos.some((todo) => isOf(todo, one)))
  const changed = todos.filter((todo) => !known.some((one) => isOf(one, todo) && saysTheSame(one, todo)))
  return [
    ...gone.map(
      (todo) =>
        sql`DELETE FROM todos WHERE subject = ${subject} AND item = ${todo.item} AND organisation_id = ${todo.organisationId}`,
    ),
    ...insertTodos(subject, changed),
  ]
}

function isOf(one: TodoRow, other: TodoRow): boolean {
  return one.item === other.item && one.organisationId === other.organisationId
}

function saysTheSame(one: TodoRow, other: TodoRow): boolean {
  return (
    one.kind === other.kind &&
    one.party === other.party &&
    one.step === other.step &&
    one.title === other.title &&
    one.dueOn === other.dueOn &&
    one.provisional === other.provisional &&
    one.open === other.open
  )
}

/** Replaces the to-dos of a project or a batch. */
export function todoStatements(subject: string, todos: readonly TodoRow[]): Statement[] {
  return [sql`DELETE FROM todos WHERE subject = ${subject}`, ...insertTodos(subject, todos)]
}

function insertTodos(subject: string, todos: readonly TodoRow[]): Statement[] {
  const inserts: Statement[] = []
  for (let i = 0; i < todos.length; i += CHUNK)
    inserts.push(
      sql`INSERT INTO todos (subject, item, organisation_id, kind, party, step, title, due_on, provisional, open, sort_key)
        VALUES ${values(todos.slice(i, i + CHUNK).map((todo) => todoValues(subject, todo)))}
        ON CONFLICT (subject, item, organisation_id) DO UPDATE SET kind = excluded.kind, party = excluded.party,
          step = excluded.step, title = excluded.title, due_on = excluded.due_on, provisional = excluded.provisional,
          open = excluded.open, sort_key = excluded.sort_key`,
    )
  return inserts
}

function todoValues(subject: string, todo: TodoRow): (string | boolean | undefined)[] {
  return [
    subject,
    todo.item,
    todo.organisationId,
    todo.kind,
    todo.party,
    todo.step,
    todo.title,
    todo.dueOn,
    todo.provisional,
    todo.open,
    `${todo.open ? 0 : 1} ${todo.dueOn ?? '9999-12-31'}`,
  ]
}

/** Adds the documents that an event yielded. */
export function documentStatements(projectId: string, documents: readonly DocumentRow[]): Statement[] {
  if (!documents.length) return []
  const rows = documents.map((one) => [
    one.id,
    projectId,
    one.document,
    one.title,
    one.step,
    one.outcome,
    one.issuedOn,
    one.version,
  ])
  return [
    sql`INSERT INTO documents (id, project_id, document, title, step, outcome, issued_on, version) VALUES ${values(rows)}`,
  ]
}

/** Notes that a step of a project uses uploaded files, so that whoever sees the project may fetch them. */
export function materialUseStatements(
  projectId: string,
  uses: readonly { file: string; step: string }[],
): Statement[] {
  if (!uses.length) return []
  const rows = uses.map(({ file, step }) => [file, projectId, step])
  return [
    sql`INSERT INTO material_uses (material_id, project_id, step) VALUES ${values(rows)} ON CONFLICT DO NOTHING`,
  ]
}

/** Has the sweep look again at the other projects of a unit, whose standing may hang on what has just changed. */
export function lookAgain(organisationId: string, except: string, today: string): Statement {
  return sql`UPDATE projects SET next_change_on = ${today} WHERE organisation_id = ${organisationId} AND id <> ${except}
    AND ended IS NULL`
}

/** The same for the projects of some plan years. */
export function lookAgainInYears(years: readonly number[], except: string, today: string): Statement {
  return sql`UPDATE projects SET next_change_on = ${today} WHERE plan_year IN (SELECT value FROM json_each(${JSON.stringify(years)}))
    AND id <> ${except} AND ended IS NULL`
}

/** Fails the batch unless these projects, and no others, still stand where they were read. Put before what moves them. */
export function unmoved(where: Statement, read: readonly { version: number }[]): Statement[] {
  const versions = read.reduce((sum, one) => sum + one.version, 0)
  return [
    sql`INSERT INTO guard (ok) SELECT count(*) FROM (SELECT count(*) AS n, coalesce(sum(version), 0) AS v FROM projects
      WHERE ${where}) WHERE n = ${read.length} AND v = ${versions}`,
    sql`DELETE FROM guard`,
  ]
}

/** Fails the batch unless the project still stands at this version. */
export function stillAt(projectId: string, version: number): Statement[] {
  return [
    sql`INSERT INTO guard (ok) SELECT count(*) FROM projects WHERE id = ${projectId} AND version = ${version}`,
    sql`DELETE FROM guard`,
  ]
}

/** Has the sweep look again at every running project, whose standing may hang on what has just changed. */
export function lookAgainEverywhere(today: string): Statement {
  return sql`UPDATE projects SET next_change_on = ${today} WHERE ended IS NULL`
}
