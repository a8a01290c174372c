import { amountsOf } from '../oversight/amounts.ts'
import type { Policy } from '../policy/model.ts'
import { type CaseState, standingRuns } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

/** The bases of a project's money in the order in which they come to be known; none stands in for another. */
export const BASES = ['estimate', 'approved', 'budget', 'contract', 'paid', 'final'] as const
export type Basis = (typeof BASES)[number]

/** One basis with what it is made of. */
export interface MoneyLine {
  basis: Basis
  amountFen: number
  entries: {
    title: string
    record: string
    amountFen: number
    on?: Day
    part?: string
    article: string[]
  }[]
}

/** The record names of the vocabulary that make up each basis (estimate is a fact). */
const SOURCES: Record<Exclude<Basis, 'estimate'>, readonly string[]> = {
  approved: ['approval.estimate'],
  budget: ['budget.amount', 'plan-listing.budget'],
  contract: ['contract.amount'],
  paid: ['payment.amount'],
  final: ['final-accounts.finalInvestment'],
}

/** Which basis a name of the policy means, if any. */
export function basisOf(name: string): Basis | undefined {
  if (name === 'estimate') return 'estimate'
  if (name.endsWith('.finalInvestment')) return 'final'
  if (/(^|-)payment\.amount$/.test(name)) return 'paid'
  return BASES.find((basis) => basis !== 'estimate' && SOURCES[basis].includes(name))
}

/** What is known of each basis, with the executions that it comes from; what is not known is left out. */
export function moneyLines(policy: Policy, state: CaseState): MoneyLine[] {
  const amounts = amountsOf(policy, state)
  const entries = entriesOf(policy, state)
  return BASES.flatMap((basis): MoneyLine[] => {
    const amountFen = amounts[basis]
    if (amountFen === undefined) return []
    if (basis === 'estimate') {
      const rule = policy.facts.get('estimate')
      return [
        {
          basis,
          amountFen,
          entries: [{ title: '', record: rule?.title ?? '', amountFen, article: rule?.article ?? [] }],
        },
      ]
    }
    const own = entries.filter((one) => basisOf(one.name) === basis)
    // A budget of its own stands before the one that the plan gave.
    const first = basis === 'budget' && own.some((one) => one.name === 'budget.amount') ? 'budget.amount' : ''
    const used = first ? own.filter((one) => one.name === first) : own
    const last = basis === 'approved' || basis === 'final'
    return [{ basis, amountFen, entries: (last ? used.slice(-1) : used).map((one) => one.entry) }]
  })
}

/** Every amount in force, by `step.record`. */
function entriesOf(policy: Policy, state: CaseState) {
  const found: { name: string; seq: number; entry: MoneyLine['entries'][number] }[] = []
  const all = [
    ...Object.entries(state.steps).map(([key, own]) => ({ key, runs: standingRuns(own) })),
    ...state.procedures.flatMap((one) =>
      Object.entries(one.steps).map(([key, own]) => ({ key, runs: own.runs })),
    ),
  ]
  for (const { key, runs } of all) {
    const [id = '', part] = key.split('#')
    const step = policy.steps[policy.stepIndex.get(id) ?? -1]
    for (const run of runs) {
      if (!run.settles || run.undone) continue
      const rules = [...(step?.records ?? []), ...(step?.outcomes.flatMap((one) => one.records) ?? [])]
      for (const [record, value] of Object.entries(run.records)) {
        if (typeof value !== 'number' || basisOf(`${id}.${record}`) === undefined) continue
        const rule = rules.find((one) => one.id === record)
        found.push({
          name: `${id}.${record}`,
          seq: run.seq,
          entry: {
            title: step?.title ?? id,
            record: rule?.title ?? record,
            amountFen: value,
            on: run.on,
            ...(part ? { part } : {}),
            article: rule?.article ?? step?.article ?? [],
          },
        })
      }
    }
  }
  return found.sort((a, b) => a.seq - b.seq)
}
