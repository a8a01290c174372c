import { formatValue } from '../document/literal.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Step } from '../model-step.ts'
import { trackOf } from './applies.ts'
import { stepState } from './read-state.ts'

/** What stands between a step and being executed, before anyone acts: the findings that make it blocked (§1 open). */

export function unknownFacts(
  guard: { missing: (env: Env, into: Set<string>) => void },
  env: Env,
): Record<string, null> {
  const missing = new Set<string>()
  guard.missing(env, missing)
  return nulls(missing)
}

export function nulls(names: Iterable<string>): Record<string, null> {
  const facts: Record<string, null> = {}
  for (const name of names) facts[name] = null
  return facts
}

/** Values of the facts that a guard read, for a finding. */
export function valuesOf(env: Env, reads: string[]): Finding['facts'] {
  const facts: Finding['facts'] = {}
  for (const name of reads) facts[name] = shownValue(env, name)
  return facts
}

function shownValue(env: Env, name: string): string | number | boolean | null {
  if (name === 'track') return env.policy.document.tracks[trackOf(env) ?? '']?.title ?? null
  const fact =
    env.policy.facts.get(name) ?? (env.instance && env.policy.facts.get(`${env.instance.procedure}.${name}`))
  if (fact) {
    const value = fact.read(env)
    return value === undefined ? null : formatValue(fact.type, value, fact.options)
  }
  const table = env.policy.tables.get(name)
  if (table) return (table.look(env).value as string | undefined) ?? null
  const decision = env.policy.decisions.get(name)
  if (decision) return env.state.decisions[name]?.value ?? decision.default ?? null
  const dot = name.indexOf('.')
  const step = env.policy.stepIndex.get(dot < 0 ? '' : name.slice(0, dot))
  if (step !== undefined) return recordValue(env, env.policy.steps[step]!, name.slice(dot + 1))
  const own = env.overlay && env.policy.steps[env.overlay.step]
  return own ? recordValue(env, own, name) : null
}

function recordValue(env: Env, step: Step, id: string): string | number | boolean | null {
  const overlay = env.overlay?.step === step.index ? env.overlay.records[id] : undefined
  const state = stepState(env, step)
  const value = overlay ?? state?.runs[state.runs.length - 1]?.records[id]
  if (value === undefined) {
    if (id === 'done') return state?.done ?? false
    if (id === 'overdue') return state?.stamp !== undefined && !state.done && state.stamp.dueOn < env.day
    return id === 'outcome' ? (state?.runs[state.runs.length - 1]?.outcome ?? null) : null
  }
  const rule = [...step.records, ...step.outcomes.flatMap((outcome) => outcome.records)].find(
    (record) => record.id === id,
  )
  return rule ? formatValue(rule.type, value, rule.text.options) : String(value)
}
