import { nearest } from '../document/nearest.ts'
import type { Env, Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Step } from '../model-step.ts'
import { finding, partyNames } from './say.ts'
import { unknownFacts } from './shown-values.ts'

/** Whether the parties that act are those that the step names; lists who would be. */
export function actorFinding(env: Env, step: Step, by: string[]): Finding | undefined {
  if (!step.by) return undefined
  const rule = step.by.get(env)
  if (!rule) return finding('undetermined', step.id, step.article, unknownFacts(step.by, env))
  const roots = new Set(by.map((party) => rootParty(env.policy, party)))
  if (rule.parties.some((party) => roots.has(rootParty(env.policy, party)))) return undefined
  const names = rule.parties.map((party) => env.policy.document.parties[party]?.name ?? party)
  return finding('actor', step.id, step.by.article(env), {
    party: names.join(rule.kind === 'any' ? ' 或 ' : '、'),
    parties: rule.parties.join(','),
    by: partyNames(env.policy, by),
  })
}

/** The party itself, or the one that it is the same body as. */
export function rootParty(policy: Policy, party: string): string {
  const same = policy.document.parties[party]?.same
  return same && same !== party ? rootParty(policy, same) : party
}

/** The refusal for a step that the policy does not have. */
export function stepUnknown(policy: Policy, id: string): Finding {
  const guess = nearest(id, policy.stepIndex.keys())
  return finding('unknown', id, [], { name: id, ...(guess ? { guess } : {}) })
}
