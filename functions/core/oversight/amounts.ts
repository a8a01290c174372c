import type { Policy } from '../policy/model.ts'
import type { RecordRule, Step } from '../policy/model-step.ts'
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
  /** 决算 */
  final?: number
}

/** The amounts of a case, by the step and record ids that mean the same in every policy. */
export function amountsOf(policy: Policy, state: CaseState): Amounts {
  const { estimate } = state.facts
  const main = (step: string): Run[] => statesOf(state.steps, step).flatMap(standingRuns).filter(isInForce)
  const { paying, accounts } = placesOf(policy)
  const paid = paying.flatMap(({ step, records }) => {
    const homes = step.procedure
      ? state.procedures.filter((one) => one.procedure === step.procedure).map((one) => one.steps)
      : [state.steps]
    const runs = homes.flatMap((home) => statesOf(home, step.id)).flatMap((own) => own.runs.filter(isInForce))
    return records.flatMap((record) => numbers(runs, record))
  })
  return defined({
    estimate: typeof estimate === 'number' ? estimate : undefined,
    approved: latest(main('approval'), 'estimate'),
    budget: sum(main('budget'), 'amount') ?? sum(main('plan-listing'), 'budget'),
    contract: sum(main('contract'), 'amount'),
    paid: paid.length === 0 ? undefined : paid.reduce((total, one) => total + one, 0),
    final: accounts.map((id) => latest(main(id), FINAL)).find((one) => one !== undefined),
  })
}

const FINAL = 'finalInvestment'
const PAYMENT = /(^|-)payment$/

interface Places {
  paying: { step: Step; records: string[] }[]
  /** Steps that state the final account. */
  accounts: string[]
}

const known = new WeakMap<Policy, Places>()

/** Where a policy records what was paid and the final account; worked out once. */
function placesOf(policy: Policy): Places {
  const found = known.get(policy)
  if (found) return found
  const places = {
    paying: stepsThatPay(policy).map((step) => ({ step, records: moneyRecords(step) })),
    accounts: policy.main
      .map((index) => policy.steps[index]!)
      .filter((step) => recordsOf(step).some((record) => record.id === FINAL))
      .map((step) => step.id),
  }
  known.set(policy, places)
  return places
}

/** The steps by which money goes out. */
export function payingSteps(policy: Policy): Step[] {
  return placesOf(policy).paying.map(({ step }) => step)
}

/**
 * Steps named a payment of some kind, and of a procedure so named that has no
 * such step the last one that records money. An application for payment pays nothing.
 */
function stepsThatPay(policy: Policy): Step[] {
  const named = policy.steps.filter((step) => PAYMENT.test(step.id))
  const others = [...policy.procedures.values()]
    .filter((rule) => PAYMENT.test(rule.id) && !named.some((step) => step.procedure === rule.id))
    .flatMap((rule) => {
      const paying = rule.steps
        .map((index) => policy.steps[index]!)
        .filter((step) => moneyRecords(step).length)
      return paying.slice(-1)
    })
  return [...named, ...others]
}

/** The record `amount` of a step, or all that it records as money where none is so named. */
function moneyRecords(step: Step): string[] {
  const money = [...new Set(recordsOf(step).flatMap((one) => (one.type === 'money' ? [one.id] : [])))]
  return money.includes('amount') ? ['amount'] : money
}

function recordsOf(step: Step): RecordRule[] {
  return [...step.records, ...step.outcomes.flatMap((one) => one.records)]
}

/** 项目代码, as it was stated last. */
export function codeOf(state: CaseState): string | undefined {
  const runs = statesOf(state.steps, 'project-code').flatMap((own) => own.runs.filter(isInForce))
  const code = runs.map((run) => run.records.code).findLast((value) => value !== undefined)
  return typeof code === 'string' ? code : undefined
}

/** The category that the project has in the plan, else as declared, with its title in the project's policy. */
export function categoryOf(policy: Policy, state: CaseState): { id: string; title: string } | undefined {
  const listed = statesOf(state.steps, 'plan-listing').flatMap((own) => own.runs.filter(isInForce))
  const planned = listed.map((run) => run.records.category).findLast((value) => value !== undefined)
  const id = planned ?? state.facts.category
  if (typeof id !== 'string') return undefined
  const step = policy.steps[policy.stepIndex.get('plan-listing') ?? -1]
  const records = step ? recordsOf(step) : []
  const options =
    planned === undefined
      ? policy.facts.get('category')?.options
      : records.find((rule) => rule.id === 'category')?.text.options
  return { id, title: options?.[id] ?? id }
}

/** The state of a step, and its states for each part where it exists once per part. */
export function statesOf(steps: Record<string, StepState>, id: string): StepState[] {
  const states: StepState[] = []
  for (const key in steps)
    if (key === id || (key.startsWith(id) && key[id.length] === '#')) states.push(steps[key]!)
  return states
}

/** Whether a run made its step done and still counts. */
export function isInForce(run: Run): boolean {
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
