import type Libsql from 'libsql'

type WireValue =
  | { type: 'null' }
  | { type: 'integer'; value: string }
  | { type: 'float'; value: number }
  | { type: 'text'; value: string }
  | { type: 'blob'; base64: string }

interface WireStatement {
  sql?: string
  sql_id?: number
  args?: WireValue[]
  named_args?: { name: string; value: WireValue }[]
}

type Condition =
  | { type: 'ok' | 'error'; step: number }
  | { type: 'not'; cond: Condition }
  | { type: 'and' | 'or'; conds: Condition[] }
  | { type: 'is_autocommit' }

interface Step {
  stmt: WireStatement
  condition?: Condition | null
}

/** One request of a pipeline, as version 2 or 3 of the protocol has it. */
export type StreamRequest =
  | { type: 'execute'; stmt: WireStatement }
  | { type: 'batch'; batch: { steps: Step[] } }
  | { type: 'sequence' | 'describe'; sql?: string; sql_id?: number }
  | { type: 'store_sql'; sql_id: number; sql: string }
  | { type: 'close_sql'; sql_id: number }
  | { type: 'close' | 'get_autocommit' }

interface WireError {
  message: string
  code: string
}

type Outcome = { ok: unknown } | { error: WireError }

/** One Hrana stream: a connection with stored statement texts. */
export class HranaStream {
  closed: boolean = false
  /** A connection that met BUSY can never commit again. */
  reusable: boolean = true
  #texts = new Map<number, string>()

  constructor(readonly connection: Libsql.Database) {}

  handle(request: StreamRequest): unknown {
    const outcome = this.#attempt(() => this.#respond(request))
    return 'ok' in outcome
      ? { type: 'ok', response: { type: request.type, ...(outcome.ok as object) } }
      : { type: 'error', error: outcome.error }
  }

  rollback(): void {
    try {
      if (this.connection.inTransaction) this.connection.exec('ROLLBACK')
    } catch {
      this.reusable = false
    }
  }

  #respond(request: StreamRequest): object {
    switch (request.type) {
      case 'execute':
        return { result: this.#execute(request.stmt) }
      case 'batch':
        return { result: this.#batch(request.batch.steps) }
      case 'sequence':
        this.connection.exec(this.#text(request))
        return {}
      case 'describe': {
        const statement = this.connection.prepare(this.#text(request))
        return { result: { params: [], cols: [], is_explain: false, is_readonly: statement.reader } }
      }
      case 'store_sql':
        this.#texts.set(request.sql_id, request.sql)
        return {}
      case 'close_sql':
        this.#texts.delete(request.sql_id)
        return {}
      case 'get_autocommit':
        return { is_autocommit: !this.connection.inTransaction }
      case 'close':
        this.closed = true
        return {}
    }
  }

  #batch(steps: Step[]): object {
    const outcomes: (Outcome | undefined)[] = []
    for (const step of steps) {
      const due = !step.condition || this.#holds(step.condition, outcomes)
      outcomes.push(due ? this.#attempt(() => this.#execute(step.stmt)) : undefined)
    }
    return {
      step_results: outcomes.map((outcome) => (outcome && 'ok' in outcome ? outcome.ok : null)),
      step_errors: outcomes.map((outcome) => (outcome && 'error' in outcome ? outcome.error : null)),
    }
  }

  #holds(condition: Condition, outcomes: (Outcome | undefined)[]): boolean {
    switch (condition.type) {
      case 'ok':
        return outcomes[condition.step] !== undefined && 'ok' in outcomes[condition.step]!
      case 'error':
        return outcomes[condition.step] !== undefined && 'error' in outcomes[condition.step]!
      case 'not':
        return !this.#holds(condition.cond, outcomes)
      case 'and':
        return condition.conds.every((part) => this.#holds(part, outcomes))
      case 'or':
        return condition.conds.some((part) => this.#holds(part, outcomes))
      case 'is_autocommit':
        return !this.connection.inTransaction
    }
  }

  #execute(wire: WireStatement): object {
    const text = this.#text(wire)
    // Prepared, a BEGIN that meets BUSY would never be reset and the connection could not commit again.
    if (/^\s*(BEGIN|COMMIT|ROLLBACK|END)\b/i.test(text)) {
      this.connection.exec(text)
      return { cols: [], rows: [], affected_row_count: 0, last_insert_rowid: null }
    }
    const statement = this.connection.prepare(text)
    statement.safeIntegers(true)
    const args: unknown = wire.named_args?.length
      ? Object.fromEntries(
          wire.named_args.map(({ name, value }) => [name.replace(/^[:@$]/, ''), fromWire(value)]),
        )
      : (wire.args ?? []).map(fromWire)
    if (!statement.reader) {
      const { changes, lastInsertRowid } = statement.run(args as unknown[])
      return { cols: [], rows: [], affected_row_count: changes, last_insert_rowid: String(lastInsertRowid) }
    }
    const cols = statement.columns().map(({ name, type }) => ({ name, decltype: type }))
    const rows = (statement.raw(true).all(args as unknown[]) as unknown[][]).map((row) => row.map(toWire))
    return { cols, rows, affected_row_count: 0, last_insert_rowid: null }
  }

  #text({ sql, sql_id }: { sql?: string; sql_id?: number }): string {
    const text = sql ?? (sql_id === undefined ? undefined : this.#texts.get(sql_id))
    if (text === undefined) throw new Error('no SQL text')
    return text
  }

  #attempt(run: () => unknown): Outcome {
    try {
      return { ok: run() }
    } catch (error) {
      const { code = 'UNKNOWN', message } = error as { code?: string; message: string }
      if (/^SQLITE_(BUSY|LOCKED|IOERR)/.test(code)) this.reusable = false
      // Like sqld, which knows only the base names.
      return { error: { message, code: code.startsWith('SQLITE_CONSTRAINT') ? 'SQLITE_CONSTRAINT' : code } }
    }
  }
}

function fromWire(value: WireValue): unknown {
  switch (value.type) {
    case 'null':
      return null
    case 'integer':
      return BigInt(value.value)
    case 'float':
    case 'text':
      return value.value
    case 'blob':
      return Buffer.from(value.base64, 'base64')
  }
}

function toWire(value: unknown): WireValue {
  if (value === null || value === undefined) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) }
  if (typeof value === 'number') return { type: 'float', value }
  if (typeof value === 'string') return { type: 'text', value }
  return { type: 'blob', base64: Buffer.from(value as Uint8Array).toString('base64') }
}
