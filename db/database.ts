import type { Row, Statement } from './statement.ts'

/** One database. Each call is one transaction and one round trip; the rows of each statement come back in order. */
export interface Database {
  /** Runs the statements on one snapshot; a write among them fails. */
  read(statements: readonly Statement[]): Promise<Row[][]>
  /** Runs the statements as one write transaction: all of them or none. */
  write(statements: readonly Statement[]): Promise<Row[][]>
}

/** All databases of one installation. Tenants are named by their id; where they live is known here only. */
export interface Databases {
  control(): Database
  oversight(): Database
  /** Throws a `missing` DatabaseError on use when the tenant has no database. */
  tenant(id: string): Database
  /** Makes the tenant's database, already migrated. Does nothing when it is there (a retry after a crash). */
  createTenant(id: string): Promise<void>
  close(): void
}

/** `constraint`: refused, nothing written · `busy`, `full`: nothing written, try later · `unknown`: may have been written. */
export type DatabaseErrorKind = 'constraint' | 'busy' | 'full' | 'missing' | 'unknown'

/** What the message of a refused write names when a statement did not find what it must (the tables `guard`). */
export const GUARD = 'ok = 1'

/** What went wrong in a driver-independent form. */
export class DatabaseError extends Error {
  constructor(
    readonly kind: DatabaseErrorKind,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options)
    this.name = 'DatabaseError'
  }

  /** Whether a constraint that mentions `name` (a table, column or trigger message) refused the write. */
  violates(name: string): boolean {
    return this.kind === 'constraint' && this.message.includes(name)
  }
}

/** Counts the round trips of one request. */
export interface Trips {
  count: number
}

/** The same database, counting each round trip on `trips`. */
export function counted(database: Database, trips: Trips): Database {
  return {
    read(statements) {
      trips.count++
      return database.read(statements)
    },
    write(statements) {
      trips.count++
      return database.write(statements)
    },
  }
}

/** Maps SQLite's result code names, which both drivers give in the same spelling but for extensions. */
export function kindOf(code: string, rawCode: number | undefined): DatabaseErrorKind {
  const base = rawCode === undefined ? undefined : rawCode & 0xff
  if (base === 19 || code.startsWith('SQLITE_CONSTRAINT')) return 'constraint'
  if (base === 5 || base === 6 || code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return 'busy'
  if (base === 13 || code.startsWith('SQLITE_FULL')) return 'full'
  if (base === 14 || code.startsWith('SQLITE_CANTOPEN')) return 'missing'
  return 'unknown'
}
