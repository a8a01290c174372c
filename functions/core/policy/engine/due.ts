import { addDays, type Day, dayOf } from '../../values/day.ts'
import { addRest, addSpan, type Stretch, subtractSpan } from '../../values/span.ts'
import { rollToWorkday } from '../../values/workdays.ts'
import type { Env } from '../model.ts'
import type { DueRule, Step } from '../model-step.ts'
import { type Run, type Stamp, standingRuns } from '../state.ts'
import { partMadeBy, stepState } from './read-state.ts'
import { daysSuspended } from './suspension.ts'

/** What a due rule gives now: a day and the anchor it rests on, or why there is none yet (§5). */
export interface DueResult {
  dueOn?: Day
  provisional: boolean
  /** Day from which the term runs, when it runs from one. */
  from?: Day
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
    return reckonRule(env, rule, i, stepState(env, step)?.used ?? [])
  }
  return undefined
}

function reckonRule(env: Env, rule: DueRule, index: number, used: Stretch[]): DueResult {
  const base = reckonBase(env, rule, used)
  if (base.dueOn === undefined || rule.text.roll !== 'next-workday') return { ...base, rule: index }
  const rolled = rollToWorkday(base.dueOn, env.outside.calendar)
  return { ...base, dueOn: rolled.day, provisional: base.provisional || rolled.provisional, rule: index }
}

type Base = Omit<DueResult, 'rule'>

function reckonBase(env: Env, rule: DueRule, used: Stretch[]): Base {
  if (rule.anchors.length > 0) return fromAnchors(env, rule, used)
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

function fromAnchors(env: Env, rule: DueRule, used: Stretch[]): Base {
  const runs: Pick<Run, 'on' | 'seq'>[] = []
  const waitsFor: string[] = []
  for (const anchor of rule.anchors) {
    const step = env.policy.steps[anchor.step]!
    const made = partMadeBy(env, step)
    if (made) {
      runs.push(made)
      continue
    }
    const state = stepState(env, step)
    const settled = standingRuns(state).filter(
      (run) => run.settles && (!anchor.outcome || run.outcome === anchor.outcome),
    )
    const run = state?.reopened ? undefined : settled[settled.length - 1]
    if (run) runs.push(run)
    else waitsFor.push(step.id)
  }
  if (runs.length === 0 || (!rule.first && waitsFor.length > 0))
    return { provisional: false, key: '', waitsFor }
  const first = runs.reduce((a, b) => (b.seq < a.seq ? b : a))
  const counted = rule.first ? [first] : runs
  const from = counted.reduce((latest, run) => (run.on > latest ? run.on : latest), counted[0]!.on)
  const span = rule.within?.get(env)
  if (!span) {
    const missing = new Set<string>()
    rule.within?.missing(env, missing)
    return { provisional: false, key: '', missing }
  }
  const key = `of:${counted.map((run) => run.seq).join(',')}`
  const { calendar } = env.outside
  const resumes = rule.text.clock === 'resume'
  const due = resumes ? addRest(from, span, used, calendar) : addSpan(from, span, calendar)
  return { dueOn: due.day, provisional: due.provisional, from, key }
}

/** The day of a stamp, put off by the days of a suspension that its rule names, also of one still running (§5). */
export function stampDay(at: Pick<Env, 'state' | 'day'>, step: Step, stamp: Stamp): Day {
  const stops = step.dues[stamp.rule ?? 0]?.text.stops
  if (!stops || stamp.from === undefined) return stamp.dueOn
  return addDays(stamp.dueOn, daysSuspended(at, stops, stamp.from))
}

/** The due day to show: that of the oldest demand, else the stamp. */
export function dueDay(env: Env, step: Step): { dueOn: Day; provisional: boolean } | undefined {
  const state = stepState(env, step)
  if (!state) return undefined
  const demanded = state.demands
    .filter((demand) => demand.dueOn !== undefined)
    .sort((a, b) => (a.dueOn! < b.dueOn! ? -1 : 1))[0]
  if (demanded) return { dueOn: demanded.dueOn!, provisional: demanded.provisional ?? false }
  return state.stamp && { dueOn: stampDay(env, step, state.stamp), provisional: state.stamp.provisional }
}

/** Whether a due day of the step, stamped or demanded, is behind the day of the environment. */
export function isOverdue(env: Env, step: Step): boolean {
  const state = stepState(env, step)
  if (!state || (state.done && state.demands.length === 0)) return false
  const due = dueDay(env, step)
  return due !== undefined && due.dueOn < env.day
}

/** Same month and date in another year, for windows and periods. */
export function monthDayIn(year: number, monthDay: string): Day {
  const [month, date] = monthDay.split('-').map(Number)
  return dayOf(year, month!, date!)
}
