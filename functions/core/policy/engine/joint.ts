import type { ExecuteCommand, ExecutedEvent } from '../command.ts'
import { sameValue } from '../compile/compare.ts'
import { formatValue } from '../document/literal.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { Confirmation, Values } from '../state.ts'
import { rootParty } from './actors.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'

/** Joint steps: each party confirms the same content; executed at the last (§11). Returns who is still awaited. */
export function jointFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  command: ExecuteCommand,
  records: Values,
  into: Finding[],
): string[] {
  const rule = step.by?.get(env)
  if (rule?.kind !== 'all' || command.through !== undefined) return []
  const standing = (stepState(env, step)?.confirmations ?? []).filter((one) => one.rev === env.state.rev)
  const adopting = command.outcome === undefined && Object.keys(command.records ?? {}).length === 0
  for (const one of standing) if (!adopting) differences(env, step, one, outcome.id, records, into)
  const there = new Set(
    [...standing.map((one) => one.party), ...command.by].map((party) => rootParty(env.policy, party)),
  )
  return rule.parties.filter((party) => !there.has(rootParty(env.policy, party)))
}

function differences(
  env: Env,
  step: Step,
  first: Confirmation,
  outcome: string,
  records: Values,
  into: Finding[],
): void {
  const party = env.policy.document.parties[first.party]?.name ?? first.party
  if (first.outcome !== outcome)
    into.push(
      finding('joint-differs', step.id, step.article, {
        party,
        field: 'outcome',
        first: first.outcome,
        second: outcome,
      }),
    )
  for (const name of new Set([...Object.keys(first.records), ...Object.keys(records)])) {
    const [a, b] = [first.records[name], records[name]]
    if (a !== undefined && b !== undefined && sameValue(a, b)) continue
    const rule = [...step.records, ...step.outcomes.flatMap((one) => one.records)].find(
      (one) => one.id === name,
    )
    const show = (value: typeof a) =>
      value === undefined ? null : formatValue(rule?.type ?? 'text', value, rule?.text.options)
    into.push(
      finding('joint-differs', step.id, step.article, {
        party,
        field: rule?.title ?? name,
        first: show(a),
        second: show(b),
      }),
    )
  }
}

export function jointInputs(
  env: Env,
  step: Step,
  inputs: { records: Values; materials: ExecutedEvent['materials'] },
): { records: Values; materials: ExecutedEvent['materials'] } {
  const standing = (stepState(env, step)?.confirmations ?? []).filter((one) => one.rev === env.state.rev)
  const ids = new Set(inputs.materials.map((item) => item.id))
  return {
    records: Object.keys(inputs.records).length > 0 ? inputs.records : (standing[0]?.records ?? {}),
    materials: [
      ...inputs.materials,
      ...standing.flatMap((one) => one.materials).filter((item) => !ids.has(item.id)),
    ],
  }
}
