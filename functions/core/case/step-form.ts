import { lookAt } from '../policy/engine/environment.ts'
import { factRule } from '../policy/engine/inputs.ts'
import { stepState } from '../policy/engine/read-state.ts'
import { actorOf } from '../policy/engine/survey.ts'
import { tick } from '../policy/engine/tick.ts'
import type { Env, Outside, Policy } from '../policy/model.ts'
import type { OutcomeRule, Step } from '../policy/model-step.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { addSpan, formatSpan } from '../values/span.ts'
import { asked, factField, materialsOf, recordField } from './fields.ts'
import type { FormEffect, FormOutcome, StepForm } from './form-view.ts'
import { isRemarked, sendsBack } from './return-of.ts'

/**
 * What doing a step asks for on the facts at hand: fields, materials, outcomes with what each brings about.
 * `instance` is a run of a procedure, default the newest. Undefined for a step that the policy does not have.
 */
export function stepForm(
  policy: Policy,
  given: CaseState,
  stepId: string,
  outside: Outside,
  day: Day,
  instance?: string,
): StepForm | undefined {
  const step = policy.steps[policy.stepIndex.get(stepId) ?? -1]
  if (!step) return undefined
  const state = tick(policy, given, day, outside)
  const runs = state.procedures.filter((one) => one.procedure === step.procedure)
  const run = instance ? runs.find((one) => one.id === instance) : runs.at(-1)
  const env = lookAt(policy, state, outside, day, run)
  const facts = step.facts
    .map((id) => factRule(env, step, id))
    .filter((rule) => rule !== undefined && rule.when?.test(env) !== 0)
    .map((rule) => factField(env, rule!))
  const records = step.records
    .filter((rule) => rule.when?.test(env) !== 0 && !facts.some((fact) => fact.id === rule.id))
    .map((rule) => recordField(env, rule))
  return {
    step: step.id,
    title: step.title,
    article: step.article,
    fields: [...facts, ...records],
    materials: materialsOf(env, step, undefined, step.materials),
    outcomes: step.outcomes.map((outcome) => outcomeForm(env, step, outcome)),
    checks: step.checks
      .filter((check) => check.when?.test(env) !== 0)
      .map(({ id, title, required, article }) => ({ id, title, required, article })),
    minute: (actorOf(env, step)?.parties ?? []).some((party) => policy.document.parties[party]?.collective),
    norms: Object.entries(policy.document.norms ?? {})
      .filter(([, norm]) => norm.at?.includes(step.id))
      .map(([id, norm]) => ({ title: norm.title, article: policy.normArticles.get(id) ?? [] })),
  }
}

function outcomeForm(env: Env, step: Step, outcome: OutcomeRule): FormOutcome {
  const look = asked(env, outcome.when)
  return {
    id: outcome.id,
    title: outcome.title,
    settles: outcome.settles,
    returns: sendsBack(outcome) && !isRemarked(stepState(env, step), env.state.rev),
    allowed: look.required,
    facts: look.facts,
    opinions: outcome.opinions,
    fields: outcome.records
      .filter((rule) => rule.when?.test(env) !== 0)
      .map((rule) => recordField(env, rule)),
    materials: materialsOf(env, step, outcome, outcome.materials),
    effects: effectsOf(env, outcome),
    article: outcome.article,
  }
}

function effectsOf(env: Env, { effects }: OutcomeRule): FormEffect[] {
  const titled = (id: string): string => env.policy.steps[env.policy.stepIndex.get(id) ?? -1]?.title ?? id
  const sanction = (id: string): string => env.policy.sanctions.get(id)?.title ?? id
  const span = (choice: { get: (env: Env) => Parameters<typeof formatSpan>[0] | undefined } | undefined) => {
    const value = choice?.get(env)
    return value
      ? { within: formatSpan(value), until: addSpan(env.day, value, env.outside.calendar).day }
      : {}
  }
  return [
    ...effects.reopens.map(({ from, to, within, anew, article }) => ({
      kind: 'reopens' as const,
      step: titled(from),
      ...(to && to !== from ? { to: titled(to) } : {}),
      ...span(within),
      anew,
      article,
    })),
    ...effects.demands
      .filter((one) => one.when?.test(env) !== 0)
      .map(({ step, within, by, article }) => ({
        kind: 'demands' as const,
        step: titled(step),
        ...span(within),
        ...(by ? { by } : {}),
        article,
      })),
    ...effects.postpones.map(({ step, article }) => ({
      kind: 'postpones' as const,
      step: titled(step),
      article,
    })),
    ...effects.imposes
      .filter((one) => one.when?.test(env) !== 0)
      .map((one) => ({ kind: 'imposes' as const, sanction: sanction(one.sanction), article: one.article })),
    ...effects.lifts.map((one) => ({
      kind: 'lifts' as const,
      sanction: sanction(one.sanction),
      article: one.article,
    })),
    ...(effects.enlists ? [{ kind: 'enlists' as const, step: titled(effects.enlists.step) }] : []),
    ...(effects.ends ? [{ kind: 'ends' as const, result: effects.ends }] : []),
  ]
}
