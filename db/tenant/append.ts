import type { Database } from '../database.ts'
import {
  type Act,
  type IdempotencyRow,
  insertAnswer,
  ledgerStatements,
  type Position,
  type StreamAppend,
  writeLedger,
} from '../ledger.ts'
import { type Statement, sql, values } from '../statement.ts'

/** Events of one case and the state that they lead to. */
export interface CaseAppend extends StreamAppend {
  /** The engine's state after the events, as JSON. */
  state: string
}

/** All that one act writes into a tenant's database. */
export interface TenantAppend {
  act: Act
  cases?: readonly CaseAppend[]
  /** Streams without an engine state: users, organisations, materials. */
  others?: readonly StreamAppend[]
  /** Rows that lists are read from, made from the new states (`tenant/projections.ts`). */
  projections?: readonly Statement[]
  answer?: IdempotencyRow
}

/**
 * Appends to any number of streams in one transaction: events, audit entries, states, projections and the answer,
 * all of them or none. Throws `Conflict` when a stream has moved on or the key was used meanwhile.
 */
export async function append(database: Database, input: TenantAppend): Promise<Position[]> {
  const cases = input.cases ?? []
  const { statements: ledger, positions } = ledgerStatements(input.act, [...cases, ...(input.others ?? [])])
  // The key comes first: two requests with one key must not look like a clash of what they write.
  const statements = input.answer ? [insertAnswer(input.answer, input.act.at), ...ledger] : ledger
  if (cases.length) statements.push(upsertStates(cases, positions))
  statements.push(...(input.projections ?? []))
  await writeLedger(database, statements)
  return positions
}

/** The states of cases with their positions; `append` writes them and a rebuild makes them again. */
export function upsertStates(
  cases: readonly { stream: string; state: string }[],
  positions: readonly Position[],
): Statement {
  const rows = cases.map(({ stream, state }, i) => {
    const { version, n, hash } = positions[i]!
    return [stream, version, n, hash, state]
  })
  return sql`INSERT INTO streams (stream, version, n, hash, state) VALUES ${values(rows)}
    ON CONFLICT (stream) DO UPDATE SET version = excluded.version, n = excluded.n, hash = excluded.hash, state = excluded.state`
}
