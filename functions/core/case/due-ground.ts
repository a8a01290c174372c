import { stepState } from '../policy/engine/read-state.ts'
import type { Env } from '../policy/model.ts'
import type { Step } from '../policy/model-step.ts'
import type { Day } from '../values/day.ts'
import { formatSpan } from '../values/span.ts'
import { workdaysBetween } from '../values/workdays.ts'

/** What a due day rests on: a sentence, the articles, the facts. */
export interface DueGround {
  message: string
  article: string[]
  facts: Record<string, string | number | boolean | null>
  /** Working days from today to the due day, the first not counted; negative when it has passed. */
  workdaysLeft: number
}

/** Why the step is due when it is: the demand, the return or the rule that set the day; undefined without a due day. */
export function dueGround(env: Env, step: Step, dueOn: Day): DueGround | undefined {
  const said = sentence(env, step)
  if (!said) return undefined
  const { calendar } = env.outside
  const workdaysLeft =
    dueOn >= env.day
      ? workdaysBetween(env.day, dueOn, calendar)
      : 0 - workdaysBetween(dueOn, env.day, calendar)
  return { ...said, workdaysLeft }
}

function sentence(env: Env, step: Step): Omit<DueGround, 'workdaysLeft'> | undefined {
  const state = stepState(env, step)
  const demand = state?.demands
    .filter((one) => one.dueOn !== undefined)
    .sort((a, b) => (a.dueOn! < b.dueOn! ? -1 : 1))[0]
  if (demand)
    return {
      message: `${demand.on} 起要求办理, 最迟 ${demand.dueOn}`,
      article: demand.article ?? step.article,
      facts: { from: demand.on, to: demand.dueOn! },
    }
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
  const facts: DueGround['facts'] = {}
  rule.when?.show(env, facts as Parameters<typeof rule.when.show>[1])
  const year = text.year === undefined ? undefined : env.state.facts[text.year]
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
