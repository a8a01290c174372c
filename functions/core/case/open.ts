import type { CaseEvent } from '../policy/command.ts'
import { parseValue } from '../policy/document/literal.ts'
import { nearest } from '../policy/document/nearest.ts'
import { applyEvent } from '../policy/engine/apply.ts'
import { finding, spoken } from '../policy/engine/say.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { CaseState, Values } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

/** Facts as people wrote them, read by their types; unit facts apart. Problems are findings, nothing is guessed. */
export function readFacts(
  policy: Policy,
  raw: Record<string, unknown>,
): { facts: Values; unit: Values; findings: Finding[] } {
  const facts: Values = {}
  const unit: Values = {}
  const findings: Finding[] = []
  for (const [id, value] of Object.entries(raw)) {
    const rule = policy.facts.get(id)
    if (!rule || rule.computed || rule.procedure) {
      const guess = nearest(
        id,
        [...policy.facts.values()].filter((fact) => !fact.computed && !fact.procedure).map((fact) => fact.id),
      )
      findings.push(finding('unknown', '', [], { name: id, ...(guess ? { guess } : {}) }))
      continue
    }
    if (value === null || value === undefined) continue
    const text = policy.document.facts[id]!
    const parsed = parseValue({ type: rule.type, options: text.options, columns: text.columns }, value)
    if (parsed.ok) (rule.of === 'unit' ? unit : facts)[id] = parsed.value
    else
      findings.push(
        finding('record', '', rule.article, {
          record: rule.title,
          name: id,
          expected: parsed.expected,
          ...(parsed.given ? { given: parsed.given } : {}),
        }),
      )
  }
  return { facts, unit, findings: spoken(policy, findings) }
}

/** Opens a project case on given facts; refused only when a value is not of its type. */
export function openCase(
  policy: Policy,
  input: { id: string; facts: Record<string, unknown>; dividedFrom?: { id: string; title: string } },
  outside: Outside,
  day: Day,
):
  | { ok: true; event: CaseEvent; state: CaseState; findings: Finding[] }
  | { ok: false; findings: Finding[] } {
  const { facts, unit, findings } = readFacts(policy, input.facts)
  if (findings.some((one) => one.level === 'block')) return { ok: false, findings }
  const event: CaseEvent = {
    type: 'opened',
    on: day,
    id: input.id,
    facts,
    unit: { ...outside.unit.facts, ...unit },
    ...(input.dividedFrom && { dividedFrom: input.dividedFrom }),
  }
  return { ok: true, event, state: applyEvent(policy, undefined, event, outside), findings }
}
