import type { Day } from '../../values/day.ts'
import type { Command } from '../command.ts'
import type { CountRule, Outside, Policy } from '../model.ts'
import type { CaseState } from '../state.ts'
import { lookAt } from './environment.ts'

/** Counts over other cases (§12): which a command hangs on, and what they come to. */

/** The other projects that are counted: of the unit, and of the plan year; the project itself may be among them. */
export interface OtherCases {
  unit: readonly CaseState[]
  year: readonly CaseState[]
}

/** The counts that a command hangs on: no two commands that do may be decided on the same ones and both stand. */
export function countsNeeded(policy: Policy, command: Command): CountRule[] {
  if (policy.counts.length === 0) return []
  if (command.type === 'start') return policy.counts
  if (command.type !== 'execute') return []
  const named = policy.merges.find((one) => one.id === command.step)?.steps
  const steps = [...(named ?? [policy.stepIndex.get(command.step) ?? -1])]
  for (const index of [...steps])
    for (const { effects } of policy.steps[index]?.outcomes ?? [])
      if (effects.enlists) steps.push(policy.stepIndex.get(effects.enlists.step) ?? -1)
  const bearing = new Set(steps.flatMap((index) => [index, ...(policy.steps[index]?.before ?? [])]))
  return policy.counts.filter((count) => [...count.readers].some((index) => bearing.has(index)))
}

/**
 * What each count comes to over the other cases on a day, all looked at by this policy; one that hangs on something
 * unknown is missing. `others` stand as of that day, what followed from missed due days included.
 */
export function countsOf(
  policy: Policy,
  self: CaseState,
  others: OtherCases,
  outside: Outside,
  day: Day,
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const count of policy.counts) {
    const { planYear } = self.facts
    if (count.over === 'year' && typeof planYear !== 'number') continue
    let total: number | undefined = 0
    for (const other of others[count.over]) {
      if (other.id === self.id || (count.over === 'year' && other.facts.planYear !== planYear)) continue
      const one = contribution(policy, count, other, outside, day)
      total = one === undefined || total === undefined ? undefined : total + one
    }
    if (total !== undefined) counts[count.id] = total
  }
  return counts
}

/** What one case adds to a count of another; undefined when that is not known. */
export function contribution(
  policy: Policy,
  count: CountRule,
  other: CaseState,
  outside: Outside,
  day: Day,
): number | undefined {
  const unit = count.over === 'unit' ? outside.unit : { facts: {}, sanctions: [] }
  return count.of(lookAt(policy, other, { ...outside, unit, counts: undefined }, day))
}
