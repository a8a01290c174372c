import { STAGE_TITLES } from '../values/stages.ts'

/** How a policy reads an open text: of which rule, by which article, and what is taken. */
export interface Reading {
  path: string
  /** What the rule is called, or the nearest above it that has a name. */
  title: string
  /** Articles of the rule, or of the nearest above it that cites one. */
  article: string[]
  reading: string
}

/** All readings of a document, in the order of its text. */
export function readingsOf(document: object): Reading[] {
  const readings: Reading[] = []
  const walk = (node: unknown, path: string[], above: Pick<Reading, 'title' | 'article'>): void => {
    if (typeof node !== 'object' || node === null) return
    const own = node as Record<string, unknown>
    const here = { title: nameOf(own, path) ?? above.title, article: citedBy(own.article) ?? above.article }
    if (typeof own.reading === 'string')
      readings.push({ path: path.join('.'), ...here, reading: own.reading })
    for (const [key, value] of Object.entries(own)) if (key !== 'article') walk(value, [...path, key], here)
  }
  walk(document, [], { title: '', article: [] })
  return readings
}

function nameOf(own: Record<string, unknown>, path: readonly string[]): string | undefined {
  if (typeof own.title === 'string') return own.title
  if (typeof own.name === 'string') return own.name
  return path[0] === 'stages' && path.length === 2 ? STAGE_TITLES[path[1] ?? ''] : undefined
}

/** The articles that a citation as written names; undefined where there is none. */
export function citedBy(raw: unknown): string[] | undefined {
  if (typeof raw === 'string') return [raw]
  if (Array.isArray(raw)) return raw.flatMap((item) => citedBy(item) ?? [])
  return typeof raw === 'object' && raw !== null && 'at' in raw ? [String(raw.at)] : undefined
}
