import { pinyin } from 'pinyin-pro'
import { type Statement, sql } from '../../../db/statement.ts'

/** What a project is found by. */
export interface ProjectWords {
  title: string
  unit: string
  code: string | undefined
}

/** Stands between two texts in the initials, so that no search runs across their border. */
const BORDER = 'border'

/** Enters a project into the search index, or brings its entry up to date; nothing is written where nothing changed. */
export function wordsStatement(projectId: string, { title, unit, code }: ProjectWords): Statement {
  return sql`INSERT INTO project_words (project_id, title, unit, code, initials) VALUES (${projectId}, ${spaced(title)},
      ${spaced(unit)}, ${spaced(code ?? '')}, ${`${initials(title)} ${BORDER} ${initials(unit)}`})
    ON CONFLICT (project_id) DO UPDATE SET title = excluded.title, unit = excluded.unit, code = excluded.code,
      initials = excluded.initials
    WHERE (title, unit, code) <> (excluded.title, excluded.unit, excluded.code)`
}

/** Sets the code of a project that has been entered before. */
export function codeStatement(projectId: string, code: string | undefined): Statement {
  return sql`UPDATE project_words SET code = ${spaced(code ?? '')} WHERE project_id = ${projectId}`
}

/** Ids of the projects that a query means; every word of it must be found. Undefined where it says nothing. */
export function foundProjects(query: string): Statement | undefined {
  const match = matchOf(query)
  if (match === undefined) return undefined
  return sql`SELECT w.project_id FROM project_search f CROSS JOIN project_words w ON w.n = f.rowid
    WHERE project_search MATCH ${match}`
}

/**
 * The query for the index: a word with Chinese characters as a phrase, one of letters and digits as the beginning of a
 * word or as initials of pinyin anywhere in a name.
 */
export function matchOf(query: string): string | undefined {
  const terms = folded(query)
    .split(/\s+/)
    .map((term) => term.replaceAll('"', ' '))
    .filter((term) => /[\p{L}\p{N}]/u.test(term))
    .slice(0, 8)
  if (terms.length === 0) return undefined
  return terms
    .map((term) => {
      const words = `{title unit code} : "${spaced(term).trim()}"`
      if (HAN.test(term)) return `(${words})`
      return /^[a-z0-9]+$/.test(term) ? `(${words} * OR initials : "${[...term].join(' ')}")` : `(${words} *)`
    })
    .join(' AND ')
}

/** The query for names that have any of these pairs of characters. */
export function pairsMatch(pairs: readonly string[]): string {
  if (pairs.length === 0) return '"\u0001"'
  const some = [...new Set(pairs)].slice(0, 40).map((pair) => `"${spaced(pair).trim()}"`)
  return `title : (${some.join(' OR ')})`
}

/** The first letters of a text's pinyin, one a word: 政务API平台 → z w a p i p t. */
export function initials(text: string): string {
  return pinyin(folded(text), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .flatMap((part) => [...part])
    .filter((letter) => /[a-z0-9]/.test(letter))
    .join(' ')
}

const HAN = /\p{Script=Han}/u

/** Half width, lower case, a space around every Han character. */
function spaced(text: string): string {
  return folded(text).replace(/\p{Script=Han}/gu, ' $& ')
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
