import { lookAt } from '../policy/engine/environment.ts'
import { tick } from '../policy/engine/tick.ts'
import type { FillRule, Outside, Policy } from '../policy/model.ts'
import type { CaseState, Value } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { type BatchProject, isRest } from './batch.ts'

/** One project in the order in which it would be taken, with the sum up to and with it. */
export interface FillLine {
  project: string
  step: string
  /** In 分; null where it is not known, which takes it out until a person looks. */
  amountFen: number | null
  totalFen: number
  proposed: boolean
  /** The outcome proposed for one that is over, where the policy names one. */
  outcome?: string
}

/** Who would be in a batch by the rule of its policy; a party decides. */
export interface FillProposal {
  /** What there is to be given out, in 分; null while it is not known. */
  withinFen: number | null
  lines: FillLine[]
  article: string[]
}

/**
 * Proposes who is in a batch (§10 `fill`): those that are listed and those that could be, in the order of the rule, as long
 * as the sum stays within. One that does not fit is passed over for a smaller one after it. Nothing is changed by it.
 */
export function proposeFill(
  policy: Policy,
  batch: CaseState,
  projects: readonly BatchProject[],
  outside: Outside,
  day: Day,
): FillProposal | undefined {
  const rule = policy.procedures.get(batch.procedure ?? '')
  const step = rule?.steps.flatMap((index) => policy.steps[index]!.composes)[0]
  if (!rule?.fill || step === undefined) return undefined
  const { fill } = rule
  const within = fill.within(lookAt(policy, batch, outside, day))
  const listed = new Map(
    (batch.items ?? []).filter((item) => item.step === step).map((item) => [item.project, item]),
  )
  const lines = projects
    .filter((project) => listed.has(project.id) || isRest(project, step, batch.year, day))
    .map((project) => {
      const state = tick(project.policy, project.state, day, project.outside)
      // The rule is the batch's: it looks at each project by the version of the batch.
      const env = lookAt(policy, state, project.outside, day)
      const own = fill.item === undefined ? undefined : listed.get(project.id)?.records[fill.item]
      const amount = own ?? fill.amount?.(env)
      return {
        project: project.id,
        amount: typeof amount === 'number' ? amount : null,
        keys: fill.order.map((key) => key.read(env)),
      }
    })
    .sort((a, b) => compareLines(fill, a, b))
  let total = 0
  return {
    withinFen: typeof within === 'number' ? within : null,
    article: rule.article,
    lines: lines.map(({ project, amount }) => {
      const fits = typeof within === 'number' && amount !== null && total + amount <= within
      if (fits) total += amount
      return {
        project,
        step,
        amountFen: amount,
        totalFen: total,
        proposed: fits,
        ...(!fits && fill.over ? { outcome: fill.over } : {}),
      }
    }),
  }
}

interface Line {
  project: string
  keys: (Value | undefined)[]
}

/** By the keys in their order; what is not known comes after what is, and equal ones by the order of their opening. */
function compareLines(fill: FillRule, a: Line, b: Line): number {
  for (const [i, key] of fill.order.entries()) {
    const [one, other] = [rankOf(a.keys[i], key.options), rankOf(b.keys[i], key.options)]
    if (one === other) continue
    if (one === undefined) return 1
    if (other === undefined) return -1
    const sign = one < other ? -1 : 1
    return key.descending ? -sign : sign
  }
  return a.project < b.project ? -1 : 1
}

/** Choices rank in the order of their options, yes before no. */
function rankOf(value: Value | undefined, options: string[] | undefined): string | number | undefined {
  if (typeof value === 'boolean') return value ? 0 : 1
  if (typeof value === 'string' && options) return options.indexOf(value)
  if (typeof value === 'object')
    return 'n' in value && 'd' in value ? Number(value.n) / Number(value.d) : undefined
  return value
}
