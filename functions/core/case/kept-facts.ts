import { finding, partyNames, spoken } from '../policy/engine/say.ts'
import type { Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'

/** Why facts of a unit are not these parties' to state: another party finds them (`keptBy`). */
export function keptFindings(policy: Policy, ids: readonly string[], parties: readonly string[]): Finding[] {
  return spoken(
    policy,
    ids.flatMap((id) => {
      const rule = policy.facts.get(id)
      if (rule?.keptBy === undefined || parties.includes(rule.keptBy)) return []
      const facts = { keeper: true, fact: rule.title, party: partyNames(policy, [rule.keptBy]) }
      return [finding('actor', '', rule.article, { ...facts, by: partyNames(policy, [...parties]) })]
    }),
  )
}
