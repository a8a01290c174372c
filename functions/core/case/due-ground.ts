import type { OpinionLook } from '../policy/engine/assent.ts'
import { stepState } from '../policy/engine/read-state.ts'
import type { Env } from '../policy/model.ts'
import type { Step } from '../policy/model-step.ts'
import type { Demand } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { formatSpan } from '../values/span.ts'
import { workdaysBetween } from '../values/workdays.ts'
import type { ObligationStanding } from './standing-view.ts'

/** What sets a due day: a sentence, the articles, the facts. */
export interface DueReason {
  message: string
  article: string[]
  facts: Record<string, string | number | boolean | null>
}

/** What a due day rests on, and how far it is. */
export interface DueGround extends DueReason {
  /** Working days from today to the due day, the first not counted; negative when it has passed. */
  workdaysLeft: number
}

/** Why the step is due when it is: the demand, the return or the rule that set the day; undefined without a due day. */
export function dueGround(env: Env, step: Step, dueOn: Day): DueGround | undefined {
  const said = sentence(env, step)
  return said && grounded(env, said, dueOn)
}

/** The same of something owed, which may be one of several demands or a period of its step. */
export function owedGround(env: Env, step: Step, owed: ObligationStanding): DueGround | undefined {
  return owed.dueOn === undefined ? undefined : grounded(env, owedReason(env, step, owed), owed.dueOn)
}

/** Why an opinion is awaited until that day, and what silence means after it. */
export function opinionGround(env: Env, { rule, openedOn, dueOn }: OpinionLook): DueGround | undefined {
  const span = rule.within?.get(env)
  if (!span || openedOn === undefined || dueOn === undefined) return undefined
  const silence = SILENCE[rule.text.silence ?? '']
  const message = `自 ${openedOn} 征求意见起 ${formatSpan(span)}内, 当天不计${silence ? `; ${silence}` : ''}`
  return grounded(env, { message, article: rule.article, facts: { from: openedOn, to: dueOn } }, dueOn)
}

const SILENCE: Record<string, string> = { agrees: '逾期不答复视为同意', skips: '逾期不答复不计' }

function grounded(env: Env, said: DueReason, dueOn: Day): DueGround {
  const { calendar } = env.outside
  const workdaysLeft =
    dueOn >= env.day
      ? workdaysBetween(env.day, dueOn, calendar)
      : 0 - workdaysBetween(dueOn, env.day, calendar)
  return { ...said, workdaysLeft }
}

/** Why something owed is due when it is: its demand, its period, or what set the day of its step. */
export function owedReason(env: Env, step: Step, owed: ObligationStanding): DueReason {
  const { dueOn, period } = owed
  const plain = { message: '', article: owed.article, facts: {} }
  if (dueOn === undefined) return plain
  if (period !== undefined)
    return { ...plain, message: `${period} 期应办, 最迟 ${dueOn}`, facts: { to: dueOn } }
  const demand = owed.demand !== undefined && stepState(env, step)?.demands.find(({ n }) => n === owed.demand)
  return (demand ? demandReason(demand, step) : sentence(env, step)) ?? plain
}

function demandReason(demand: Demand, step: Step): DueReason {
  return {
    message: `${demand.on} 起要求办理, 最迟 ${demand.dueOn}`,
    article: demand.article ?? step.article,
    facts: { from: demand.on, to: demand.dueOn! },
  }
}

function sentence(env: Env, step: Step): DueReason | undefined {
  const state = stepState(env, step)
  const demand = state?.demands
    .filter((one) => one.dueOn !== undefined)
    .sort((a, b) => (a.dueOn! < b.dueOn! ? -1 : 1))[0]
  if (demand) return demandReason(demand, step)
  const stamp = state?.stamp
  if (!stamp) return undefined
  if (stamp.rule === undefined)
    return {
      message: state?.reopened ? `退回重办时限定在 ${stamp.dueOn} 前` : `期限已改为 ${stamp.dueOn}`,
      article: state?.reopened?.article ?? step.article,
      facts: { to: stamp.dueOn },
    }
  const rule = step.dues[stamp.rule]
  if (!rule) return undefined
  const { text } = rule
  const span = rule.within?.get(env)
  const anchors = rule.anchors.map((one) => env.policy.steps[one.step]!.title).join('、')
  const name = text.fact ?? text.before
  const facts: DueReason['facts'] = {}
  rule.when?.show(env, facts as Parameters<typeof rule.when.show>[1])
  const year = text.year === undefined ? undefined : env.state.facts[text.year]
  if (name) {
    const day = (rule.fact ?? rule.before)?.(env)
    facts[name] = typeof day === 'string' ? day : null
  }
  if (text.year !== undefined) facts[text.year] = typeof year === 'number' ? year : null
  if (stamp.from && anchors) facts.from = stamp.from
  const message = anchors
    ? `自「${anchors}」${stamp.from ? `(${stamp.from})` : ''}起 ${span ? formatSpan(span) : ''}内, 当天不计`
    : name
      ? text.before
        ? `「${titleOf(env, name)}」前 ${rule.ahead ? formatSpan(rule.ahead) : ''}`
        : `按「${titleOf(env, name)}」`
      : `${typeof year === 'number' ? `${year} 年` : ''} ${monthDayText(String(text.by ?? ''))}前`.trim()
  return { message, article: rule.article, facts }
}

/** `12-31` as people write it: 12 月 31 日. */
function monthDayText(monthDay: string): string {
  const [month, day] = monthDay.split('-').map(Number)
  return month && day ? `${month} 月 ${day} 日` : monthDay
}

function titleOf(env: Env, name: string): string {
  const fact = env.policy.facts.get(name)
  if (fact) return fact.title
  const [id = '', record = ''] = name.split('.')
  const step = env.policy.steps[env.policy.stepIndex.get(id) ?? -1]
  return step?.records.find((one) => one.id === record)?.title ?? name
}
