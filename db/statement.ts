/** What a column can hold: integers only as safe integers, no floats anywhere. */
export type SqlValue = string | number | null | Uint8Array

/** One row by column name. */
export type Row = Record<string, SqlValue>

/** SQL text with `?` placeholders and its arguments; built with `sql`, never by joining request text. */
export interface Statement {
  readonly sql: string
  readonly args: readonly SqlValue[]
}

type Part = SqlValue | boolean | undefined | Statement

/**
 * Builds a statement: a value becomes a placeholder, a statement is spliced in with its arguments.
 * `undefined` binds as NULL and booleans as 0 or 1.
 */
export function sql(text: TemplateStringsArray, ...parts: Part[]): Statement {
  let out = text[0] ?? ''
  const args: SqlValue[] = []
  parts.forEach((part, i) => {
    if (isStatement(part)) {
      out += part.sql
      args.push(...part.args)
    } else {
      out += '?'
      args.push(toValue(part))
    }
    out += text[i + 1] ?? ''
  })
  return { sql: out, args }
}

/** `(?, ?), (?, ?)` for a multi-row insert; `rows` must not be empty. */
export function values(rows: readonly (readonly (SqlValue | boolean | undefined)[])[]): Statement {
  const args: SqlValue[] = []
  const tuples = rows.map((row) => {
    args.push(...row.map(toValue))
    return `(${row.map(() => '?').join(', ')})`
  })
  return { sql: tuples.join(', '), args }
}

/** Statements joined with a separator that the code (never a request) supplies. */
export function join(parts: readonly Statement[], separator: ' AND ' | ', ' | ' '): Statement {
  return { sql: parts.map((p) => p.sql).join(separator), args: parts.flatMap((p) => p.args) }
}

function toValue(part: SqlValue | boolean | undefined): SqlValue {
  if (part === undefined) return null
  if (typeof part === 'boolean') return part ? 1 : 0
  return part
}

function isStatement(part: Part): part is Statement {
  return typeof part === 'object' && part !== null && 'sql' in part && 'args' in part
}

/**
 * The argument as the drivers must bind it. A JS number would be bound as REAL, so integers go as BigInt;
 * a fraction is a programming error, since money and ratios are integers here.
 */
export function bindable(value: SqlValue): string | bigint | null | Uint8Array {
  if (typeof value !== 'number') return value
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${value} is not a safe integer and cannot be stored`)
  return BigInt(value)
}

/** A text column; throws when the query and the reader disagree. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

/** An integer column; throws when the query and the reader disagree. */
export function integer(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not an integer`)
  return value
}

/** A text column that may be NULL. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null || row[column] === undefined ? undefined : text(row, column)
}

/** An integer column that may be NULL. */
export function optionalInteger(row: Row, column: string): number | undefined {
  return row[column] === null || row[column] === undefined ? undefined : integer(row, column)
}
