import { canonical } from '../canonical.ts'
import { type Statement, sql, values } from '../statement.ts'
import { CHUNK, type TodoRow, todoStatements } from './projections.ts'

/** A batch as lists show it. */
export interface BatchRow {
  id: string
  procedure: string
  year: number | undefined
  once: string | undefined
  policy: string
  title: string
  ended: string | undefined
  version: number
  createdAt: string
  updatedAt: string
}

/** A project in a batch, for one of the steps that the batch composes. */
export interface BatchItemRow {
  projectId: string
  step: string
  outcome: string | undefined
  records: object
}

/** Replaces everything that lists know of a batch. */
export function batchStatements(
  row: BatchRow,
  items: readonly BatchItemRow[],
  todos: readonly TodoRow[],
): Statement[] {
  const rows = items.map((one) => [row.id, one.projectId, one.step, one.outcome, canonical(one.records)])
  const inserts: Statement[] = []
  for (let i = 0; i < rows.length; i += CHUNK)
    inserts.push(
      sql`INSERT INTO batch_items (batch_id, project_id, step, outcome, records) VALUES ${values(rows.slice(i, i + CHUNK))}`,
    )
  return [
    sql`INSERT INTO batches (id, procedure, year, once, policy, title, ended, version, created_at, updated_at) VALUES (${row.id},
        ${row.procedure}, ${row.year}, ${row.once}, ${row.policy}, ${row.title}, ${row.ended}, ${row.version}, ${row.createdAt},
        ${row.updatedAt})
      ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, version = excluded.version, updated_at = excluded.updated_at`,
    sql`DELETE FROM batch_items WHERE batch_id = ${row.id}`,
    ...inserts,
    ...todoStatements(row.id, todos),
  ]
}

/** Adds an entry to a register, or changes the days on which it is valid. */
export function registerEntryStatement(
  register: string,
  entry: { id: string; name: string; level?: string; from?: string; to?: string; organisation?: string },
): Statement {
  return sql`INSERT INTO register_entries (register, id, name, level, from_on, to_on, organisation) VALUES (${register}, ${entry.id},
      ${entry.name}, ${entry.level}, ${entry.from}, ${entry.to}, ${entry.organisation})
    ON CONFLICT (register, id) DO UPDATE SET to_on = excluded.to_on`
}

/** Sets the days on which a step is open in a year. */
export function announcementStatement(one: {
  step: string
  year: number
  from?: string
  to: string
}): Statement {
  return sql`INSERT INTO announcements (step, year, from_on, to_on) VALUES (${one.step}, ${one.year}, ${one.from}, ${one.to})
    ON CONFLICT (step, year) DO UPDATE SET from_on = excluded.from_on, to_on = excluded.to_on`
}
