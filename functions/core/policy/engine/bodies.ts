import type { Env, Policy } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Step } from '../model-step.ts'
import { rootParty } from './actors.ts'
import { finding } from './say.ts'
import { resolveValue } from './value-of.ts'

/** Which organisation stands behind a party in a case, and which parties may never be the same (§11 `apart`). */

/** The fact or record that says who holds a party, where one does. */
export function heldFrom(policy: Policy, party: string): string | undefined {
  const rule = policy.document.parties[rootParty(policy, party)]
  return rule?.from === 'unit' ? undefined : (rule?.from ?? rule?.held?.from)
}

/** The name of the organisation that holds a party here; undefined while it is not known. */
export function bodyOf(env: Env, party: string): string | undefined {
  const root = rootParty(env.policy, party)
  const source = heldFrom(env.policy, root)
  if (source === undefined) return env.outside.bodies?.[root]
  const step = env.policy.steps[env.overlay?.step ?? 0]
  const own = step && source.startsWith(`${step.id}.`) ? source.slice(step.id.length + 1) : source
  const value = step && (resolveValue(env, step, own) ?? resolveValue(env, step, source))
  return typeof value === 'string' ? value : undefined
}

/** Parties that must not be the same body, where this execution acts for one of them or says who holds it. */
export function apartFindings(env: Env, step: Step, by: readonly string[], into: Finding[]): void {
  const acting = new Set(by.map((party) => rootParty(env.policy, party)))
  for (const { pair, article } of env.policy.aparts) {
    const concerns = pair.some(
      (party) =>
        acting.has(rootParty(env.policy, party)) ||
        (heldFrom(env.policy, party) ?? '').startsWith(`${step.id}.`),
    )
    if (!concerns) continue
    const [one, other] = pair.map((party) => bodyOf(env, party))
    if (one === undefined || one !== other) continue
    const [a, b] = pair.map((party) => env.policy.document.parties[party]?.name ?? party)
    const cited = article.length > 0 ? article : step.article
    into.push(finding('actor', step.id, cited, { apart: a!, other: b!, organisation: one }))
  }
}

/** Names of the parties whose people an expert of this organisation must not judge. */
export function standsAside(env: Env, step: Step, organisation: string | undefined): string[] {
  if (organisation === undefined) return []
  const parties = step.experts?.text.apart ?? []
  return parties
    .filter((party) => bodyOf(env, party) === organisation)
    .map((party) => env.policy.document.parties[party]?.name ?? party)
}
