import { existsSync } from 'node:fs'
import Libsql from 'libsql'
import { DatabaseError, type DatabaseErrorKind, kindOf } from './database.ts'
import { bindable, type Row, type SqlValue, type Statement } from './statement.ts'

const CACHED_STATEMENTS = 96

interface Prepared {
  statement: Libsql.Statement
  columns: string[] | undefined
}

export interface ConnectionOptions {
  create?: boolean
  /** Commits do not wait for the disk: for what is built aside and synced as a whole before it is used. */
  scratch?: boolean
}

/** A transaction that left nothing behind, and why. */
export class NothingWritten extends Error {
  constructor(readonly reason: DatabaseError) {
    super(reason.message)
  }

  /** Set when it met another's lock before it began. */
  locked = false
}

/** The one connection to a SQLite file, opened when it is first used. Every call is synchronous. */
export class FileConnection {
  #open: Libsql.Database | undefined
  #statements = new Map<string, Prepared>()

  constructor(
    readonly path: string,
    private readonly options: ConnectionOptions,
  ) {}

  /** Runs reading statements; nothing can be written between them, so they need no transaction. */
  read(statements: readonly Statement[]): Row[][] {
    const connection = this.#opened()
    try {
      return statements.map((statement) => this.#execute(statement))
    } catch (error) {
      this.#abandon(connection)
      throw toDatabaseError(error)
    }
  }

  /**
   * Runs the statements as one transaction. Throws NothingWritten when that is certain, else a DatabaseError.
   * BEGIN and COMMIT go by `exec`: prepared, one that meets BUSY is never reset and poisons its connection.
   */
  write(statements: readonly Statement[]): Row[][] {
    const connection = this.#opened()
    try {
      connection.exec('BEGIN IMMEDIATE')
    } catch (error) {
      this.#abandon(connection)
      const refused = new NothingWritten(toDatabaseError(error))
      refused.locked = refused.reason.kind === 'busy'
      throw refused
    }
    let committing = false
    try {
      const results = statements.map((statement) => this.#execute(statement))
      committing = true
      connection.exec('COMMIT')
      return results
    } catch (error) {
      const reason = toDatabaseError(error)
      if (reason.kind === 'constraint') this.#rollback(connection)
      else this.#abandon(connection)
      throw committing && reason.kind !== 'constraint' ? reason : new NothingWritten(reason)
    }
  }

  /** Frees the prepared statements and cached pages; the connection stays open. */
  cool(): void {
    this.#statements.clear()
    this.#open?.exec('PRAGMA shrink_memory')
  }

  /** Moves the whole log into the file itself. */
  checkpoint(): void {
    this.#opened().exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  close(): void {
    this.#statements.clear()
    this.#open?.close()
    this.#open = undefined
  }

  #execute({ sql, args }: Statement): Row[] {
    let prepared = this.#statements.get(sql)
    if (!prepared) {
      const statement = this.#opened().prepare(sql)
      const columns = statement.reader ? statement.columns().map((column) => column.name) : undefined
      if (columns) statement.raw(true)
      prepared = { statement, columns }
      if (this.#statements.size >= CACHED_STATEMENTS) this.#statements.clear()
      this.#statements.set(sql, prepared)
    }
    const bound = args.map(bindable)
    const { columns, statement } = prepared
    if (!columns) {
      statement.run(bound)
      return []
    }
    return (statement.all(bound) as SqlValue[][]).map((cells) => rowOf(columns, cells))
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
    this.#open = undefined
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK')
    } catch {
      // closing rolls back as well
    }
    connection.close()
  }

  #opened(): Libsql.Database {
    if (this.#open) return this.#open
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
        `PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous}; PRAGMA foreign_keys=ON; PRAGMA cache_size=-1000`,
      )
      const found = ['journal_mode', 'synchronous', 'foreign_keys'].map((name) => pragma(connection, name))
      if (found.join() !== `wal,${synchronous},1`)
        throw new DatabaseError('unknown', `pragmas read back as ${found.join()}`)
    } catch (error) {
      connection.close()
      throw toDatabaseError(error)
    }
    this.#open = connection
    return connection
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
