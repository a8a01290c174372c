import { pathOf } from '../compile/compile.ts'
import type { Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import { effectsOf, outcomePath } from './effects.ts'
import { Grid } from './grid.ts'
import type { Lens } from './lens.ts'
import type { Liveness } from './liveness.ts'
import { problemAt } from './report.ts'
import { conditionsOfStep, ownConditions } from './step-conditions.ts'

/**
 * Steps that no run has reached, without those that only wait for another such step; where runs get stuck only those that
 * apply nowhere.
 */
export function deadSteps(live: Liveness, isStuck: boolean): Problem[] {
  const { lens } = live
  if (live.universe.tracks.size === 0)
    return [
      problemAt('dead-step', ['scope'], {
        message: '没有一类项目适用本办法',
        fix: '检查适用范围各行的条件和办理路径的 only',
        article: lens.policy.scope.article,
      }),
    ]
  const dead = new Set(lens.policy.steps.filter((step) => !live.executed.has(step.id)))
  const unsettled = new Set(lens.policy.steps.filter((step) => isUnsettled(live, step)))
  const roots = [...dead].filter((step) => !follows(lens, step, new Set([...dead, ...unsettled])))
  return [
    ...(isStuck ? [] : [...unsettled].map((step) => neverSettles(lens, step))),
    ...roots.flatMap((step) => deadStep(lens, step, isStuck)),
  ]
}

function deadStep(lens: Lens, step: Step, isStuck: boolean): Problem[] {
  const never = neverApplies(lens, step)
  if (isStuck && !never) return []
  return [
    problemAt('dead-step', pathOf(step), {
      severity: never || !isBeyond(lens, step) ? 'error' : 'warning',
      message: never
        ? `「${step.title}」的适用条件在任何情形下都不成立`
        : `「${step.title}」在推演过的各类项目中都没有办到`,
      fix: never
        ? '改正 when(连同阶段和适用范围的条件), 或删去这一环节'
        : '检查它的 after、requires 和前面环节的条件是否能同时成立',
      article: step.article,
    }),
  ]
}

/** Done, but never with an outcome that settles, while something waits for it. */
function isUnsettled({ lens, executed }: Liveness, step: Step): boolean {
  const { steps } = lens.policy
  if (!executed.has(step.id) || step.procedure !== undefined) return false
  if (step.outcomes.some((outcome) => outcome.settles && executed.has(`${step.id}.${outcome.id}`)))
    return false
  return step.successors.some((index) => steps[index]!.edges.some((edge) => edge.target === step.index))
}

function neverSettles(lens: Lens, step: Step): Problem {
  return problemAt('dead-step', pathOf(step), {
    message: `「${step.title}」没有一个结果能使它办成, 它后面的环节都办不到`,
    fix: '给它一个不退回、不重办、不终止的结果, 并使这个结果的条件能够成立',
    article: step.article,
    example: { steps: step.successors.map((index) => lens.policy.steps[index]!.id) },
  })
}

/** Whether a step is dead merely because others are: those before it, that demand it, or that its procedure or period waits for. */
function follows(lens: Lens, step: Step, dead: Set<Step>): boolean {
  const { policy } = lens
  const isDead = (index: number | undefined) => index !== undefined && dead.has(policy.steps[index]!)
  const waits = (edges: Step['edges']) => edges.some((edge) => isDead(edge.target) && !edge.when)
  if (waits(step.edges)) return true
  if (typeof step.repeat === 'object' && isDead(step.repeat.from)) return true
  if (step.owed.fixed === 'on-demand') {
    const demanding = effectsOf(policy).filter(({ effects }) =>
      effects.demands.some((demand) => demand.step === step.id),
    )
    return demanding.every((one) => dead.has(one.step))
  }
  const procedure = policy.procedures.get(step.procedure ?? '')
  if (!procedure) return false
  const composed = procedure.steps.flatMap((index) => policy.steps[index]!.composes)
  const isEmpty = composed.length > 0 && composed.every((id) => isDead(policy.stepIndex.get(id)))
  return waits(procedure.edges) || (procedure.on === 'batch' && isEmpty)
}

/** Outcomes that were never taken of steps that were done. */
export function deadOutcomes({ lens, executed }: Liveness): Problem[] {
  const { policy } = lens
  return policy.steps.flatMap((step) =>
    step.outcomes.flatMap((outcome) => {
      if (!executed.has(step.id) || executed.has(`${step.id}.${outcome.id}`)) return []
      return problemAt('dead-outcome', outcomePath(policy, step, outcome.id), {
        severity: 'warning',
        message: `「${step.title}」的结果「${outcome.title}」在推演过的各类项目中都没有取到`,
        fix: '检查它的 when、after、requires 能否成立',
        article: outcome.article,
      })
    }),
  )
}

/** Whether the step's own conditions hold in no combination of what they look at. */
function neverApplies(lens: Lens, step: Step): boolean {
  const guards = ownConditions(lens, step).map((placed) => lens.guard(placed))
  const grid = new Grid(lens, conditionsOfStep(lens, step))
  if (!grid.complete || guards.length === 0) return false
  return !grid.some((env) => guards.every((guard) => guard.test(env) === 1))
}

/** What runs cannot well reach: steps that exist once per part. */
function isBeyond(lens: Lens, step: Step): boolean {
  const chain = [step, ...step.before.map((index) => lens.policy.steps[index]!)]
  return chain.some((one) => one.each !== undefined || one.creates !== undefined)
}
