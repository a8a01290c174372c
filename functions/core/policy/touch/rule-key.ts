/** What says of a rule where it stands or how it is read, and nothing of what it does. */
const ABOUT = new Set(['article', 'reading', 'note'])
/** Names and help of the rule itself; deeper in its text the same words may be names of facts. */
const CALLED = new Set(['title', 'help', 'template', 'form', 'medium'])

/**
 * The key of a rule that a new version may change: its owner, and a fingerprint of what it does. A rule that says the
 * same keeps its key however it is numbered, called or explained; one that says something else gets another.
 */
export function keyByContent(kind: string, owner: string, raw: unknown): string {
  return `${kind}:${owner}~${fingerprint(said(raw, true))}`
}

/** The key of a rule that is itself whatever its version says of it: a step, an outcome, a decision. */
export function keyById(kind: string, id: string): string {
  return `${kind}:${id}`
}

/** The key of a unit of the text in one version of the policy: another version counts its articles anew. */
export function articleKey(hash: string, unit: string): string {
  return `article:${hash.slice(0, 12)}:${unit}`
}

/** The unit of the text that an article's key names. */
export function unitOfArticleKey(key: string): string | undefined {
  return /^article:[0-9a-f]+:(.+)$/s.exec(key)?.[1]
}

/** One text for what a rule says, whatever the order of its keys. */
function said(raw: unknown, own = false): string {
  if (Array.isArray(raw)) return `[${raw.map((one) => said(one)).join()}]`
  if (typeof raw !== 'object' || raw === null) return JSON.stringify(raw)
  const parts = Object.entries(raw)
    .filter(([key, value]) => value !== undefined && !ABOUT.has(key) && !(own && CALLED.has(key)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${said(value)}`)
  return `{${parts.join()}}`
}

/** 53 bits of a text (cyrb53, public domain): enough to tell the rules of one owner apart, no protection against forgery. */
function fingerprint(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36)
}
