import { pathOf } from '../compile/compile.ts'
import { applies, edgeHolds, within } from '../engine/applies.ts'
import { sanctionInForce } from '../engine/bars.ts'
import { refreshed } from '../engine/environment.ts'
import { isOutstanding } from '../engine/gate.ts'
import { periodsOf } from '../engine/periods.ts'
import { eachPart, stepState } from '../engine/read-state.ts'
import { lookWindow } from '../engine/window.ts'
import type { Env } from '../model.ts'
import type { Bar, Step } from '../model-step.ts'
import { isWindowJudged } from './touched-by-run.ts'
import { rowsTouched, type Touch } from './touched-rows.ts'

/**
 * The rules that bear on a project as it stands on a day: terms that run, steps that are demanded, and of each step whose turn has come the
 * condition by which it has to be done, the tables it reads, and whatever holds it up.
 */
export function touchedInTurn(env: Env, touch: Touch): void {
  for (const step of env.policy.steps)
    for (const home of homesOf(env, step))
      for (const at of eachPart(home, step)) {
        const { stamp, demands = [] } = stepState(at, step) ?? {}
        const path = pathOf(step).join('.')
        if (stamp) touch(`${path}.due.${stamp.rule ?? 0}`)
        if (demands.length > 0) touch(path)
        if (!env.state.ended && hasItsTurn(at, step)) stepTouched(at, step, touch)
      }
}

/** From where a step is looked at: the case, or each running instance of its procedure. */
function homesOf(env: Env, step: Step): Env[] {
  if (step.procedure === undefined) return [env]
  return env.state.procedures
    .filter((one) => one.procedure === step.procedure && !one.result)
    .map((instance) => refreshed({ ...env, instance }))
}

/** Whether nothing but its own rules stands between a step and its execution: it applies, and all before it is done. */
function hasItsTurn(env: Env, step: Step): boolean {
  if (applies(env, step) !== 1) return false
  const own = stepState(env, step)
  if (own?.done && own.demands.length === 0 && step.repeat === undefined) return false
  if (step.repeatEach && !periodsOf(env, step).some((period) => !period.done)) return false
  return step.edges.every((edge) => edgeHolds(env, edge) === 1)
}

function stepTouched(env: Env, step: Step, touch: Touch): void {
  const path = pathOf(step).join('.')
  if (step.when?.test(env) === 1) touch(`${path}.when`)
  if (step.repeatEach) touch(`${path}.repeat`)
  step.unless.forEach((rule, i) => {
    if (rule.when && rule.when.test(env) !== 1) return
    if (isHeldUp(env, rule)) touch(`${path}.unless.${i}`)
  })
  step.requires.forEach((rule, i) => {
    if (rule.readsOwn || (rule.when && rule.when.test(env) !== 1)) return
    if (rule.that.test(env) === 0) touch(`${path}.requires.${i}`)
  })
  if (isWindowJudged(env, step) && lookWindow(env, step)?.state === 'closed') touch(`${path}.window`)
  barsTouched(env, step, touch)
  rowsTouched(env, step, touch)
}

function isHeldUp(env: Env, { step, procedure }: Step['unless'][number]): boolean {
  const running = env.state.procedures.some(
    (one) => one.procedure === procedure && !one.result && one !== env.instance,
  )
  if (running || step === undefined) return running
  const other = env.policy.steps[step]!
  return isOutstanding(within(env, other), other)
}

/** Vetoes that hold and sanctions in force; what is demanded is never barred by a sanction (§6). */
function barsTouched(env: Env, step: Step, touch: Touch): void {
  const bears = (bar: Bar): boolean => !bar.when || bar.when.test(env) === 1
  for (const bar of step.vetoes)
    if (bears(bar) && bar.guard!.test(env) === 1 && bar.lifted?.test(env) !== 1) touch(`vetoes.${bar.id}`)
  if ((stepState(env, step)?.demands.length ?? 0) > 0) return
  for (const bar of step.sanctions)
    if (bears(bar) && sanctionInForce(env, bar)) touch(`sanctions.${bar.id}.bars.${bar.index}`)
}
