/** The facts that are filled in completely: half of a span, an empty row are still being written. */
export function wholeFacts(facts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => isWhole(value)))
}

function isWhole(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  if (Array.isArray(value))
    return value.every(
      (row) =>
        typeof row !== 'object' ||
        (Object.keys(row as object).length > 0 &&
          Object.values(row as object).every((cell) => cell !== undefined)),
    )
  if (typeof value === 'object') return Object.values(value).every((part) => part !== undefined)
  return true
}
