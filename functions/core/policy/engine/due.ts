import { type Day, dayOf } from '../../values/day.ts'
import { addSpan, subtractSpan } from '../../values/span.ts'
import { rollToWorkday } from '../../values/workdays.ts'
import type { Env } from '../model.ts'
import type { DueRule, Step } from '../model-step.ts'
import { type Run, type Stamp, standingRuns } from '../state.ts'
import { stepState } from './read-state.ts'
import { daysSuspended } from './suspension.ts'

/** What a due rule gives now: a day and the anchor it rests on, or why there is none yet (§5). */
export interface DueResult {
  dueOn?: Day
  provisional: boolean
  /** Anchor events and values; a stamp is made once for each. */
  key: string
  rule: number
  missing?: Set<string>
  /** Steps that must be executed before the term runs. */
  waitsFor?: string[]
}

/** The first of the step's due rules that applies, reckoned. */
export function reckonDue(env: Env, step: Step): DueResult | undefined {
  for (let i = 0; i < step.dues.length; i += 1) {
    const rule = step.dues[i]!
    const when = rule.when ? rule.when.test(env) : 1
    if (when === 0) continue
    if (when === 2) {
      const missing = new Set<string>()
      rule.when!.missing(env, missing)
      return { provisional: false, key: '', rule: i, missing }
    }
    return reckonRule(env, rule, i)
  }
  return undefined
}

function reckonRule(env: Env, rule: DueRule, index: number): DueResult {
  const base = reckonBase(env, rule)
  if (base.dueOn === undefined || rule.text.roll !== 'next-workday') return { ...base, rule: index }
  const rolled = rollToWorkday(base.dueOn, env.outside.calendar)
  return { ...base, dueOn: rolled.day, provisional: base.provisional || rolled.provisional, rule: index }
}

type Base = Omit<DueResult, 'rule'>

function reckonBase(env: Env, rule: DueRule): Base {
  if (rule.anchors.length > 0) return fromAnchors(env, rule)
  if (rule.fact) {
    const day = rule.fact(env)
    if (typeof day === 'string') return { dueOn: day, provisional: false, key: `fact:${day}` }
    return { provisional: false, key: '', missing: new Set([rule.text.fact!]) }
  }
  if (rule.before && rule.ahead) {
    const day = rule.before(env)
    if (typeof day !== 'string') return { provisional: false, key: '', missing: new Set([rule.text.before!]) }
    const due = subtractSpan(day, rule.ahead, env.outside.calendar)
    return { dueOn: due.day, provisional: due.provisional, key: `before:${day}` }
  }
  const year = rule.year ? rule.year(env) : undefined
  if (typeof year !== 'number' || !rule.text.by)
    return { provisional: false, key: '', missing: new Set([rule.text.year ?? 'planYear']) }
  const [month, date] = rule.text.by.split('-').map(Number)
  return { dueOn: dayOf(year, month!, date!), provisional: false, key: `by:${year}-${rule.text.by}` }
}

function fromAnchors(env: Env, rule: DueRule): Base {
  const runs: Run[] = []
  const waitsFor: string[] = []
  for (const anchor of rule.anchors) {
    const step = env.policy.steps[anchor.step]!
    const settled = standingRuns(stepState(env, step)).filter(
      (run) => run.settles && (!anchor.outcome || run.outcome === anchor.outcome),
    )
    const run = settled[settled.length - 1]
    if (run) runs.push(run)
    else waitsFor.push(step.id)
  }
  if (runs.length === 0 || (!rule.first && waitsFor.length > 0))
    return { provisional: false, key: '', waitsFor }
  const days = runs.map((run) => run.on).sort()
  const from = rule.first ? days[0]! : days[days.length - 1]!
  const span = rule.within?.get(env)
  if (!span) {
    const missing = new Set<string>()
    rule.within?.missing(env, missing)
    return { provisional: false, key: '', missing }
  }
  const key = `of:${runs.map((run) => run.seq).join(',')}`
  const due = addSpan(from, span, env.outside.calendar)
  const stopped = daysSuspended(env, rule.text.stops ?? [], from)
  return stopped === 0
    ? { dueOn: due.day, provisional: due.provisional, key }
    : {
        dueOn: addSpan(due.day, { count: stopped, unit: 'days' }, env.outside.calendar).day,
        provisional: due.provisional,
        key: `${key}+${stopped}`,
      }
}

/** The stamp in force, or none: executing or resetting cleared it. */
export function stampOf(env: Env, step: Step): Stamp | undefined {
  return stepState(env, step)?.stamp
}

/** The due day to show: that of the oldest demand, else the stamp. */
export function dueDay(env: Env, step: Step): { dueOn: Day; provisional: boolean } | undefined {
  const state = stepState(env, step)
  if (!state) return undefined
  const demanded = state.demands
    .filter((demand) => demand.dueOn !== undefined)
    .sort((a, b) => (a.dueOn! < b.dueOn! ? -1 : 1))[0]
  if (demanded) return { dueOn: demanded.dueOn!, provisional: demanded.provisional ?? false }
  return state.stamp && { dueOn: state.stamp.dueOn, provisional: state.stamp.provisional }
}

/** Same month and date in another year, for windows and periods. */
export function monthDayIn(year: number, monthDay: string): Day {
  const [month, date] = monthDay.split('-').map(Number)
  return dayOf(year, month!, date!)
}
