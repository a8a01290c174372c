import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Libsql from 'libsql'
import { type Database, DatabaseError, type DatabaseErrorKind, kindOf } from './database.ts'
import { bindable, type Row, type SqlValue, type Statement } from './statement.ts'

const BEGIN_READ: Statement = { sql: 'BEGIN', args: [] }
const COMMIT_READ: Statement = { sql: 'COMMIT', args: [] }
const BEGIN_ATTEMPTS = 5
const CACHED_STATEMENTS = 96

interface Prepared {
  statement: Libsql.Statement
  columns: string[] | undefined
}

export interface FileDatabaseOptions {
  create?: boolean
  /** Commits do not wait for the disk: for what is built aside and synced as a whole before it is used. */
  scratch?: boolean
}

/**
 * One SQLite file with exactly one connection.
 * INVARIANT: a transaction begins and ends within one synchronous stretch, so calls of one process queue up by
 * themselves and no second connection ever commits or checkpoints.
 */
export class FileDatabase implements Database {
  #connection: Libsql.Database | undefined
  #statements = new Map<string, Prepared>()

  constructor(
    readonly path: string,
    private readonly options: FileDatabaseOptions = {},
  ) {}

  async read(statements: readonly Statement[]): Promise<Row[][]> {
    for (const { sql } of statements)
      if (!isReading(sql)) throw new DatabaseError('unknown', 'attempt to write in a read')
    return this.#transaction(
      () => this.#execute(BEGIN_READ),
      statements,
      () => this.#execute(COMMIT_READ),
    )
  }

  /** BEGIN and COMMIT go by `exec`: prepared, one that meets BUSY is never reset and poisons its connection. */
  async write(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#transaction(
      () => this.#open().exec('BEGIN IMMEDIATE'),
      statements,
      () => this.#open().exec('COMMIT'),
    )
  }

  /** Frees the prepared statements and cached pages of a database that is not in much use; the connection stays open. */
  cool(): void {
    this.#statements.clear()
    this.#connection?.exec('PRAGMA shrink_memory')
  }

  /** Moves the whole log into the file itself, so that the file alone may be copied. */
  checkpoint(): void {
    this.#open().exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.#statements.clear()
    this.#connection?.close()
    this.#connection = undefined
  }

  async #transaction(begin: () => void, statements: readonly Statement[], end: () => void): Promise<Row[][]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return this.#run(begin, statements, end)
      } catch (error) {
        const retry = error instanceof BeginRefused && attempt < BEGIN_ATTEMPTS
        if (!retry) throw error instanceof BeginRefused ? error.reason : error
        await sleep(5 * 2 ** attempt)
      }
    }
  }

  #run(begin: () => void, statements: readonly Statement[], end: () => void): Row[][] {
    const connection = this.#open()
    try {
      begin()
    } catch (error) {
      const mapped = toDatabaseError(error)
      this.#abandon(connection)
      throw mapped.kind === 'busy' ? new BeginRefused(mapped) : mapped
    }
    try {
      const results = statements.map((statement) => this.#execute(statement))
      end()
      return results
    } catch (error) {
      const mapped = toDatabaseError(error)
      if (mapped.kind === 'constraint') this.#rollback(connection)
      else this.#abandon(connection)
      throw mapped
    }
  }

  #execute({ sql, args }: Statement): Row[] {
    let prepared = this.#statements.get(sql)
    if (!prepared) {
      const statement = this.#open().prepare(sql)
      const columns = statement.reader ? statement.columns().map((column) => column.name) : undefined
      if (columns) statement.raw(true)
      prepared = { statement, columns }
      if (this.#statements.size >= CACHED_STATEMENTS) this.#statements.clear()
      this.#statements.set(sql, prepared)
    }
    const bound = args.map(bindable)
    if (!prepared.columns) {
      prepared.statement.run(bound)
      return []
    }
    const { columns } = prepared
    return (prepared.statement.all(bound) as SqlValue[][]).map((cells) => rowOf(columns, cells))
  }

  #rollback(connection: Libsql.Database): void {
    try {
      connection.exec('ROLLBACK')
    } catch {
      this.#abandon(connection)
    }
  }

  /** After BUSY or an I/O error a connection can never commit again: drop it, the next call opens a fresh one. */
  #abandon(connection: Libsql.Database): void {
    this.#statements.clear()
    this.#connection = undefined
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK')
    } catch {
      // closing rolls back as well
    }
    connection.close()
  }

  #open(): Libsql.Database {
    if (this.#connection) return this.#connection
    if (!this.options.create && !existsSync(this.path)) throw new DatabaseError('missing', 'no such database')
    let connection: Libsql.Database
    try {
      connection = new Libsql(this.path, { timeout: 0 })
    } catch (error) {
      throw toDatabaseError(error)
    }
    const synchronous = this.options.scratch ? 0 : 2
    try {
      connection.exec(
        `PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous}; PRAGMA foreign_keys=ON; PRAGMA cache_size=-200`,
      )
      const found = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => pragma(connection, name))
      if (found.join() !== `wal,${synchronous},1`)
        throw new DatabaseError('unknown', `pragmas read back as ${found.join()}`)
    } catch (error) {
      connection.close()
      throw toDatabaseError(error)
    }
    this.#connection = connection
    return connection
  }
}

/** Reads are checked by their text: `query_only` on the one connection would have to be set and reset each time. */
const reading = new Map<string, boolean>()
function isReading(sql: string): boolean {
  const known = reading.get(sql)
  if (known !== undefined) return known
  const reads =
    /^\s*(SELECT|WITH|PRAGMA|EXPLAIN)\b/i.test(sql) && !/\b(INSERT|UPDATE|DELETE|REPLACE INTO)\b/i.test(sql)
  if (reading.size > 2000) reading.clear()
  reading.set(sql, reads)
  return reads
}

/** BEGIN met a lock: nothing has been done, so trying again is safe. */
class BeginRefused extends Error {
  constructor(readonly reason: DatabaseError) {
    super(reason.message)
  }
}

function pragma(connection: Libsql.Database, name: string): unknown {
  const row = (connection.pragma(name) as Record<string, unknown>[])[0]
  return row?.[name]
}

function rowOf(columns: readonly string[], cells: readonly SqlValue[]): Row {
  const row: Row = {}
  for (let i = 0; i < columns.length; i++) row[columns[i]!] = cells[i] ?? null
  return row
}

function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error
  const {
    code = '',
    rawCode,
    message = String(error),
  } = error as { code?: string; rawCode?: number; message?: string }
  const kind: DatabaseErrorKind = kindOf(code, rawCode)
  return new DatabaseError(kind, message, { cause: error })
}
