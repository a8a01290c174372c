import { readFacts } from '../case/open.ts'
import { standing } from '../case/standing.ts'
import type { Standing } from '../case/standing-view.ts'
import type { Day } from '../values/day.ts'
import type { Calendar } from '../values/workdays.ts'
import { formatValue } from './document/literal.ts'
import { scopeRow, trackOf } from './engine/applies.ts'
import { applyEvent } from './engine/apply.ts'
import { lookAt } from './engine/environment.ts'
import type { Outside, Policy } from './model.ts'
import type { Finding } from './model-finding.ts'

export interface Explanation extends Standing {
  on: Day
  facts: Record<string, string | number | boolean>
  scope: { track: string | null; title: string | null; article: string[] }
  /** Problems with the facts themselves. */
  findings: Finding[]
}

/**
 * For a project with these facts on this day: each step, whether it applies, by whom, when due, with which materials,
 * and why, article by article. A missing fact is named, never guessed.
 */
export function explainFacts(
  policy: Policy,
  raw: Record<string, unknown>,
  calendar: Calendar,
  on: Day,
  given?: Partial<Outside>,
): Explanation {
  const { facts, unit, findings } = readFacts(policy, raw)
  const outside: Outside = { unit: { facts: {}, sanctions: [] }, calendar, ...given }
  outside.unit = { facts: { ...outside.unit.facts, ...unit }, sanctions: outside.unit.sanctions }
  const state = applyEvent(policy, undefined, { type: 'opened', on, id: 'explained', facts, unit }, outside)
  const env = lookAt(policy, state, outside, on)
  const track = trackOf(env) ?? null
  const shown: Explanation['facts'] = {}
  for (const rule of policy.facts.values()) {
    if (rule.procedure) continue
    const value = rule.read(env)
    if (value !== undefined) shown[rule.id] = formatValue(rule.type, value, rule.options)
  }
  return {
    on,
    facts: shown,
    scope: {
      track,
      title: track === null ? null : (policy.document.tracks[track]?.title ?? track),
      article: scopeRow(env)?.article ?? policy.scope.article,
    },
    ...standing(policy, state, outside, on),
    findings,
  }
}
