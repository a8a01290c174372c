import type { Day } from '../../values/day.ts'
import type { Env } from '../model.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { CaseState, ProcedureState, Row, Run, StepState } from '../state.ts'
import { applies } from './applies.ts'
import { clearStamp, touch } from './effects.ts'
import { stepNamed } from './read-state.ts'

/** What an execution leaves beside its effects: demands answered, fixed facts, parts, a listing, a procedure finished. */

/** Answers the demand that is named, else the oldest (§6). */
export function answer(own: StepState, named: number | undefined): void {
  const at = named === undefined ? 0 : own.demands.findIndex((one) => one.n === named)
  own.demands.splice(Math.max(0, at), 1)
}

/** Facts that this step fixes, as they are now (§3 `fixedAt`). */
export function freezeFacts(env: Env, step: Step): void {
  for (const [key, text] of Object.entries(env.policy.document.facts))
    if (text.fixedAt === step.id) freeze(env, key)
}

function freeze(env: Env, key: string): void {
  const { fixed } = env.state
  delete fixed[key]
  const value = env.policy.facts.get(key)?.read(env)
  if (value !== undefined) fixed[key] = value
}

/** A step that creates makes one part a run, or one for each row of a recorded list (§7). */
export function createParts(state: CaseState, step: Step, run: Run): void {
  const kind = step.creates!
  state.parts[kind] ??= []
  const parts = state.parts[kind]
  const list = Object.values(run.records).find(
    (value): value is Row[] => Array.isArray(value) && typeof value[0] === 'object',
  )
  for (const records of list ?? [run.records])
    parts.push({ id: `${kind}-${parts.length + 1}`, seq: state.seq, on: run.on, records: { ...records } })
}

/** Adds the project to the plan of its year by executing the listing step with the same records (§10). */
export function enlist(env: Env, outcome: OutcomeRule, run: Run): void {
  const effect = outcome.effects.enlists
  if (!effect) return
  const step = stepNamed(env.policy, effect.step)
  const chosen =
    step.outcomes.find((one) => one.id === effect.outcome) ?? step.outcomes.find((one) => one.settles)
  if (!chosen) return
  const own = touch(env, step)
  own.runs.push({
    ...run,
    n: own.runs.length + 1,
    outcome: chosen.id,
    settles: true,
    materials: [],
    through: effect.plan,
  })
  answer(own, undefined)
  own.done = true
  delete own.reopened
  clearStamp(step, own, run.on)
}

/** A procedure that could go on until this step has lapsed, unless what it reopened is still to be done again (§14 `until`). */
export function lapseProcedures(env: Env, step: Step, on: Day): void {
  for (const one of env.state.procedures) {
    if (one.result || one.undo || one === env.instance) continue
    if (!env.policy.procedures.get(one.procedure)?.until.includes(step.index)) continue
    one.result = 'lapsed'
    one.endedOn = on
    one.endedSeq = env.state.seq
  }
}

/** A procedure with nothing left to do has come into effect. */
export function closeFinished(env: Env, instance: ProcedureState | undefined, on: Day): void {
  if (!instance || instance.result) return
  const rule = env.policy.procedures.get(instance.procedure)!
  const steps = rule.steps.map((index) => env.policy.steps[index]!)
  const last = steps.filter((step) => instance.steps[step.id]?.done)
  if (last.length === 0) return
  const open = steps.some((step) => {
    const own = instance.steps[step.id]
    if (own?.done && own.demands.length === 0) return false
    return applies(env, step) !== 0 && step.owed.get(env) !== 'never'
  })
  if (open) return
  instance.result = 'effective'
  instance.endedOn = on
  instance.endedSeq = env.state.seq
}
