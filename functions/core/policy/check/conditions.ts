import type { Path, Scope } from '../compile/compiler.ts'
import type { PolicyDocument } from '../document/document.ts'
import type { Condition } from '../document/document-parts.ts'

/** A condition with the place it stands in and the names it may use. */
export interface Placed {
  condition: Condition
  scope: Scope
}

export interface PlacedAt extends Placed {
  path: Path
}

/** A decision table of the document, named or standing in a cell. */
export interface TableAt {
  path: Path
  scope: Scope
  hit: 'unique' | 'first'
  rows: { when?: Condition; else?: true; is?: unknown; track?: string }[]
  /** Set on a named table. */
  id?: string
}

/** One test of one name, with the place it was found in. */
export interface Atom {
  name: string
  test: unknown
  scope: Scope
}

/** Keys under which the author's own names stand, which are no words of the language. */
const NAMED = new Set([
  'facts',
  'records',
  'materials',
  'outcomes',
  'checks',
  'steps',
  'tables',
  'decisions',
  'stages',
  'tracks',
  'parties',
  'registers',
  'documents',
  'parameters',
  'procedures',
  'vetoes',
  'sanctions',
  'norms',
  'merges',
  'yields',
  'options',
  'columns',
  'entry',
])

type Visit = (node: unknown, path: Path, scope: Scope) => void

/** Visits every node of the document once, with the scope in which its names are looked up. */
export function walk(document: PolicyDocument, visit: Visit): void {
  const go = (node: unknown, path: Path, scope: Scope): void => {
    if (typeof node !== 'object' || node === null) return
    visit(node, path, scope)
    for (const [key, value] of Object.entries(node)) {
      const at = [...path, Array.isArray(node) ? Number(key) : key]
      go(value, at, scopeAt(at) ?? scope)
    }
  }
  for (const [key, value] of Object.entries(document))
    if (key !== 'policy' && key !== 'coverage') go(value, [key], {})
}

/** The scope that begins at a path, if one does. */
function scopeAt(path: Path): Scope | undefined {
  if (path.length === 2 && path[0] === 'steps') return { step: String(path[1]) }
  if (path.length === 2 && path[0] === 'procedures') return { procedure: String(path[1]) }
  if (path.length === 4 && path[0] === 'procedures' && path[2] === 'steps')
    return { step: String(path[3]), procedure: String(path[1]) }
  return undefined
}

/** Every condition of the document, each once. */
export function conditionsOf(document: PolicyDocument): PlacedAt[] {
  const found: PlacedAt[] = []
  walk(document, (node, path, scope) => {
    if (Array.isArray(node) || NAMED.has(String(path[path.length - 1]))) return
    for (const key of ['when', 'that', 'where', 'lifted']) {
      const value = (node as Record<string, unknown>)[key]
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
      if (key === 'lifted' && (path[0] !== 'vetoes' || isBy(value))) continue
      found.push({ condition: value as Condition, scope, path: [...path, key] })
    }
  })
  return found
}

function isBy(value: object): boolean {
  return 'by' in value && typeof value.by === 'string'
}

/** Every decision table: the scope, the named ones, and those that stand in the place of a literal. */
export function tablesOf(document: PolicyDocument): TableAt[] {
  const found: TableAt[] = []
  walk(document, (node, path, scope) => {
    const rows = (node as { rows?: unknown }).rows
    if (!Array.isArray(rows) || NAMED.has(String(path[path.length - 1]))) return
    const hit = (node as { hit?: 'unique' | 'first' }).hit ?? (path[0] === 'scope' ? 'first' : 'unique')
    const id = path[0] === 'tables' && path.length === 2 ? String(path[1]) : undefined
    found.push({ path, scope, hit, rows: rows as TableAt['rows'], ...(id ? { id } : {}) })
  })
  return found
}

/** The tests of a condition, each with its name. */
export function atomsOf({ condition, scope }: Placed): Atom[] {
  return Object.entries(condition).flatMap(([name, test]) => {
    if (name === 'any' || name === 'all')
      return Array.isArray(test) ? test.flatMap((one) => atomsOf({ condition: one as Condition, scope })) : []
    if (name === 'not')
      return typeof test === 'object' && test !== null ? atomsOf({ condition: test as Condition, scope }) : []
    return [{ name, test, scope }]
  })
}
