import type { Env, Policy } from '../model.ts'
import type { Edge, Step } from '../model-step.ts'
import type { Run, StepState } from '../state.ts'
import { runOf, stepState } from './read-state.ts'

/** Steps that have runs as this look sees them; one that exists once per part counts when any of its parts has. */
function ranSteps(env: Env): Step[] {
  if (env.memo.ran) return env.memo.ran
  const { policy, state } = env
  const list: Step[] = []
  for (const key in state.steps) {
    const id = key.includes('#') ? key.slice(0, key.indexOf('#')) : key
    if (state.steps[key]!.runs.length > 0) list.push(policy.steps[policy.stepIndex.get(id)!]!)
  }
  for (const { steps } of state.procedures.length > 0 ? policy.procedures.values() : [])
    for (const index of steps)
      if (stepState(env, policy.steps[index]!)?.runs.length) list.push(policy.steps[index]!)
  env.memo.ran = list
  return list
}

/** passed(s): untouched, and a step after it ran later than the last reopening of it or of anything before it (†). */
export function isPassed(env: Env, step: Step, state: StepState | undefined): boolean {
  if (step.successors.length === 0 || step.repeatEach) return false
  if (state && (state.done || state.reopened || state.demands.length > 0)) return false
  // Most steps have no successor that ran: looking at all that lies before and after them would be for nothing.
  if (!ranSteps(env).some((one) => one.beforeSet.has(step.index))) return false
  let since = state?.reset ?? 0
  for (const index of step.before) {
    const reset = stepState(env, env.policy.steps[index]!)?.reset ?? 0
    if (reset > since) since = reset
  }
  for (const index of step.successors) {
    const after = env.policy.steps[index]!
    const runs = stepState(env, after)?.runs
    if (!runs) continue
    for (const run of runs)
      if (!run.undone && run.seq > since && counts(env, after, run, step.index)) return true
  }
  return false
}

/** Whether `run` of `owner` counted `target` among its conditions: only edges whose own `when` held then (†). */
function counts(env: Env, owner: Step, run: Run, target: number): boolean {
  const seen = new Set<number>()
  const walk = (step: Step, outcome: string | undefined): boolean => {
    for (const edge of step.allEdges) {
      if (edge.quantifier || (edge.ofOutcome !== undefined && edge.ofOutcome !== outcome)) continue
      if (run.uncounted?.includes(edgeKey(env.policy, edge))) continue
      if (edge.target === target) return true
      if (seen.has(edge.target)) continue
      seen.add(edge.target)
      const next = env.policy.steps[edge.target]!
      if (walk(next, runOf(env, next)?.outcome)) return true
    }
    return false
  }
  return walk(owner, run.outcome)
}

/** The name under which a run notes an edge that did not count. */
export function edgeKey(policy: Policy, edge: Edge): string {
  return `${policy.steps[edge.owner]!.id}<${policy.steps[edge.target]!.id}${edge.ofOutcome ? `@${edge.ofOutcome}` : ''}`
}
