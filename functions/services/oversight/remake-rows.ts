import { advance } from '../../../db/oversight/cursor.ts'
import { foldOf, hashOfRows, keepStatements, remakeStatements } from '../../../db/oversight/rows.ts'
import { type Row, sql, text } from '../../../db/statement.ts'
import type { PolicyVersion } from '../../core/oversight/log-entry.ts'
import type { ProjectFold } from '../../core/oversight/project-fold.ts'
import { type ProjectRows, projectRows } from '../../core/oversight/project-rows.ts'
import { NO_TENANT, type TenantFold } from '../../core/oversight/tenant-fold.ts'
import { seededCalendar } from '../calendar.ts'
import { countTry, type Pulling, parkStatements } from './pulling.ts'
import { versionsOf } from './tenant-log.ts'

const CHUNK = 200
const CHUNKS = 100

/**
 * Makes the rows of a tenant's projects for the day of the pull, where they are for an earlier one or must be made anew.
 * Each chunk is one write; a crash between two leaves chunks of both days, which the next pull brings together.
 */
export async function remakeRows(work: Pulling): Promise<void> {
  const { deps, tenant, division, day } = work
  work.versions ??= await versionsOf(deps.databases.tenant(tenant), deps.policies, tenant)
  const failed: ProjectFold[] = []
  for (let chunk = 0; chunk < CHUNKS && work.cursor!.asOf < day; chunk++) {
    const [tenants = [], rows = []] = await deps.databases.oversight().read([
      sql`SELECT fold FROM tenant_folds WHERE tenant_id = ${tenant}`,
      sql`SELECT made, fold FROM folds WHERE tenant_id = ${tenant} AND derived_on < ${day}
        AND project_id NOT IN (SELECT value FROM json_each(${JSON.stringify(failed.map(({ id }) => id))}))
        ORDER BY derived_on, project_id LIMIT ${CHUNK}`,
    ])
    const around = tenants[0] ? (JSON.parse(text(tenants[0], 'fold')) as TenantFold) : NO_TENANT
    const made = sorted(rows, (one) => madeRows(work, work.versions!, around, one))
    failed.push(...made.failed)
    const done = rows.length < CHUNK
    const parked = made.failed[0] && failedTry(work, made.failed[0])
    work.cursor = await advance(
      deps.databases.oversight(),
      tenant,
      work.cursor,
      { ...work.cursor!, asOf: done && failed.length === 0 ? day : '' },
      [
        ...remakeStatements(tenant, division, day, made.changed, made.same),
        ...keepStatements(
          tenant,
          division,
          day,
          made.failed.map((fold) => ({ fold, rows: undefined })),
        ),
        ...(parked ?? []),
      ],
    )
    if (done) return
  }
}

/** The rows of a project for the day of the pull; undefined when they cannot be made. */
export function madeRows(
  work: Pulling,
  versions: readonly PolicyVersion[],
  around: TenantFold,
  fold: ProjectFold,
): ProjectRows | undefined {
  try {
    return projectRows(fold, around, versions, seededCalendar, work.day)
  } catch (error) {
    work.unmade ??= String(error).slice(0, 300)
    return undefined
  }
}

function sorted(
  rows: readonly Row[],
  make: (fold: ProjectFold) => ProjectRows | undefined,
): { changed: ProjectRows[]; same: ProjectRows[]; failed: ProjectFold[] } {
  const result = { changed: [] as ProjectRows[], same: [] as ProjectRows[], failed: [] as ProjectFold[] }
  for (const row of rows) {
    const fold = foldOf(row)
    const made = make(fold)
    if (!made) result.failed.push(fold)
    else if (hashOfRows(made) === text(row, 'made')) result.same.push(made)
    else result.changed.push(made)
  }
  return result
}

/** Counts a project whose rows cannot be made as one whose log cannot be read, one at a time. */
function failedTry(work: Pulling, fold: ProjectFold) {
  if (work.failed) return undefined
  const failure = {
    stream: `project:${fold.id}`,
    seq: work.cursor!.seq,
    error: work.unmade ?? 'no rows can be made',
  }
  return countTry(work, failure) ? parkStatements(work, failure) : undefined
}
