import type { Env, Policy } from '../model.ts'
import type { Step } from '../model-step.ts'
import { latestRun, type Part, type ProcedureState, type Run, type StepState, type Value } from '../state.ts'

/** The newest instance of a procedure in a case. */
export function latestInstance(env: Env, procedure: string): ProcedureState | undefined {
  const list = env.state.procedures
  for (let i = list.length - 1; i >= 0; i -= 1) if (list[i]!.procedure === procedure) return list[i]
  return undefined
}

/** The instance that a name of this procedure means from here: the own one, else the newest. */
export function instanceOf(env: Env, procedure: string): ProcedureState | undefined {
  return env.instance?.procedure === procedure ? env.instance : latestInstance(env, procedure)
}

/** Key under which a step's state is kept; a step that exists per part has one state for each. */
export function stateKey(step: Step, part: string | undefined): string {
  return step.each !== undefined && part !== undefined ? `${step.id}#${part}` : step.id
}

/** The state of a step as seen from the environment; undefined when nothing has touched it. */
export function stepState(env: Env, step: Step): StepState | undefined {
  if (!env.memo.executed) return undefined
  if (step.procedure === undefined && step.each === undefined) return env.state.steps[step.id]
  const own = step.procedure === undefined || step.procedure === env.state.procedure
  const home = own ? env.state.steps : instanceOf(env, step.procedure!)?.steps
  return home?.[stateKey(step, env.part)]
}

/** The part looked from, when this step made it: what it reads of the step is its own. */
export function partMadeBy(env: Env, step: Step): Part | undefined {
  if (env.part === undefined || step.creates === undefined) return undefined
  return env.state.parts[step.creates]?.find((part) => part.id === env.part)
}

/** A record of a step: of the part looked from, else of the newest run. */
export function recordOf(env: Env, step: Step, record: string): Value | undefined {
  return (partMadeBy(env, step) ?? runOf(env, step))?.records[record]
}

/** The step once for each of its parts; a step without parts once. */
export function eachPart(env: Env, step: Step): Env[] {
  if (step.each === undefined) return [env]
  return (env.state.parts[step.each] ?? []).map((part) => ({ ...env, part: part.id }))
}

/** Whether something holds of the step for one of its parts; of a step without parts, whether it holds. */
export function somePart(env: Env, step: Step, holds: (at: Env, step: Step) => boolean): boolean {
  return step.each === undefined ? holds(env, step) : eachPart(env, step).some((at) => holds(at, step))
}

export function runOf(env: Env, step: Step): Run | undefined {
  return latestRun(stepState(env, step))
}

/** The step of that name; a log may name only steps that the policy has. */
export function stepNamed(policy: Policy, id: string): Step {
  const index = policy.stepIndex.get(id)
  if (index === undefined) throw new Error(`the log names a step that the policy does not have: ${id}`)
  return policy.steps[index]!
}
