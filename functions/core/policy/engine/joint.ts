import type { Beside, ExecuteCommand } from '../command.ts'
import { sameValue } from '../compile/compare.ts'
import { formatValue } from '../document/literal.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { Confirmation } from '../state.ts'
import { rootParty } from './actors.ts'
import type { Inputs } from './inputs.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'

/** Confirmations of a joint step that still hold: given on the state as it is (§11). */
export function confirmationsOf(env: Env, step: Step): Confirmation[] {
  return (stepState(env, step)?.confirmations ?? []).filter((one) => one.rev === env.state.rev)
}

/** Joint steps: each party confirms the same content; executed at the last (§11). Returns who is still awaited. */
export function jointFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  command: ExecuteCommand,
  given: Pick<Inputs, 'records' | 'facts'>,
  into: Finding[],
  merged?: Step['by'],
): string[] {
  const rule = (merged ?? step.by)?.get(env)
  if (rule?.kind !== 'all' || command.through !== undefined) return []
  const confirmed = confirmationsOf(env, step)
  for (const one of confirmed) differences(env, step, one, outcome.id, given, into)
  const there = new Set(
    [...confirmed.map((one) => one.party), ...command.by].map((party) => rootParty(env.policy, party)),
  )
  return rule.parties.filter((party) => !there.has(rootParty(env.policy, party)))
}

function differences(
  env: Env,
  step: Step,
  first: Confirmation,
  outcome: string,
  given: Pick<Inputs, 'records' | 'facts'>,
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
  const [before, now] = [
    { ...first.facts, ...first.records },
    { ...given.facts, ...given.records },
  ]
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [a, b] = [before[name], now[name]]
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

/** The command with what was said beside at earlier confirmations; what is said now goes before. */
export function withEarlier(confirmed: Confirmation[], command: ExecuteCommand): ExecuteCommand {
  const said = [...confirmed.flatMap((one) => one.beside ?? []), command]
  if (said.length === 1) return command
  const all = <T>(pick: (one: Beside) => T | undefined): T[] => said.flatMap((one) => pick(one) ?? [])
  const witness = all((one) => one.witness).flat()
  const experts = all((one) => one.experts)
  const minutes = all((one) => one.minute)
  const remarks = all((one) => one.remark)
  return {
    ...command,
    opinions: Object.assign({}, ...all((one) => one.opinions)) as Record<string, unknown>,
    checks: Object.assign({}, ...all((one) => one.checks)) as Record<string, string>,
    ...(witness.length > 0 ? { witness: [...new Set(witness)] } : {}),
    ...(experts.length > 0 ? { experts: said.findLast((one) => one.experts)!.experts } : {}),
    ...(minutes.length > 0 ? { minute: minutes.at(-1)! } : {}),
    ...(remarks.length > 0 ? { remark: remarks.join('\n') } : {}),
  }
}

/** What of a command is said beside its records and materials; undefined for nothing. */
export function besideOf(command: ExecuteCommand): Beside | undefined {
  const { opinions, witness, experts, checks, minute, remark } = command
  const beside = { opinions, witness, experts, checks, minute, remark }
  const said = Object.entries(beside).filter(([, one]) => one !== undefined && Object.keys(one).length > 0)
  return said.length > 0 ? (Object.fromEntries(said) as Beside) : undefined
}

/** What the parties have stated and handed in together; one that states nothing takes over what the first did. */
export function jointInputs(confirmed: Confirmation[], own: Inputs): Inputs {
  const first = confirmed[0]
  if (!first) return own
  const silent = Object.keys(own.records).length === 0 && Object.keys(own.facts).length === 0
  const ids = new Set(own.materials.map((item) => item.id))
  const handedIn = confirmed.flatMap((one) => one.materials).filter((item) => !ids.has(item.id))
  return {
    records: silent ? first.records : own.records,
    facts: silent ? (first.facts ?? {}) : own.facts,
    materials: [...own.materials, ...handedIn],
    findings: own.findings,
  }
}
