import { DatabaseError, GUARD } from '../../../db/database.ts'
import { sql } from '../../../db/statement.ts'
import { projectStatements, stillAt } from '../../../db/tenant/projections.ts'
import { addDays } from '../../core/values/day.ts'
import type { Deps } from '../../deps.ts'
import { shanghaiDay } from '../context.ts'
import { wordsStatement } from '../search/project-words.ts'
import {
  type LoadedProject,
  type LoadedUnit,
  outsideOf,
  projectOf,
  projectsStatement,
  SURROUNDINGS,
  type Surroundings,
  surroundingStatements,
  surroundingsOf,
  unitsOf,
  unitsStatement,
  versionFor,
} from './case-reads.ts'
import { mustReadAgain, type OtherCases, otherCasesOf, othersOf, withCounts } from './other-cases.ts'
import { projectionOf } from './projection.ts'

const CHUNK = 50

/**
 * Makes the rows of projects anew whose day of change has come: something opens, closes or falls due by mere time, or
 * what they hang on has changed. A project that moves on meanwhile has fresh rows anyway and is left alone.
 * @returns how many were looked at.
 */
export async function refreshProjects(deps: Deps, tenant: string): Promise<number> {
  const home = { deps, tenant }
  const db = deps.databases.tenant(tenant)
  const today = shanghaiDay(deps.now())
  let looked = 0
  for (;;) {
    const due = sql`p.id IN (SELECT id FROM projects WHERE next_change_on <= ${today} ORDER BY next_change_on, id LIMIT ${CHUNK})`
    const rows = await db.read([
      projectsStatement(due),
      unitsStatement(sql`SELECT DISTINCT p.organisation_id AS id FROM projects p WHERE ${due}`),
      ...surroundingStatements(home, undefined),
      sql`SELECT id, name FROM organisations UNION ALL SELECT organisation_id, name FROM former_names`,
      ...othersOf(home, sql`SELECT p.id FROM projects p WHERE ${due}`),
    ])
    const projects = (rows[0] ?? []).map(projectOf)
    if (!projects.length) return looked
    const units = unitsOf(rows[1])
    const around = surroundingsOf(home, rows.slice(2))
    const names = new Map<string, string>()
    for (const row of rows[2 + SURROUNDINGS] ?? []) {
      around.holders.named.set(String(row.name), String(row.id))
      names.set(String(row.id), String(row.name))
    }
    const others = otherCasesOf(rows.slice(3 + SURROUNDINGS))
    const policies = projects.flatMap(({ state }) => versionFor(around, state, today)?.policy ?? [])
    if (mustReadAgain(policies, others)) continue
    for (const project of projects) {
      looked++
      try {
        const { organisationId } = project
        const unit = { loaded: units.get(organisationId), name: names.get(organisationId) }
        await refresh(deps, tenant, project, around, unit, others)
      } catch (error) {
        deps.log({
          level: 'error',
          event: 'refresh',
          tenant,
          project: project.id,
          error: String(error).slice(0, 300),
        })
        await db.write([
          sql`UPDATE projects SET next_change_on = ${addDays(today, 1)} WHERE id = ${project.id}`,
        ])
      }
    }
  }
}

async function refresh(
  deps: Deps,
  tenant: string,
  project: LoadedProject,
  around: Surroundings,
  unit: { loaded: LoadedUnit | undefined; name: string | undefined },
  others: OtherCases | undefined,
): Promise<void> {
  const db = deps.databases.tenant(tenant)
  const today = shanghaiDay(deps.now())
  const adopted = versionFor(around, project.state, today)
  const { version } = project.position
  if (!adopted) {
    await db.write([
      sql`UPDATE projects SET next_change_on = NULL WHERE id = ${project.id} AND version = ${version}`,
    ])
    return
  }
  const plain = outsideOf(adopted.policy, around, unit.loaded, today)
  const outside = withCounts(adopted.policy, plain, project, others, around, today)
  const projected = projectionOf({ ...project, version }, adopted, outside, around.holders, today)
  try {
    await db.write([
      ...stillAt(project.id, version),
      ...projectStatements(projected),
      ...(unit.name === undefined
        ? []
        : [wordsStatement(project.id, { title: project.title, unit: unit.name, code: projected.row.code })]),
    ])
  } catch (error) {
    if (!(error instanceof DatabaseError && error.violates(GUARD))) throw error
  }
}
