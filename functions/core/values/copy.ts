/** A deep copy of plain JSON data; undefined members are kept out. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key]
    if (member !== undefined) copy[key] = typeof member === 'object' ? copyOf(member) : member
  }
  return copy as T
}
