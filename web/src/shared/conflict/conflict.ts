/** What two people stated on top of the same beginning. */
export interface Conflict {
  /** Fields that both changed, each to something else. */
  clashes: { id: string; before: unknown; mine: unknown; theirs: unknown }[]
  /** Mine with all that only the other changed. */
  merged: Record<string, unknown>
}

type Stated = Record<string, unknown>

/** Compares field by field: what only one changed is merged, what both changed differently is a clash. */
export function conflictOf(before: Stated, mine: Stated, theirs: Stated): Conflict {
  const clashes: Conflict['clashes'] = []
  const merged: Stated = { ...mine }
  for (const id of new Set([...Object.keys(before), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const changedByThem = !same(before[id], theirs[id])
    const changedByMe = !same(before[id], mine[id])
    if (!changedByThem || same(mine[id], theirs[id])) continue
    if (changedByMe) clashes.push({ id, before: before[id], mine: mine[id], theirs: theirs[id] })
    else merged[id] = theirs[id]
  }
  return { clashes, merged }
}

/** Fields that differ from what they were. */
export function changedFields(before: Stated, after: Stated): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (id) => !same(before[id], after[id]),
  )
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
