import { unitOf, unitsOf } from '../check-coverage.ts'
import type { Policy } from '../model.ts'
import { ANNEX, PREAMBLE, type RegulationPart, type RegulationProblem } from './parts.ts'
import { splitArticles } from './split-articles.ts'
import { splitCommentary } from './split-commentary.ts'

/** A text taken apart. What stands before the first part has the unit '', an annex 附件. */
export interface Regulation {
  parts: RegulationPart[]
  /** How many of the policy's own units were found. */
  found: number
  problems: RegulationProblem[]
}

/**
 * Takes the text of a policy's regulation apart, at its articles or, where the policy was written from a commentary, at
 * the sections that its rules cite; and says what the policy knows and the text lacks.
 */
export function splitRegulation(text: string, policy: Policy): Regulation {
  const units = unitsOf(policy)
  const { parts, problems } = units.every((unit) => /^第.+条/.test(unit))
    ? splitArticles(text)
    : splitCommentary(text, units)
  const given = new Set(parts.map((part) => part.unit))
  const cited = new Set(policy.citations.map(({ article }) => unitOf(article, units)))
  const unknown = parts
    .filter(({ unit }) => unit !== PREAMBLE && unit !== ANNEX && !units.includes(unit))
    .map(({ unit }): RegulationProblem => ({ code: 'unknown', unit }))
  const missing = units
    .filter((unit) => !given.has(unit))
    .map((unit): RegulationProblem => ({ code: 'missing', unit, cited: cited.has(unit) }))
  return {
    parts: parts.filter(({ paragraphs, title }) => paragraphs.length > 0 || title !== null),
    found: units.length - missing.length,
    problems: [...missing, ...problems, ...unknown],
  }
}
