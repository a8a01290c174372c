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
  const args: SqlValue[] = []
  let known = rootOf(text)
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]
    if (isStatement(part)) {
      for (const arg of part.args) args.push(arg)
      known = branchOf(known, i, part.sql)
    } else args.push(toValue(part))
  }
  known.text ??= joined(text, parts)
  return { sql: known.text, args }
}

function joined(text: TemplateStringsArray, parts: readonly Part[]): string {
  return parts.reduce<string>(
    (out, part, i) => `${out}${isStatement(part) ? part.sql : '?'}${text[i + 1] ?? ''}`,
    text[0] ?? '',
  )
}

/** The text that a template gives with these texts spliced in, made once: prepared statements are looked up by it. */
interface Known {
  text: string | undefined
  /** By the place of the next spliced statement, then by its text. */
  spliced: Map<string, Known>[]
}

const templates = new Map<TemplateStringsArray, Known>()
let branches = 0
const MOST_BRANCHES = 4_000

function rootOf(text: TemplateStringsArray): Known {
  let known = templates.get(text)
  if (!known) {
    known = { text: undefined, spliced: [] }
    templates.set(text, known)
  }
  return known
}

/** Texts of rows in any number could become many: then all is forgotten and learned again. */
function branchOf(known: Known, place: number, spliced: string): Known {
  known.spliced[place] ??= new Map()
  const here = known.spliced[place]
  let branch = here.get(spliced)
  if (!branch) {
    branches += 1
    if (branches > MOST_BRANCHES) {
      branches = 0
      templates.clear()
    }
    branch = { text: undefined, spliced: [] }
    here.set(spliced, branch)
  }
  return branch
}

/** `(?, ?), (?, ?)` for a multi-row insert; `rows` must not be empty. */
export function values(rows: readonly (readonly (SqlValue | boolean | undefined)[])[]): Statement {
  const args: SqlValue[] = []
  for (const row of rows) for (const value of row) args.push(toValue(value))
  const width = rows[0]?.length ?? 0
  const shape = width * 1_000 + rows.length
  if (rows.some((row) => row.length !== width)) throw new RangeError('rows of different widths')
  let text = rows.length < 1_000 ? tuples.get(shape) : undefined
  if (text === undefined) {
    const tuple = `(${Array(width).fill('?').join(', ')})`
    text = Array(rows.length).fill(tuple).join(', ')
    if (rows.length < 1_000) tuples.set(shape, text)
  }
  return { sql: text, args }
}

/** The text of so many rows of so many cells, made once. */
const tuples = new Map<number, string>()

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
