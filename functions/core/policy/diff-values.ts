/** One value that differs between two trees, with the keys that lead to it. */
export interface ValueChange {
  keys: string[]
  from: unknown
  to: unknown
  /** The nearest article above it in the newer tree. */
  cited?: unknown
}

/** Conditions and literals are said as a whole: a threshold reads better than its innermost key. */
const WHOLE = new Set([
  'when',
  'that',
  'guard',
  'lifted',
  'window',
  'due',
  'after',
  'unless',
  'by',
  'experts',
  'rows',
  'article',
  'demands',
  'imposes',
  'lifts',
  'postpones',
  'reopens',
  'through',
  'repeat',
  'options',
  'values',
  'bars',
])

/** Where two trees differ. Lists and conditions are compared as wholes, maps key by key. */
export function changesIn(before: unknown, after: unknown, skipped: string[] = []): ValueChange[] {
  const changes: ValueChange[] = []
  walk(before, after, [], undefined, changes, skipped)
  return changes
}

function walk(
  a: unknown,
  b: unknown,
  keys: string[],
  cited: unknown,
  into: ValueChange[],
  skipped: string[],
): void {
  if (same(a, b)) return
  const isWhole = keys.length > 0 && WHOLE.has(keys[keys.length - 1]!)
  if (!isWhole && isMap(a) && isMap(b)) {
    const nearest = b.article ?? cited
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      if (!(keys.length === 0 && skipped.includes(key)))
        walk(a[key], b[key], [...keys, key], nearest, into, [])
    return
  }
  into.push({ keys, from: a, to: b, cited })
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Equality of plain data; the order of keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => same(item, b[i]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]))
}
