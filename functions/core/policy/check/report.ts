import type { PolicyDocument } from '../document/document.ts'
import type { Problem } from '../problem.ts'

/** What a check says of a place. */
export interface Saying {
  message: string
  fix?: string
  severity?: Problem['severity']
  article?: string[]
  example?: unknown
}

/** A problem, an error unless said otherwise. */
export function problemAt(code: string, path: Problem['path'], said: Saying): Problem {
  const { severity = 'error', message, fix, article, example } = said
  return {
    severity,
    code,
    message,
    path,
    ...(fix === undefined ? {} : { fix }),
    ...(article === undefined || article.length === 0 ? {} : { article }),
    ...(example === undefined ? {} : { example }),
  }
}

/** The articles that hold at a place of the document: the nearest that are written at or above it. */
export function citedAt(document: PolicyDocument, path: Problem['path']): string[] {
  let node: unknown = document
  let found: string[] = []
  for (const key of path) {
    if (typeof node !== 'object' || node === null) break
    node = (node as Record<string | number, unknown>)[key]
    const article = (node as { article?: unknown } | null | undefined)?.article
    if (article !== undefined) found = textsOf(article)
  }
  return found
}

function textsOf(article: unknown): string[] {
  if (Array.isArray(article)) return article.flatMap(textsOf)
  if (typeof article === 'string') return [article]
  return typeof article === 'object' && article !== null && 'at' in article ? [String(article.at)] : []
}
