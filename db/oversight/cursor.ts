import { type Database, DatabaseError, GUARD } from '../database.ts'
import { integer, optionalText, type Row, type Statement, sql, text } from '../statement.ts'

/** How far a tenant's log has been read, and what the rows that were made of it rest on. */
export interface Cursor {
  epoch: string
  seq: number
  /** Hash of the event at `seq`; '' at the beginning. */
  mark: string
  /** The program that folded; another one folds anew. */
  madeBy: string
  /** The day that all rows are made for; '' when some must be made anew. */
  asOf: string
  rev: number
}

/** What is known of the feed of a tenant from its last contact. */
export interface FeedNote {
  tenant: string
  /** Last sequence in the tenant's log. */
  head: number
  /** When the log was last read without trouble. */
  pulledAt: string | undefined
  triedAt: string
  error: string | undefined
  /** The stream that cannot be read on, and how often that was tried. */
  stuck: string | undefined
  tries: number
}

/** Another feeder has written in the meantime; nothing of this write was kept. */
export class LostRace extends Error {
  constructor() {
    super('another feeder was faster')
    this.name = 'LostRace'
  }
}

/** Statements for the cursors and the feed notes of tenants. */
export function cursorStatements(tenants: readonly string[]): Statement[] {
  const ids = JSON.stringify(tenants)
  return [
    sql`SELECT tenant_id, epoch, seq, mark, made_by, as_of, rev FROM cursors
      WHERE tenant_id IN (SELECT value FROM json_each(${ids}))`,
    sql`SELECT tenant_id, head, pulled_at, tried_at, error, stuck, tries FROM feeds
      WHERE tenant_id IN (SELECT value FROM json_each(${ids}))`,
  ]
}

/** What `cursorStatements` found, by tenant. */
export function cursorsOf(rows: readonly Row[][]): {
  cursors: Map<string, Cursor>
  notes: Map<string, FeedNote>
} {
  const [cursors = [], notes = []] = rows
  return {
    cursors: new Map(
      cursors.map((row) => [
        text(row, 'tenant_id'),
        {
          epoch: text(row, 'epoch'),
          seq: integer(row, 'seq'),
          mark: text(row, 'mark'),
          madeBy: text(row, 'made_by'),
          asOf: text(row, 'as_of'),
          rev: integer(row, 'rev'),
        },
      ]),
    ),
    notes: new Map(
      notes.map((row) => [
        text(row, 'tenant_id'),
        {
          tenant: text(row, 'tenant_id'),
          head: integer(row, 'head'),
          pulledAt: optionalText(row, 'pulled_at'),
          triedAt: text(row, 'tried_at'),
          error: optionalText(row, 'error'),
          stuck: optionalText(row, 'stuck'),
          tries: integer(row, 'tries'),
        },
      ]),
    ),
  }
}

/**
 * Writes rows together with the cursor that they belong to, in one transaction, provided that the cursor still stands
 * where the writer read it. Throws `LostRace` otherwise; after any other error it is not known what was written.
 */
export async function advance(
  database: Database,
  tenant: string,
  from: Cursor | undefined,
  to: Omit<Cursor, 'rev'>,
  statements: readonly Statement[],
): Promise<Cursor> {
  const next: Cursor = { ...to, rev: (from?.rev ?? 0) + 1 }
  const guard = from
    ? [
        sql`INSERT INTO guard (ok) SELECT count(*) FROM cursors WHERE tenant_id = ${tenant} AND rev = ${from.rev}`,
        sql`DELETE FROM guard`,
        sql`UPDATE cursors SET epoch = ${to.epoch}, seq = ${to.seq}, mark = ${to.mark},
          made_by = ${to.madeBy}, as_of = ${to.asOf}, rev = ${next.rev} WHERE tenant_id = ${tenant}`,
      ]
    : [
        sql`INSERT INTO cursors (tenant_id, epoch, seq, mark, made_by, as_of, rev) VALUES (${tenant}, ${to.epoch},
          ${to.seq}, ${to.mark}, ${to.madeBy}, ${to.asOf}, ${next.rev})`,
      ]
  try {
    await database.write([...guard, ...statements])
  } catch (error) {
    if (error instanceof DatabaseError && (error.violates(GUARD) || error.violates('cursors')))
      throw new LostRace()
    throw error
  }
  return next
}

/** Keeps what the contacts of a round told. */
export function noteStatement(notes: readonly FeedNote[]): Statement {
  const rows = notes.map((one) => [
    one.tenant,
    one.head,
    one.pulledAt ?? null,
    one.triedAt,
    one.error ?? null,
    one.stuck ?? null,
    one.tries,
  ])
  return sql`INSERT INTO feeds (tenant_id, head, pulled_at, tried_at, error, stuck, tries)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
      FROM json_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT (tenant_id) DO UPDATE SET head = excluded.head, pulled_at = excluded.pulled_at, tried_at = excluded.tried_at,
      error = excluded.error, stuck = excluded.stuck, tries = excluded.tries`
}

/** Has the next contact with each tenant read its whole log anew; until then its rows stay. */
export function forgetStatement(tenants: readonly string[]): Statement {
  return sql`UPDATE cursors SET made_by = '', rev = rev + 1
    WHERE tenant_id IN (SELECT value FROM json_each(${JSON.stringify(tenants)}))`
}
