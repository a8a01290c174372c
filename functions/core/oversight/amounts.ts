import type { Policy } from '../policy/model.ts'
import { type CaseState, type Run, type StepState, standingRuns, type Value } from '../policy/state.ts'

/** Amounts in 分, each by its own basis; absent where nothing is known, which is not zero. */
export interface Amounts {
  /** 申报概算 */
  estimate?: number
  /** 批复概算 */
  approved?: number
  /** 预算: all that was arranged, by budget steps, else by the annual plan. */
  budget?: number
  /** 合同: all contracts together. */
  contract?: number
  /** 拨付: all payments together. */
  paid?: number
}

/** The amounts of a case, by the step and record ids that mean the same in every policy. */
export function amountsOf(state: CaseState): Amounts {
  const { estimate } = state.facts
  const main = (step: string): Run[] => statesOf(state.steps, step).flatMap(standingRuns).filter(isInForce)
  const paid = [
    ...main('payment'),
    ...state.procedures.flatMap((one) =>
      statesOf(one.steps, 'payment').flatMap((own) => own.runs.filter(isInForce)),
    ),
  ]
  return defined({
    estimate: typeof estimate === 'number' ? estimate : undefined,
    approved: latest(main('approval'), 'estimate'),
    budget: sum(main('budget'), 'amount') ?? sum(main('plan-listing'), 'budget'),
    contract: sum(main('contract'), 'amount'),
    paid: sum(paid, 'amount'),
  })
}

/** The category that the project has in the plan, else as declared, with its title in the project's policy. */
export function categoryOf(policy: Policy, state: CaseState): { id: string; title: string } | undefined {
  const listed = statesOf(state.steps, 'plan-listing').flatMap((own) => own.runs.filter(isInForce))
  const planned = listed.map((run) => run.records.category).findLast((value) => value !== undefined)
  const id = planned ?? state.facts.category
  if (typeof id !== 'string') return undefined
  const step = policy.steps[policy.stepIndex.get('plan-listing') ?? -1]
  const records = step ? [...step.records, ...step.outcomes.flatMap((one) => one.records)] : []
  const options =
    planned === undefined
      ? policy.facts.get('category')?.options
      : records.find((rule) => rule.id === 'category')?.text.options
  return { id, title: options?.[id] ?? id }
}

/** The state of a step, and its states for each part where it exists once per part. */
function statesOf(steps: Record<string, StepState>, id: string): StepState[] {
  return Object.entries(steps).flatMap(([key, own]) => (key === id || key.startsWith(`${id}#`) ? [own] : []))
}

function isInForce(run: Run): boolean {
  return run.settles && !run.undone
}

function numbers(runs: readonly Run[], record: string): number[] {
  return runs
    .map((run) => run.records[record])
    .filter((value: Value | undefined) => typeof value === 'number')
}

function sum(runs: readonly Run[], record: string): number | undefined {
  const found = numbers(runs, record)
  return found.length === 0 ? undefined : found.reduce((total, one) => total + one, 0)
}

function latest(runs: readonly Run[], record: string): number | undefined {
  return numbers(runs, record).at(-1)
}

function defined(amounts: { [K in keyof Amounts]: number | undefined }): Amounts {
  return Object.fromEntries(Object.entries(amounts).filter(([, value]) => value !== undefined))
}
