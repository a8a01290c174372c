import type { Env } from '../model.ts'
import type { Step } from '../model-step.ts'
import type { Value } from '../state.ts'
import { recordOf } from './read-state.ts'

/** The value of a name as a step sees it: own record, procedure fact, project fact, `step.record`. */
export function resolveValue(env: Env, step: Step, name: string): Value | undefined {
  const own = env.overlay?.step === step.index ? env.overlay.records[name] : undefined
  if (own !== undefined) return own
  const fact =
    (step.procedure && env.policy.facts.get(`${step.procedure}.${name}`)) || env.policy.facts.get(name)
  if (fact) return fact.read(env)
  const dot = name.indexOf('.')
  const index = dot < 0 ? undefined : env.policy.stepIndex.get(name.slice(0, dot))
  return index === undefined ? undefined : recordOf(env, env.policy.steps[index]!, name.slice(dot + 1))
}
