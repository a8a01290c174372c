import { copyOf } from '../../values/copy.ts'
import { addDays, type Day } from '../../values/day.ts'
import { addSpan } from '../../values/span.ts'
import { reopenPath } from '../compile/graph.ts'
import type { Env } from '../model.ts'
import type { Effects, Step } from '../model-step.ts'
import { type GivenOpinion, newStepState, type ProcedureState, type StepState } from '../state.ts'
import { applies, within } from './applies.ts'
import { monthDayIn, reckonDue } from './due.ts'
import { refreshed } from './environment.ts'
import { partyWord } from './party-word.ts'
import { eachPart, instanceOf, stateKey } from './read-state.ts'

/** The only code that changes a state: effects of outcomes and of missed due days, and the stamps that follow. */

/** The state of a step, made when nothing has touched it yet. */
export function touch(env: Env, step: Step, part?: string): StepState {
  const own = step.procedure === undefined || step.procedure === env.state.procedure
  const home = own ? env.state.steps : instanceOf(env, step.procedure!)?.steps
  if (!home) return newStepState()
  const key = stateKey(step, part)
  home[key] ??= newStepState()
  return home[key]
}

/** Carries out effects in their fixed order (§1): reopens demands postpones imposes lifts enlists … ends. */
export function applyEffects(env: Env, source: Step, effects: Effects, on: Day, cause: string): void {
  for (const effect of effects.reopens) reopen(env, source, effect, on, cause)
  for (const effect of effects.demands) {
    if (effect.when && effect.when.test(env) !== 1) continue
    demand(env, effect, on, cause)
  }
  for (const effect of effects.postpones) {
    const to = effect.to(env)
    const step = env.policy.steps[env.policy.stepIndex.get(effect.step)!]!
    const state = touch(env, step)
    if (typeof to !== 'string') continue
    const oldest = state.demands[0]
    if (oldest?.dueOn !== undefined) oldest.dueOn = to
    state.stamp = {
      dueOn: to,
      from: on,
      provisional: false,
      key: `postponed:${env.state.seq}`,
      seq: env.state.seq,
      rule: state.stamp?.rule ?? 0,
    }
  }
  for (const effect of effects.imposes) {
    if (effect.when && effect.when.test(env) !== 1) continue
    impose(env, effect.sanction, on, cause)
  }
  for (const effect of effects.lifts) lift(env, effect.sanction, on, cause)
}

export function impose(env: Env, sanction: string, on: Day, cause: string): void {
  const rule = env.policy.sanctions.get(sanction)
  if (rule?.on === 'unit')
    env.state.unitSanctions.push({ id: sanction, act: 'impose', on, cause, seq: env.state.seq })
  else env.state.sanctions.push({ id: sanction, on, cause, seq: env.state.seq })
}

export function lift(env: Env, sanction: string, on: Day, cause: string): void {
  const rule = env.policy.sanctions.get(sanction)
  if (rule?.on === 'unit')
    env.state.unitSanctions.push({ id: sanction, act: 'lift', on, cause, seq: env.state.seq })
  else
    for (const one of env.state.sanctions)
      if (one.id === sanction && one.liftedOn === undefined) one.liftedOn = on
}

function demand(env: Env, effect: Effects['demands'][number], on: Day, cause: string): void {
  const step = env.policy.steps[env.policy.stepIndex.get(effect.step)!]!
  const state = touch(env, step)
  const due = demandDue(env, effect, on)
  state.demanded = (state.demanded ?? 0) + 1
  state.demands.push({ n: state.demanded, seq: env.state.seq, cause, on, article: effect.article, ...due })
  if (!due.dueOn) {
    const reckoned = reckonDue(refreshed(env), step)
    const last = state.demands[state.demands.length - 1]!
    if (reckoned?.dueOn) Object.assign(last, { dueOn: reckoned.dueOn, provisional: reckoned.provisional })
  }
}

function demandDue(
  env: Env,
  effect: Effects['demands'][number],
  on: Day,
): { dueOn?: Day; provisional?: boolean } {
  if (effect.within) {
    const span = effect.within.get(env)
    if (!span) return {}
    const due = addSpan(on, span, env.outside.calendar)
    return { dueOn: due.day, provisional: due.provisional }
  }
  if (effect.fact) {
    const day = effect.fact(env)
    return typeof day === 'string' ? { dueOn: day } : {}
  }
  if (effect.by) {
    const inYear = monthDayIn(Number(on.slice(0, 4)), effect.by)
    return { dueOn: inYear >= on ? inYear : monthDayIn(Number(on.slice(0, 4)) + 1, effect.by) }
  }
  return {}
}

/** Resets x, the executed steps between, and this step if it ends the path (§4). Runs stay in the history. */
function reopen(env: Env, source: Step, effect: Effects['reopens'][number], on: Day, cause: string): void {
  const path = reopenPath(env.policy, source, effect)
  const from = env.policy.stepIndex.get(effect.from)
  const instance =
    source.procedure && source.procedure !== env.state.procedure ? env.instance : reopenerOf(env, source)
  for (const index of path) {
    const step = env.policy.steps[index]!
    const keys = stateKeys(env, step)
    for (const key of keys) {
      const existing = homeOf(env, step)?.[key]
      if (index !== from && !existing?.done && !existing?.runs.some((run) => run.seq === env.state.seq))
        continue
      const state = existing ?? touch(env, step)
      if (instance) keepForUndo(env, instance, step, key, state)
      reset(env, step, state, effect, on, cause, index === from, instance?.id)
    }
  }
}

/** The procedure that reopened a main step which is open because of that; what the step reopens in turn is part of it (†). */
export function reopenerOf(env: Env, step: Step): ProcedureState | undefined {
  const by = homeOf(env, step)?.[step.id]?.reopened?.by
  return by === undefined ? undefined : env.state.procedures.find((one) => one.id === by)
}

function stateKeys(env: Env, step: Step): string[] {
  if (step.each === undefined) return [step.id]
  const keys = (env.state.parts[step.each] ?? []).map((part) => stateKey(step, part.id))
  return keys.length > 0 ? keys : [step.id]
}

function homeOf(env: Env, step: Step): Record<string, StepState> | undefined {
  const own = step.procedure === undefined || step.procedure === env.state.procedure
  return own ? env.state.steps : instanceOf(env, step.procedure!)?.steps
}

/** A part added later undoes what rested on `every` one of its kind (§7). */
export function undoEvery(env: Env, kind: string, on: Day): void {
  const { steps } = env.policy
  for (const step of steps) {
    const rests = step.allEdges.some(
      (edge) => edge.quantifier?.kind === 'every' && steps[edge.target]!.each === kind,
    )
    for (const key of rests ? stateKeys(env, step) : []) {
      const state = homeOf(env, step)?.[key]
      const effect = { from: step.id, anew: false, article: step.article }
      if (state?.done) reset(env, step, state, effect, on, `part:${kind}`, false, undefined)
    }
  }
}

function reset(
  env: Env,
  step: Step,
  state: StepState,
  effect: Effects['reopens'][number],
  on: Day,
  cause: string,
  first: boolean,
  by: string | undefined,
): void {
  state.done = false
  state.reset = env.state.seq
  state.reopened = { seq: env.state.seq, anew: effect.anew, article: effect.article, ...(by ? { by } : {}) }
  endRound(step, state, on)
  clearStamp(step, state, on)
  if (effect.anew) delete state.lastKey
  const span = first ? effect.within?.get(env) : undefined
  if (!span) return
  const due = addSpan(on, span, env.outside.calendar)
  state.stamp = {
    dueOn: due.day,
    from: on,
    provisional: due.provisional,
    key: `within:${cause}:${env.state.seq}`,
    seq: env.state.seq,
  }
}

/** Ends the round of opinions: who agreed is remembered where only objectors are asked again, days where a clock resumes. */
export function endRound(
  step: Step,
  state: StepState,
  on: Day,
  given: Omit<GivenOpinion, 'on'>[] = [],
): void {
  const again = step.opinions.filter((rule) => rule.text.again === 'objectors')
  if (again.length > 0) {
    const agreed = new Set(state.agreedBefore)
    const heard = [...state.opinions, ...given.map((one) => ({ ...one, on }))]
    for (const party of new Set(heard.map((one) => one.from)))
      if (again.some((rule) => partyWord(step, rule, heard, party).value === 'agree')) agreed.add(party)
      else agreed.delete(party)
    state.agreedBefore = [...agreed]
  }
  if (state.round && step.opinions.some((rule) => rule.text.clock === 'resume'))
    state.heard = [...(state.heard ?? []), { from: state.round.openedOn, to: on }]
  state.opinions = []
  state.witnesses = []
  delete state.drawn
  state.confirmations = []
  delete state.round
}

/** Executing or resetting a step clears its stamp; a clock that resumes keeps the days that were used. */
export function clearStamp(step: Step, state: StepState, on: Day): void {
  const { stamp } = state
  if (!stamp) return
  delete state.stamp
  if (stamp.from === undefined || step.dues[stamp.rule ?? 0]?.text.clock !== 'resume') return
  state.used = [...(state.used ?? []), { from: stamp.from, to: on }]
}

function keepForUndo(env: Env, instance: ProcedureState, step: Step, key: string, state: StepState): void {
  instance.undo ??= {}
  if (instance.undo[key]) return
  instance.undo[key] = copyOf(state)
  instance.undoFacts ??= {}
  for (const id of step.facts) instance.undoFacts[id] ??= env.state.facts[id] ?? null
}

/** Takes a procedure's reopening back: the steps stand as before, runs made since are marked (§4 `ends`, †). */
export function undoReopening(env: Env, instance: ProcedureState): void {
  for (const [key, before] of Object.entries(instance.undo ?? {})) {
    const now = env.state.steps[key]
    const since = before.runs.length
    const runs = (now?.runs ?? before.runs).map((run, i) =>
      i < since ? run : { ...run, undone: true as const },
    )
    env.state.steps[key] = { ...before, runs }
  }
  for (const [id, value] of Object.entries(instance.undoFacts ?? {}))
    if (value === null) delete env.state.facts[id]
    else env.state.facts[id] = value
  delete instance.undo
  delete instance.undoFacts
}

/** Puts due-day stamps on steps whose anchor has newly run; the newest wins, one anchor stamps once (§5). */
export function restamp(env: Env): void {
  const steps = env.policy.steps
  for (const step of steps) {
    if (step.dues.length === 0) continue
    const foreign = step.procedure !== undefined && step.procedure !== env.state.procedure
    if (!foreign) for (const at of eachPart(env, step)) restampStep(at, step)
    else
      for (const instance of env.state.procedures)
        if (instance.procedure === step.procedure && !instance.result)
          restampStep(within({ ...env, instance }, step), step)
  }
}

function restampStep(env: Env, step: Step): void {
  const home = homeOf(env, step)
  const state = home?.[stateKey(step, env.part)]
  if (state?.reopened && !state.reopened.anew) return
  if (state?.done && step.repeat === undefined) return
  const due = reckonDue(env, step)
  if (!due?.dueOn || due.key === state?.lastKey) return
  if (!state && applies(env, step) === 0) return
  const target = touch(env, step, env.part)
  target.lastKey = due.key
  if (
    target.done &&
    step.repeat !== undefined &&
    target.stamp === undefined &&
    target.runs.some((run) => run.seq === env.state.seq)
  )
    return
  target.stamp = {
    dueOn: due.dueOn,
    from: due.from ?? env.day,
    provisional: due.provisional,
    key: due.key,
    seq: env.state.seq,
    rule: due.rule,
  }
}

/** The day after, on which what follows from a missed due day takes effect. */
export function dayAfter(day: Day): Day {
  return addDays(day, 1)
}
