import { canonical } from '../../../db/canonical.ts'
import { START } from '../../../db/ledger.ts'
import type { CaseAppend } from '../../../db/tenant/append.ts'
import { readFacts } from '../../core/case/open.ts'
import type { Policy } from '../../core/policy/model.ts'
import type { Values } from '../../core/policy/state.ts'
import type { LoadedUnit } from './case-reads.ts'

/** Facts of a request, those of the unit apart: the unit is a case of its own. */
export function splitFacts(
  policy: Policy,
  raw: Record<string, unknown>,
): { project: Record<string, unknown>; unit: Record<string, unknown> } {
  const isUnit = ([id]: [string, unknown]): boolean => policy.facts.get(id)?.of === 'unit'
  const entries = Object.entries(raw)
  return {
    project: Object.fromEntries(entries.filter((entry) => !isUnit(entry))),
    unit: Object.fromEntries(entries.filter(isUnit)),
  }
}

/** What is written when the unit's facts change; undefined when they stay. */
export function unitAppend(
  policy: Policy,
  organisationId: string,
  unit: LoadedUnit | undefined,
  raw: Record<string, unknown>,
  today: string,
): { facts: Values; append: CaseAppend } | undefined {
  const changed = readFacts(policy, raw).unit
  const facts = { ...unit?.facts, ...changed }
  if (canonical(facts) === canonical(unit?.facts ?? {})) return undefined
  return {
    facts,
    append: {
      stream: `unit:${organisationId}`,
      position: unit?.position ?? START,
      action: 'unit-facts',
      events: [{ type: 'unit-facts', on: today, payload: { facts: changed } }],
      state: JSON.stringify({ facts }),
    },
  }
}
