import type { Day } from '../../values/day.ts'
import { addSpan } from '../../values/span.ts'
import type { Env, Guard, Memo, Policy, Tri } from '../model.ts'
import type { Edge, Step } from '../model-step.ts'
import { isPassed } from './passed.ts'
import { latestInstance, runOf, stateKey, stepState } from './read-state.ts'

/** Whether steps apply, stand and hold: the graph part of the semantics (§1). */

export function newMemo(policy: Policy, executed: boolean): Memo {
  policy.scratch.looks += 1
  return { mark: policy.scratch.looks * 4, reopened: undefined, ran: undefined, track: null, executed }
}

/** What this look has noted of a step, or undefined. */
function noted(env: Env, room: Float64Array, index: number): Tri | undefined {
  const value = room[index]! - env.memo.mark
  return value >= 0 && value < 3 ? (value as Tri) : undefined
}

/** The way the project goes: fixed when its first step was executed, else read from the scope. */
export function trackOf(env: Env): string | undefined {
  if (env.state.track !== undefined) return env.state.track
  if (env.memo.track === null) env.memo.track = scopeRow(env)?.track
  return env.memo.track
}

/** The row of the scope that the facts hit; undefined while a row before it is undetermined. */
export function scopeRow(env: Env): Policy['scope']['rows'][number] | undefined {
  for (const row of env.policy.scope.rows) {
    const value = row.when ? row.when.test(env) : 1
    if (value === 1) return row
    if (value === 2) return undefined
  }
  return undefined
}

/** The environment as seen from a step of a procedure: its own instance. */
export function within(env: Env, step: Step): Env {
  if (step.procedure === undefined || step.procedure === env.state.procedure) return env
  if (env.instance?.procedure === step.procedure) return env
  const instance = latestInstance(env, step.procedure)
  return instance ? { ...env, instance, memo: newMemo(env.policy, env.memo.executed) } : env
}

/** applies(s): yes if demanded or done; no if on demand and not demanded, or passed; else stage ∧ own condition. */
export function applies(env: Env, step: Step): Tri {
  const room = env.policy.scratch.applies
  const keeps = step.each === undefined || env.part === undefined
  const known = keeps ? noted(env, room, step.index) : undefined
  if (known !== undefined) return known
  const value = computeApplies(env, step)
  if (keeps) room[step.index] = env.memo.mark + value
  return value
}

function computeApplies(env: Env, step: Step): Tri {
  const state = env.memo.executed || step.procedure ? stepState(env, step) : undefined
  if (state && (state.demands.length > 0 || state.done)) return 1
  const owed = step.owed.fixed ?? step.owed.get(env)
  if (owed === 'on-demand') return state?.reopened ? 1 : 0
  if (owed === undefined) return 2
  if (step.procedure === undefined) {
    const only = governs(env, step)
    if (only === 0) return 0
    if (only === 2) return 2
    if (env.memo.executed && isPassed(env, step, state)) return 0
    if (isMergedAway(env, step)) return 0
  } else if (env.memo.executed && isPassed(env, step, state)) return 0
  const stage = step.stageWhen ? step.stageWhen.test(env) : 1
  if (stage === 0) return 0
  const own = step.when ? step.when.test(env) : 1
  if (own === 0) return 0
  return stage === 2 || own === 2 ? 2 : 1
}

/** Whether the track of the project has this step at all. */
export function governs(env: Env, step: Step): Tri {
  if (!env.policy.restricted) return 1
  const track = trackOf(env)
  if (track === undefined) return 2
  const only = env.policy.only.get(track)
  return only === undefined || only.has(step.id) ? 1 : 0
}

function isMergedAway(env: Env, step: Step): boolean {
  for (const merge of env.policy.merges)
    if (merge.drops.has(step.index) && merge.when.test(env) === 1) return true
  return false
}

function reopenedSteps(env: Env): number[] {
  if (env.memo.reopened) return env.memo.reopened
  const list: number[] = []
  if (env.memo.executed)
    for (const step of env.policy.steps) {
      const state = stepState(env, step)
      if (state?.reopened) list.push(step.index)
    }
  env.memo.reopened = list
  return list
}

/** stands(s): done, nothing newly demanded of it, and no step before it that applies is reopened (†). */
export function stands(env: Env, step: Step): boolean {
  const state = stepState(env, step)
  if (!state?.done || state.demands.length > 0) return false
  return blockingReopened(env, step) === undefined
}

/** The reopened step, at or before this one, that keeps it from standing. */
export function blockingReopened(env: Env, step: Step): Step | undefined {
  for (const index of reopenedSteps(env)) {
    if (index !== step.index && !step.beforeSet.has(index)) continue
    const other = env.policy.steps[index]!
    if (applies(env, other) !== 0) return other
  }
  return undefined
}

/** Why an edge does not hold. */
export interface EdgeGap {
  code: 'not-done' | 'reopened' | 'too-early' | 'undetermined'
  step: Step
  /** First day on which a delay will have run. */
  from?: string
  missing?: Set<string>
  article: string[]
}

/**
 * after: x holds (§1): x applies → x stands and its delay has run; x does not apply, or is optional and unbegun →
 * everything x comes after holds, delays left out (†); undetermined → it does not hold.
 */
export function edgeHolds(env: Env, edge: Edge, transparent = false): Tri {
  if (edge.when) {
    const when = edge.when.test(env)
    if (when === 0) return 1
    if (when === 2) return 2
  }
  const step = env.policy.steps[edge.target]!
  if (edge.quantifier) return quantifierHolds(env, edge, step)
  if (isOptionalUnbegun(env, step)) return transparentHolds(env, step)
  const value = applies(env, step)
  if (value === 2) return 2
  if (value === 0) return transparentHolds(env, step)
  if (!stands(env, step)) return 0
  const run = runOf(env, step)
  if (edge.outcomes && !(run && edge.outcomes.includes(run.outcome))) return 0
  if (transparent || !edge.delay || !run) return 1
  const delay = edge.delay.get(env)
  if (!delay) return 2
  return addSpan(run.on, delay, env.outside.calendar).day <= env.day ? 1 : 0
}

/** The day on which the delay of an edge has run; undefined when it has none that counts. */
export function delayEnd(env: Env, edge: Edge): Day | undefined {
  const step = env.policy.steps[edge.target]!
  if (!edge.delay || edge.quantifier || edge.when?.test(env) === 0) return undefined
  const run = applies(env, step) === 1 && stands(env, step) ? runOf(env, step) : undefined
  const delay = edge.delay.get(env)
  return run && delay && addSpan(run.on, delay, env.outside.calendar).day
}

function isOptionalUnbegun(env: Env, step: Step): boolean {
  const owed = step.owed.fixed ?? step.owed.get(env)
  if (owed !== 'never') return false
  const state = stepState(env, step)
  return !state || (state.runs.length === 0 && state.demands.length === 0 && !state.done)
}

function transparentHolds(env: Env, step: Step): Tri {
  const room = env.policy.scratch.transparent
  const known = env.part === undefined ? noted(env, room, step.index) : undefined
  if (known !== undefined) return known
  let result: Tri = 1
  for (const edge of step.passable) {
    const value = edgeHolds(env, edge, true)
    if (value === 0) {
      result = 0
      break
    }
    if (value === 2) result = 2
  }
  if (env.part === undefined) room[step.index] = env.memo.mark + result
  return result
}

function quantifierHolds(env: Env, edge: Edge, step: Step): Tri {
  const { kind, n, mayBeNone } = edge.quantifier!
  const parts = env.state.parts[step.each ?? ''] ?? []
  const done = parts.filter((part) => env.state.steps[stateKey(step, part.id)]?.done).length
  if (kind === 'any') return done > 0 ? 1 : 0
  if (kind === 'atLeast') return done >= n ? 1 : 0
  const makers = env.policy.steps.filter((one) => one.creates === step.each)
  const closers = [step, ...makers].flatMap((one) => one.closedBy ?? [])
  const until = closers.length > 0 ? closers.map((index) => env.policy.steps[index]!) : makers
  if (!until.every((one) => stands(env, one))) return 0
  return parts.length === 0 ? (mayBeNone ? 1 : 0) : done === parts.length ? 1 : 0
}

/** Collects what keeps an edge from holding, down to the steps that are really waited for. */
export function collectGaps(
  env: Env,
  edge: Edge,
  article: string[],
  transparent: boolean,
  into: EdgeGap[],
): void {
  if (edgeHolds(env, edge, transparent) === 1) return
  const cite = edge.article.length > 0 ? edge.article : article
  const step = env.policy.steps[edge.target]!
  if (edge.when && edge.when.test(env) === 2) return void into.push(unknownGap(env, step, cite, edge.when))
  if (edge.quantifier) return void into.push({ code: 'not-done', step, article: cite })
  const value = applies(env, step)
  if (value === 0 || isOptionalUnbegun(env, step)) {
    for (const inner of step.passable) collectGaps(env, inner, cite, true, into)
    return
  }
  if (value === 2) {
    const missing = new Set<string>()
    missingOfApplies(env, step, missing)
    return void into.push({ code: 'undetermined', step, missing, article: cite })
  }
  const state = stepState(env, step)
  if (!state?.done || state.demands.length > 0)
    return void into.push({ code: state?.reopened ? 'reopened' : 'not-done', step, article: cite })
  const other = blockingReopened(env, step)
  if (other) return void into.push({ code: 'reopened', step: other, article: other.article })
  const run = runOf(env, step)
  if (edge.outcomes && !(run && edge.outcomes.includes(run.outcome)))
    return void into.push({ code: 'not-done', step, article: cite })
  const delay = edge.delay?.get(env)
  if (edge.delay && !delay) into.push(unknownGap(env, step, cite, edge.delay))
  if (delay && run)
    into.push({
      code: 'too-early',
      step,
      from: addSpan(run.on, delay, env.outside.calendar).day,
      article: cite,
    })
}

function unknownGap(env: Env, step: Step, article: string[], source: { missing: Guard['missing'] }): EdgeGap {
  const missing = new Set<string>()
  source.missing(env, missing)
  return { code: 'undetermined', step, missing, article }
}

/** Facts that decide whether a step applies and are not known. */
export function missingOfApplies(env: Env, step: Step, into: Set<string>): void {
  if (governs(env, step) === 2) for (const row of env.policy.scope.rows) row.when?.missing(env, into)
  step.owed.missing(env, into)
  if (step.stageWhen?.test(env) === 0 || step.when?.test(env) === 0) return
  step.stageWhen?.missing(env, into)
  step.when?.missing(env, into)
}
