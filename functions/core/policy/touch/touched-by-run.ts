import type { ExecutedEvent } from '../command.ts'
import { pathOf } from '../compile/compile.ts'
import { scopeRow, stands } from '../engine/applies.ts'
import { stepState } from '../engine/read-state.ts'
import { lookWindow } from '../engine/window.ts'
import type { Env } from '../model.ts'
import type { Edge, MaterialRule, OutcomeRule, Requirement, Step } from '../model-step.ts'
import { rowsTouched, type Touch } from './touched-rows.ts'

/** The rules by which an execution was judged; `env` is the case before it, with what it states laid over the facts. */
export function touchedByRun(env: Env, step: Step, event: ExecutedEvent, touch: Touch): void {
  const path = pathOf(step).join('.')
  const outcome = step.outcomes.find((one) => one.id === event.outcome) ?? step.outcomes[0]!
  const inOutcome = `${path}.outcomes.${outcome.id}`
  touch(path)
  touch(inOutcome)
  if (step.when?.test(env) === 1) touch(`${path}.when`)
  orderTouched(env, step.edges, `${path}.after`, touch)
  orderTouched(env, outcome.edges, `${inOutcome}.after`, touch)
  requirementsTouched(env, step.requires, `${path}.requires`, touch)
  requirementsTouched(env, outcome.requires, `${inOutcome}.requires`, touch)
  if (isWindowJudged(env, step)) touch(`${path}.window`)
  if (event.period !== undefined) touch(`${path}.repeat`)
  assentTouched(env, step, outcome, event, path, touch)
  throughTouched(env, step, event, path, touch)
  if (outcome.settles) materialsTouched(env, step.materials, `${path}.materials`, event, touch)
  materialsTouched(env, outcome.materials, `${inOutcome}.materials`, event, touch)
  if (event.track !== undefined) scopeTouched(env, touch)
  for (const merge of env.policy.merges)
    if (merge.steps.includes(step.index) && merge.when.test(env) === 1) touch(`merges.${merge.id}`)
  normsTouched(env, step, touch)
  decisionsTouched(env, step, touch)
  rowsTouched(env, step, touch)
}

function normsTouched(env: Env, step: Step, touch: Touch): void {
  for (const [id, { at }] of Object.entries(env.policy.document.norms ?? {}))
    if (at?.includes(step.id)) touch(`norms.${id}`)
}

/** Decisions that the step reads: as taken, or as the policy has it where nobody has taken one. */
function decisionsTouched(env: Env, step: Step, touch: Touch): void {
  for (const rule of env.policy.decisions.values()) {
    if (!rule.readers.includes(step.index) || (rule.when && rule.when.test(env) !== 1)) continue
    const value = env.state.decisions[rule.id]?.value ?? rule.default ?? rule.defaultOf?.(env)
    if (value === undefined) continue
    touch(`decisions.${rule.id}`)
    touch(`decisions.${rule.id}.options.${value}`)
  }
}

/** The row of the scope that gave the track. */
export function scopeTouched(env: Env, touch: Touch): void {
  const row = scopeRow(env)
  if (row) touch(`scope.rows.${env.policy.scope.rows.indexOf(row)}`)
}

/** Whether the window of a step is looked at, now that its turn has come (§4, §6, §9). */
export function isWindowJudged(env: Env, step: Step): boolean {
  const state = stepState(env, step)
  if ((state?.reopened && !state.reopened.anew) || (state?.demands.length ?? 0) > 0) return false
  return lookWindow(env, step) !== undefined
}

/** What had to come before and did; what does not apply to the project was no condition for it. */
function orderTouched(env: Env, edges: readonly Edge[], path: string, touch: Touch): void {
  edges.forEach((edge, i) => {
    if (edge.when && edge.when.test(env) !== 1) return
    if (edge.quantifier || stands(env, env.policy.steps[edge.target]!)) touch(`${path}.${i}`)
  })
}

function requirementsTouched(env: Env, rules: readonly Requirement[], path: string, touch: Touch): void {
  rules.forEach((rule, i) => {
    if (!rule.when || rule.when.test(env) === 1) touch(`${path}.${i}`)
  })
}

function assentTouched(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  event: ExecutedEvent,
  path: string,
  touch: Touch,
): void {
  if (outcome.settles && outcome.opinions)
    step.opinions.forEach((rule, i) => {
      if (!rule.when || rule.when.test(env) === 1) touch(`${path}.opinions.${i}`)
    })
  const heard = (event.experts?.length ?? 0) > 0 || (stepState(env, step)?.drawn?.length ?? 0) > 0
  if (step.experts && heard) touch(`${path}.experts`)
}

/**
 * What came through a batch met the batch step that carried it, and the steps which that one rests on in any case. The
 * batch's own log is not looked at: of the rules of these steps those count that hang on no condition.
 */
function throughTouched(env: Env, step: Step, event: ExecutedEvent, path: string, touch: Touch): void {
  if (event.through === undefined) return
  const { policy } = env
  const place = step.through.findIndex((way) => !way.when || way.when.test(env) === 1)
  if (place < 0) return
  touch(`${path}.through.${place}`)
  const carrier = policy.steps[policy.stepIndex.get(step.through[place]!.step) ?? -1]
  if (!carrier) return
  touch(`procedures.${carrier.procedure}`)
  const met = [carrier.index, ...carrier.before].filter((index) => {
    const one = policy.steps[index]!
    const always = one === carrier || (!one.when && one.owed.fixed === 'always')
    return one.procedure === carrier.procedure && always
  })
  for (const index of met) {
    const one = policy.steps[index]!
    unconditionalTouched(one, met, touch)
    normsTouched(env, one, touch)
  }
  const by = carrier.outcomes.filter(({ effects: { carries } }) =>
    [carries?.items, carries?.rest].includes(event.outcome),
  )
  if (by.length === 1) touch(`${pathOf(carrier).join('.')}.outcomes.${by[0]!.id}`)
}

function unconditionalTouched(step: Step, met: readonly number[], touch: Touch): void {
  const path = pathOf(step).join('.')
  const each = (part: string, rules: readonly { when?: unknown }[]): void =>
    rules.forEach((rule, i) => {
      if (!rule.when) touch(`${path}.${part}.${i}`)
    })
  touch(path)
  step.edges.forEach((edge, i) => {
    if (!edge.when && met.includes(edge.target)) touch(`${path}.after.${i}`)
  })
  each('opinions', step.opinions)
  each('requires', step.requires)
  if (step.window && !step.window.when) touch(`${path}.window`)
  for (const { id, text, when } of step.materials)
    if (!when && !text.optional && !text.anyOf) touch(`${path}.materials.${id}`)
}

function materialsTouched(
  env: Env,
  rules: readonly MaterialRule[],
  path: string,
  event: ExecutedEvent,
  touch: Touch,
): void {
  const given = new Set(event.materials.map(({ id }) => id))
  for (const { id, text, when } of rules) {
    const others = rules.some((one) => text.anyOf && one.text.anyOf === text.anyOf && given.has(one.id))
    const asked = !text.optional && !others && (!when || when.test(env) === 1)
    if (asked || given.has(id)) touch(`${path}.${id}`)
  }
}
