import type { ProjectFold } from '../../functions/core/oversight/project-fold.ts'
import type { ProjectRows } from '../../functions/core/oversight/project-rows.ts'
import type { TenantFold } from '../../functions/core/oversight/tenant-fold.ts'
import { canonical, sha256 } from '../canonical.ts'
import { type Row, type Statement, sql, text } from '../statement.ts'

/** `derived_on` of a project whose rows no day changes any more. */
export const FOR_EVER = '9999-12-31'

/** A project's fold and the rows made of it; without rows they must be made anew. */
export interface MadeProject {
  fold: ProjectFold
  rows: ProjectRows | undefined
}

/** Hash of a project's rows: equal hash, nothing to write. */
export function hashOfRows(rows: ProjectRows): string {
  return sha256(canonical(rows))
}

/** Keeps folds and replaces the rows of their projects as of `day`. Rows that cannot be made are taken away. */
export function keepStatements(
  tenant: string,
  division: string,
  day: string,
  made: readonly MadeProject[],
): Statement[] {
  if (made.length === 0) return []
  const folds = made.map(({ fold, rows }) => [
    fold.id,
    fold.organisationId,
    rows === undefined ? '' : rows.running ? day : FOR_EVER,
    rows === undefined ? '' : hashOfRows(rows),
    canonical(fold),
  ])
  const shown = made.flatMap(({ rows }) => (rows ? [rows] : []))
  return [
    ...withdrawRows(
      tenant,
      made.map(({ fold }) => fold.id),
    ),
    sql`INSERT INTO folds (tenant_id, project_id, organisation_id, derived_on, made, fold)
      SELECT ${tenant}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
        FROM json_each(${JSON.stringify(folds)}) WHERE true
      ON CONFLICT (tenant_id, project_id) DO UPDATE SET derived_on = excluded.derived_on, made = excluded.made,
        fold = excluded.fold`,
    ...rowStatements(tenant, division, shown),
  ]
}

/** Replaces the rows of projects whose folds stay, as of `day`; `same` are those whose rows are as they were. */
export function remakeStatements(
  tenant: string,
  division: string,
  day: string,
  changed: readonly ProjectRows[],
  same: readonly ProjectRows[],
): Statement[] {
  const marks = [...changed, ...same].map((rows) => [
    rows.project.id,
    rows.running ? day : FOR_EVER,
    hashOfRows(rows),
  ])
  return [
    ...withdrawRows(
      tenant,
      changed.map((rows) => rows.project.id),
    ),
    ...rowStatements(tenant, division, changed),
    sql`UPDATE folds SET derived_on = e.value ->> 1, made = e.value ->> 2 FROM json_each(${JSON.stringify(marks)}) e
      WHERE folds.tenant_id = ${tenant} AND folds.project_id = e.value ->> 0`,
  ]
}

/** Leaves nothing of projects that must not be known here. */
export function withdrawStatements(tenant: string, projects: readonly string[]): Statement[] {
  if (projects.length === 0) return []
  return [...withdrawRows(tenant, projects), deleteOf('folds', tenant, projects)]
}

/** Leaves nothing of a tenant but its cursor. */
export function dropTenantStatements(tenant: string): Statement[] {
  return [
    sql`DELETE FROM projects WHERE tenant_id = ${tenant}`,
    sql`DELETE FROM obligations WHERE tenant_id = ${tenant}`,
    sql`DELETE FROM stage_spans WHERE tenant_id = ${tenant}`,
    sql`DELETE FROM folds WHERE tenant_id = ${tenant}`,
    sql`DELETE FROM tenant_folds WHERE tenant_id = ${tenant}`,
    sql`DELETE FROM parked WHERE tenant_id = ${tenant}`,
  ]
}

/** Keeps what surrounds the projects of a tenant. */
export function tenantFoldStatement(tenant: string, fold: TenantFold): Statement {
  return sql`INSERT INTO tenant_folds (tenant_id, fold) VALUES (${tenant}, ${canonical(fold)})
    ON CONFLICT (tenant_id) DO UPDATE SET fold = excluded.fold`
}

/** Has the rows of projects made anew: of those of some organisations, or of all. */
export function remakeLater(tenant: string, organisations: readonly string[] | 'all'): Statement[] {
  if (organisations === 'all') return [sql`UPDATE folds SET derived_on = '' WHERE tenant_id = ${tenant}`]
  if (organisations.length === 0) return []
  return [
    sql`UPDATE folds SET derived_on = '' WHERE tenant_id = ${tenant}
      AND organisation_id IN (SELECT value FROM json_each(${JSON.stringify(organisations)}))`,
  ]
}

/** Reads a stream no more. */
export function parkStatement(
  tenant: string,
  one: { stream: string; seq: number; error: string; at: string },
): Statement {
  return sql`INSERT INTO parked (tenant_id, stream, seq, error, parked_at) VALUES (${tenant}, ${one.stream}, ${one.seq},
    ${one.error}, ${one.at}) ON CONFLICT (tenant_id, stream) DO NOTHING`
}

/** A kept fold. */
export function foldOf(row: Row): ProjectFold {
  return JSON.parse(text(row, 'fold')) as ProjectFold
}

type DerivedTable = 'obligations' | 'stage_spans' | 'folds'

function deleteOf(table: DerivedTable, tenant: string, projects: readonly string[]): Statement {
  const where = sql`WHERE tenant_id = ${tenant} AND project_id IN (SELECT value FROM json_each(${JSON.stringify(projects)}))`
  return { sql: `DELETE FROM ${table} ${where.sql}`, args: where.args }
}

function withdrawRows(tenant: string, projects: readonly string[]): Statement[] {
  if (projects.length === 0) return []
  return [
    sql`DELETE FROM projects WHERE tenant_id = ${tenant} AND id IN (SELECT value FROM json_each(${JSON.stringify(projects)}))`,
    deleteOf('obligations', tenant, projects),
    deleteOf('stage_spans', tenant, projects),
  ]
}

function rowStatements(tenant: string, division: string, made: readonly ProjectRows[]): Statement[] {
  if (made.length === 0) return []
  const projects = made.map(({ project: one }) => [
    one.id,
    one.title,
    one.organisationId,
    one.organisation ?? null,
    one.category ?? null,
    one.categoryTitle ?? null,
    one.nature ?? null,
    one.track ?? null,
    one.year ?? null,
    one.stage,
    one.settled ? 1 : 0,
    one.ended ?? null,
    one.openedOn,
    one.endedOn ?? null,
    one.estimate ?? null,
    one.approved ?? null,
    one.budget ?? null,
    one.contract ?? null,
    one.paid ?? null,
    one.version,
    one.policy,
  ])
  const obligations = made.flatMap(({ project, obligations: owed }) =>
    owed.map((one) => [
      project.id,
      one.item,
      one.step,
      one.title,
      JSON.stringify(one.parties),
      one.dueOn,
      one.provisional ? 1 : 0,
      canonical(one.reason),
    ]),
  )
  const spans = made.flatMap(({ project, spans: stays }) =>
    stays.map((one, n) => [
      project.id,
      n,
      one.stage,
      one.enteredOn,
      one.leftOn ?? null,
      one.days ?? null,
      one.first ? 1 : 0,
    ]),
  )
  return [
    sql`INSERT INTO projects (tenant_id, division, id, title, organisation_id, organisation, category, category_title, nature,
        track, plan_year, stage, settled, ended, opened_on, ended_on, estimate, approved, budget, contract, paid, version, policy_hash)
      SELECT ${tenant}, ${division}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14,
        value ->> 15, value ->> 16, value ->> 17, value ->> 18, value ->> 19, value ->> 20 FROM json_each(${JSON.stringify(projects)})`,
    sql`INSERT INTO obligations (tenant_id, project_id, item, step, title, parties, due_on, provisional, reason)
      SELECT ${tenant}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7
        FROM json_each(${JSON.stringify(obligations)})`,
    sql`INSERT INTO stage_spans (tenant_id, project_id, n, stage, entered_on, left_on, days, first)
      SELECT ${tenant}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
        FROM json_each(${JSON.stringify(spans)})`,
  ]
}
