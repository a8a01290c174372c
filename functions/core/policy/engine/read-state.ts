import type { Env } from '../model.ts'
import type { Step } from '../model-step.ts'
import { latestRun, type ProcedureState, type Run, type StepState } from '../state.ts'

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
  const own = step.procedure === undefined || step.procedure === env.state.procedure
  const home = own ? env.state.steps : instanceOf(env, step.procedure!)?.steps
  return home?.[stateKey(step, env.part)]
}

export function runOf(env: Env, step: Step): Run | undefined {
  return latestRun(stepState(env, step))
}
