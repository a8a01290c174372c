import crypto from 'node:crypto'

/** JSON with sorted keys and no spaces: one text for one value, so that it can be hashed. */
export function canonical(value: unknown): string {
  if (typeof value === 'string' || value === null) return JSON.stringify(value)
  if (typeof value !== 'object') {
    if (value === undefined || typeof value === 'function') throw new TypeError('not a JSON value')
    return JSON.stringify(value)
  }
  let out = ''
  if (Array.isArray(value)) {
    for (const item of value) out += `${out === '' ? '' : ','}${canonical(item ?? null)}`
    return `[${out}]`
  }
  const members = value as Record<string, unknown>
  for (const key of Object.keys(value).sort(byCodeUnits)) {
    const member = members[key]
    if (member !== undefined) out += `${out === '' ? '' : ','}${JSON.stringify(key)}:${canonical(member)}`
  }
  return `{${out}}`
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** SHA-256 of a text's UTF-8, in hex; in one call where the runtime has it, which costs half of making a hash object. */
export const sha256: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text, 'hex')
    : (text) => crypto.createHash('sha256').update(text, 'utf8').digest('hex')
