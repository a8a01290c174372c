import { setImmediate } from 'node:timers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, DatabaseError } from './database.ts'
import { type ConnectionOptions, FileConnection, NothingWritten } from './file-connection.ts'
import type { Row, Statement } from './statement.ts'

const BEGIN_ATTEMPTS = 5

/** A call that waits for the others of its turn of the event loop. */
interface Waiting {
  statements: readonly Statement[]
  resolve: (results: Row[][]) => void
  reject: (error: unknown) => void
}

/**
 * One SQLite file with exactly one connection. Calls that come in one turn of the event loop are served together: its
 * writes in one transaction with one wait for the disk, then its reads, so that what they go through is still warm.
 * INVARIANT: a read or a transaction begins and ends within one synchronous stretch, so calls of one process queue up
 * by themselves and no second connection ever commits or checkpoints.
 */
export class FileDatabase implements Database {
  #connection: FileConnection
  #writes: Waiting[] = []
  #reads: Waiting[] = []

  constructor(
    readonly path: string,
    options: ConnectionOptions = {},
  ) {
    this.#connection = new FileConnection(path, options)
  }

  async read(statements: readonly Statement[]): Promise<Row[][]> {
    for (const { sql } of statements)
      if (!isReading(sql)) throw new DatabaseError('unknown', 'attempt to write in a read')
    return new Promise((resolve, reject) => {
      if (this.#reads.push({ statements, resolve, reject }) === 1) setImmediate(() => this.#serve())
    })
  }

  write(statements: readonly Statement[]): Promise<Row[][]> {
    return new Promise((resolve, reject) => {
      if (this.#writes.push({ statements, resolve, reject }) === 1) setImmediate(() => this.#serve())
    })
  }

  /** Frees the prepared statements and cached pages of a database that is not in much use; the connection stays open. */
  cool(): void {
    this.#connection.cool()
  }

  /** Moves the whole log into the file itself, so that the file alone may be copied. */
  checkpoint(): void {
    this.#connection.checkpoint()
  }

  /** Serves what still waits, then closes. */
  close(): void {
    this.#serve()
    this.#serve()
    this.#connection.close()
  }

  /** Called once for each kind that waits: the writes are served first, and their answers go out before the reads are. */
  #serve(): void {
    const [writes, reads] = [this.#writes, this.#reads]
    if (writes.length > 0) {
      this.#writes = []
      if (this.#writeTogether(writes)) return
      for (const { statements, resolve, reject } of writes) this.#writeAlone(statements).then(resolve, reject)
    } else if (reads.length > 0) {
      this.#reads = []
      this.#readTogether(reads)
    }
  }

  /**
   * Whether these writes were answered, all after the one commit. If not, none of them has happened, and each is to be
   * tried by itself, so that one refusal stays its own.
   */
  #writeTogether(waiting: readonly Waiting[]): boolean {
    let results: Row[][]
    try {
      results = this.#connection.write(waiting.flatMap((one) => one.statements))
    } catch (error) {
      if (error instanceof NothingWritten) return false
      for (const { reject } of waiting) reject(error)
      return true
    }
    let from = 0
    for (const { statements, resolve } of waiting) {
      resolve(results.slice(from, from + statements.length))
      from += statements.length
    }
    return true
  }

  async #writeAlone(statements: readonly Statement[]): Promise<Row[][]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return this.#connection.write(statements)
      } catch (error) {
        if (!(error instanceof NothingWritten)) throw error
        if (!error.locked || attempt >= BEGIN_ATTEMPTS) throw error.reason
        await sleep(5 * 2 ** attempt)
      }
    }
  }

  /** Reads of one kind mostly ask the same: the first statements of all, then the second, and so on. */
  #readTogether(waiting: readonly Waiting[]): void {
    const most = Math.max(...waiting.map((one) => one.statements.length))
    const order: { statement: Statement; into: Row[][] }[] = []
    const results = waiting.map((): Row[][] => [])
    for (let i = 0; i < most; i++)
      waiting.forEach(({ statements }, which) => {
        const statement = statements[i]
        if (statement) order.push({ statement, into: results[which]! })
      })
    try {
      this.#connection.read(order.map((one) => one.statement)).forEach((rows, i) => order[i]!.into.push(rows))
      waiting.forEach((one, which) => one.resolve(results[which]!))
    } catch {
      for (const one of waiting) this.#readAlone(one)
    }
  }

  #readAlone({ statements, resolve, reject }: Waiting): void {
    try {
      resolve(this.#connection.read(statements))
    } catch (error) {
      reject(error)
    }
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
