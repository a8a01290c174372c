import { parseSpan, type Span } from '../../values/span.ts'
import type { Condition } from '../document/document-parts.ts'
import type { Choice, Env, Guard, Tri } from '../model.ts'
import type { ActorRule } from '../model-step.ts'
import { articles, type Compiler, listOf, type Path, type Scope, unknownName } from './compiler.ts'
import { compileCondition } from './condition.ts'

interface RawRow {
  when?: Condition
  else?: true
  is: unknown
  article?: Parameters<typeof articles>[1]
}

export interface Row<T> {
  when?: Guard
  is: T
  article: string[]
}

/** Compiles the rows of a decision table; a row after an undetermined one is never taken (§2). */
export function compileRows<T>(
  compiler: Compiler,
  rows: RawRow[],
  read: (raw: unknown, path: Path) => T | undefined,
  scope: Scope,
  path: Path,
  inherited: string[],
): Row<T>[] {
  const compiled: Row<T>[] = []
  rows.forEach((row, i) => {
    const at = [...path, 'rows', i]
    if (!row.when && !row.else)
      compiler.problem(at, 'shape', '这一行既没有 when 也没有 else', '写明 when: {…} 或 else: true')
    if (row.else && i < rows.length - 1)
      compiler.problem(at, 'table-shadowed', 'else 之后的行永远取不到', '把 else 放在最后一行')
    const is = read(row.is, [...at, 'is'])
    if (is === undefined) return
    compiled.push({
      when: row.when ? compileCondition(compiler, row.when, scope, [...at, 'when']) : undefined,
      is,
      article: articles(compiler, row.article, [...at, 'article'], 'table', inherited),
    })
  })
  return compiled
}

/**
 * Looks a table up: the value when it is certain, the row that gave it, and the values still possible. With `first`
 * no row is taken after an undetermined one; with `unique` a value is certain when all rows not excluded agree.
 */
export function lookRows<T>(
  rows: Row<T>[],
  unique: boolean,
  env: Env,
): { value: T | undefined; row: number; possible: T[] } {
  const possible: T[] = []
  let first = -1
  let open = false
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!
    const value: Tri = row.when ? row.when.test(env) : 1
    if (value === 0) continue
    if (first < 0) first = i
    if (value === 1 && !open && (!unique || row.when === undefined))
      return { value: possible[0] ?? row.is, row: first, possible: [row.is] }
    possible.push(row.is)
    if (value === 2) open = true
    else if (!unique) break
  }
  const certain = possible.length > 0 && (!open || unique) && possible.every((item) => item === possible[0])
  return { value: certain || (possible.length > 0 && !open) ? possible[0] : undefined, row: first, possible }
}

/** A value that is a literal or a table; `read` turns the literal of a cell into the value. */
export function compileChoice<T>(
  compiler: Compiler,
  raw: unknown,
  read: (raw: unknown, path: Path) => T | undefined,
  scope: Scope,
  path: Path,
  inherited: string[],
): Choice<T> | undefined {
  if (!isTable(raw)) {
    const value = read(raw, path)
    return value === undefined ? undefined : fixedChoice(value, inherited)
  }
  const named = typeof raw.table === 'string' ? compiler.document.tables?.[raw.table] : undefined
  if (typeof raw.table === 'string' && !named) {
    unknownName(
      compiler,
      [...path, 'table'],
      '判定表',
      raw.table,
      Object.keys(compiler.document.tables ?? {}),
    )
    return undefined
  }
  if (typeof raw.table === 'string') compiler.used.add(raw.table)
  const source = named ?? (raw.table as { hit?: string; rows: RawRow[] })
  const at = named ? ['tables', raw.table as string] : [...path, 'table']
  const rows = compileRows(compiler, source.rows, read, named ? {} : scope, at, inherited)
  const unique = source.hit !== 'first'
  return {
    get: (env) => lookRows(rows, unique, env).value,
    missing: (env, into) => {
      for (const row of rows) row.when?.missing(env, into)
    },
    article: (env) => rows[lookRows(rows, unique, env).row]?.article ?? inherited,
    reads: rows.flatMap((row) => row.when?.reads ?? []),
    table: named && (raw.table as string),
    all: rows.map((row) => row.is),
  }
}

export function fixedChoice<T>(value: T, article: string[]): Choice<T> {
  return {
    fixed: value,
    get: () => value,
    missing: () => {},
    article: () => article,
    reads: [],
    all: [value],
  }
}

function isTable(raw: unknown): raw is { table: unknown } {
  return typeof raw === 'object' && raw !== null && 'table' in raw
}

export function readSpan(raw: unknown): Span | undefined {
  return typeof raw === 'string' ? parseSpan(raw) : undefined
}

/** Reads `party`, `{any: […]}` or `{all: […]}`. */
export function readActor(compiler: Compiler): (raw: unknown, path: Path) => ActorRule | undefined {
  return (raw, path) => {
    const [kind, list]: [ActorRule['kind'], string[]] =
      typeof raw === 'string'
        ? ['one', [raw]]
        : isSet(raw, 'all')
          ? ['all', raw.all]
          : isSet(raw, 'any')
            ? ['any', raw.any]
            : ['one', []]
    const parties = list.filter((party) => partyExists(compiler, party, path))
    return parties.length > 0 ? { kind, parties } : undefined
  }
}

function isSet<K extends string>(raw: unknown, key: K): raw is Record<K, string[]> {
  return typeof raw === 'object' && raw !== null && key in raw
}

/** Whether the party is defined; reports it otherwise. */
export function partyExists(compiler: Compiler, party: string, path: Path): boolean {
  compiler.used.add(`party:${party}`)
  if (compiler.document.parties[party]) return true
  unknownName(compiler, path, '责任方', party, Object.keys(compiler.document.parties))
  return false
}

/** One party or several, as a literal or from a table. */
export function compilePartyLists(
  compiler: Compiler,
  raw: unknown,
  scope: Scope,
  path: Path,
  article: string[],
): Choice<string[]> {
  const read = (one: unknown, at: Path): string[] =>
    (Array.isArray(one) ? one : [one])
      .filter((party): party is string => typeof party === 'string')
      .filter((party) => partyExists(compiler, party, at))
  return compileChoice(compiler, raw, read, scope, path, article) ?? fixedChoice([], article)
}

export function partyList(compiler: Compiler, raw: string | string[] | undefined, path: Path): string[] {
  return listOf(raw).filter((party) => partyExists(compiler, party, path))
}
