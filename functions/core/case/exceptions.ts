import { type Amounts, isInForce, statesOf } from '../oversight/amounts.ts'
import { applies, governs } from '../policy/engine/applies.ts'
import { stepState } from '../policy/engine/read-state.ts'
import { lookStep } from '../policy/engine/survey.ts'
import type { Env } from '../policy/model.ts'
import type { Step } from '../policy/model-step.ts'
import { type Run, standingRuns } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

/** What an auditor looks for; derived alike for every policy, from the step ids that mean the same in all. */
export const EXCEPTION_TITLES = {
  'procured-before-approval': '未批先采',
  'over-estimate': '超概算未重新报批',
  'operating-unaccepted': '未验先用',
  'acceptance-overdue': '逾期未验收',
} as const
export type ExceptionKind = keyof typeof EXCEPTION_TITLES

/** One thing that is out of order, since when, with the articles of the steps that it concerns. */
export interface Exception {
  kind: ExceptionKind
  /** The step that shows it. */
  step: string
  on?: Day
  article: string[]
}

/** Everything out of order with a project on the day of the look. What the policy does not have cannot be missing. */
export function exceptionsOf(env: Env, amounts: Amounts): Exception[] {
  return [
    procuredBeforeApproval(env),
    overEstimate(env, amounts),
    ...(env.state.ended ? [] : [operatingUnaccepted(env), acceptanceOverdue(env)]),
  ].filter((one) => one !== undefined)
}

function procuredBeforeApproval(env: Env): Exception | undefined {
  const approval = stepNamed(env, 'approval')
  const approved = approval && first(runsOf(env, approval))
  if (!approval || !(approved || isMissed(env, approval))) return undefined
  for (const id of ['procurement', 'award', 'contract']) {
    const step = stepNamed(env, id)
    const done = step && first(runsOf(env, step))
    // Events of one day count in the order in which they were entered.
    if (done && (!approved || done.on < approved.on || (done.on === approved.on && done.seq < approved.seq)))
      return {
        kind: 'procured-before-approval',
        step: id,
        on: done.on,
        article: united(step.article, approval.article),
      }
  }
  return undefined
}

/** Contracts, payments or the final account above what was approved, or was approved anew by a change in effect. */
function overEstimate(env: Env, { approved, contract, paid, final }: Amounts): Exception | undefined {
  const approval = stepNamed(env, 'approval')
  if (approved === undefined || !approval) return undefined
  const anew = env.state.procedures
    .filter(
      (one) =>
        one.result !== undefined && env.policy.procedures.get(one.procedure)?.effective.has(one.result),
    )
    .flatMap((one) => Object.values(one.steps).flatMap((own) => own.runs.filter(isInForce)))
    .map((run) => run.records.newTotal)
    .filter((value) => typeof value === 'number')
  const ceiling = Math.max(approved, ...anew)
  const over = (
    [
      ['contract', contract],
      ['payment', paid],
      ['final-accounts', final],
    ] as const
  ).find(([, amount]) => amount !== undefined && amount > ceiling)
  return over && { kind: 'over-estimate', step: over[0], article: approval.article }
}

/** In use or in operation while the acceptance that applies is not done, unless the policy itself has use come first. */
function operatingUnaccepted(env: Env): Exception | undefined {
  const acceptance = stepNamed(env, 'acceptance')
  if (!acceptance || stepState(env, acceptance)?.done || !isMissed(env, acceptance)) return undefined
  for (const index of env.policy.main) {
    const step = env.policy.steps[index]!
    if (step.id !== 'commissioning' && step.stage !== 'operation') continue
    if (acceptance.beforeSet.has(index)) continue
    const run = first(runsOf(env, step))
    if (run)
      return {
        kind: 'operating-unaccepted',
        step: step.id,
        on: run.on,
        article: united(acceptance.article, step.article),
      }
  }
  return undefined
}

function acceptanceOverdue(env: Env): Exception | undefined {
  for (const id of ['acceptance', 'acceptance-application', 'preliminary-acceptance', 'acceptance-filing']) {
    const step = stepNamed(env, id)
    if (!step || applies(env, step) !== 1) continue
    const look = lookStep(env, step, true)
    if (look.overdue && look.state !== 'done')
      return { kind: 'acceptance-overdue', step: id, on: look.dueOn, article: step.article }
  }
  return undefined
}

/**
 * Whether the project should have the step, also where it is too late for it now. Of a project taken over in mid-life
 * only what was entered is known: a step that others have passed may have been done before.
 */
function isMissed(env: Env, step: Step): boolean {
  if (env.state.adopted) return applies(env, step) === 1
  const merged = env.policy.merges.some((one) => one.drops.has(step.index) && one.when.test(env) === 1)
  return (
    governs(env, step) === 1 &&
    !merged &&
    (step.stageWhen?.test(env) ?? 1) === 1 &&
    (step.when?.test(env) ?? 1) === 1
  )
}

function stepNamed(env: Env, id: string): Step | undefined {
  const step = env.policy.steps[env.policy.stepIndex.get(id) ?? -1]
  return step?.procedure === undefined ? step : undefined
}

function runsOf(env: Env, step: Step): Run[] {
  return statesOf(env.state.steps, step.id).flatMap(standingRuns).filter(isInForce)
}

function first(runs: readonly Run[]): Run | undefined {
  return runs.reduce<Run | undefined>(
    (least, run) =>
      !least || run.on < least.on || (run.on === least.on && run.seq < least.seq) ? run : least,
    undefined,
  )
}

function united(...articles: readonly string[][]): string[] {
  return [...new Set(articles.flat())]
}
