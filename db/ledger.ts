import { canonical, sha256 } from './canonical.ts'
import { type Database, DatabaseError, GUARD } from './database.ts'
import { integer, type Row, type Statement, sql, text, values } from './statement.ts'

/** The head of a chain without entries. */
export const GENESIS = '0'.repeat(64)
const ALGORITHM = 'SHA-256'

/** Who did it, as it is kept in the event for ever. */
export interface EventActor {
  user: string
  name: string
  organisation?: string
}

/** One act: all events that one request appends share it. */
export interface Act {
  at: Date
  actor: EventActor
  requestId: string
}

/** An event to append. `on` is the day that counts, which may lie before the day of entry. */
export interface NewEvent {
  type: string
  on: string
  payload: object
  /** The event of another stream that this one follows from, as `stream@version`. */
  cause?: string
}

/** Where a stream stands: the version of its last event and the head of its audit chain. */
export interface Position {
  version: number
  n: number
  hash: string
}

/** The position of a stream that does not exist yet. */
export const START: Position = { version: 0, n: 0, hash: GENESIS }

/** Events for one stream on top of the position that the decision was made on. */
export interface StreamAppend {
  stream: string
  position: Position
  action: string
  events: readonly NewEvent[]
}

/** A recorded answer: the verb's value, which a repeated key gets again. */
export interface IdempotencyRow {
  user: string
  key: string
  request: string
  answer: unknown
}

/** The write met a newer position (`position`) or a key that another request has just used (`key`). */
export class Conflict extends Error {
  constructor(readonly on: 'position' | 'key') {
    super(on === 'key' ? 'the idempotency key was used at the same time' : 'the stream has moved on')
    this.name = 'Conflict'
  }
}

/** Statement for the position of a stream that keeps no state; read its row with `positionOf`. */
export function positionStatement(stream: string): Statement {
  return sql`SELECT (SELECT max(version) FROM events WHERE stream = ${stream}) AS version, n, hash FROM audit
    WHERE chain = ${stream} ORDER BY n DESC LIMIT 1`
}

/** The position that a row with `version`, `n` and `hash` tells; START without one. */
export function positionOf(row: Row | undefined): Position {
  return row ? { version: integer(row, 'version'), n: integer(row, 'n'), hash: text(row, 'hash') } : START
}

/**
 * Events and the audit entry over them, for each stream. One entry a stream and act:
 * hash = SHA-256(algorithm, chain, n, previous hash, entry), where the entry holds the hash of each event.
 */
export function ledgerStatements(
  act: Act,
  appends: readonly StreamAppend[],
): { statements: Statement[]; positions: Position[] } {
  const actor = canonical(act.actor)
  const at = act.at.toISOString()
  const events: (string | number | null)[][] = []
  const audit: (string | number)[][] = []
  const positions = appends.map(({ stream, position, action, events: added }) => {
    const hashed = added.map((event, i) => {
      const version = position.version + 1 + i
      const payload = canonical(event.payload)
      const cause = event.cause ?? null
      events.push([stream, version, event.type, event.on, at, actor, cause, payload])
      // Texts, numbers and null: their plain JSON is the canonical one.
      const hash = sha256(JSON.stringify([stream, version, event.type, event.on, at, actor, cause, payload]))
      return { hash, version }
    })
    const n = position.n + 1
    // Canonical because its keys stand in order and `actor` is so already.
    const entry = `{"action":${JSON.stringify(action)},"actor":${actor},"at":"${at}","events":${JSON.stringify(hashed)},"request":${JSON.stringify(act.requestId)}}`
    const hash = sha256([ALGORITHM, stream, n, position.hash, entry].join('\n'))
    audit.push([stream, n, position.hash, hash, ALGORITHM, entry])
    return { version: position.version + added.length, n, hash }
  })
  const statements: Statement[] = []
  if (events.length)
    statements.push(
      sql`INSERT INTO events (stream, version, type, effective_on, recorded_at, actor, cause, payload) VALUES ${values(events)}`,
    )
  if (audit.length)
    statements.push(sql`INSERT INTO audit (chain, n, prev, hash, algorithm, entry) VALUES ${values(audit)}`)
  return { statements, positions }
}

/** Keeps the first answer in the same transaction as its effect. */
export function insertAnswer(row: IdempotencyRow, at: Date): Statement {
  return sql`INSERT INTO idempotency (user_id, key, request, answer, created_at)
    VALUES (${row.user}, ${row.key}, ${row.request}, ${JSON.stringify(row.answer)}, ${at.toISOString()})`
}

/** Writes, turning the constraints that guard the ledger into a Conflict. */
export async function writeLedger(database: Database, statements: readonly Statement[]): Promise<Row[][]> {
  try {
    return await database.write(statements)
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'constraint') {
      if (error.violates('idempotency.')) throw new Conflict('key')
      if (MOVED.some((name) => error.violates(name))) throw new Conflict('position')
    }
    throw error
  }
}

const MOVED = ['events_in_order', 'events.stream', 'audit_head', 'audit.chain', 'projects.made', GUARD]
