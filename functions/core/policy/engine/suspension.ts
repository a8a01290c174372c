import { type Day, daysBetween } from '../../values/day.ts'
import type { Env } from '../model.ts'

/** Calendar days since `from` on which a named procedure (a suspension) was running; days counted once (§5 `stops`). */
export function daysSuspended(env: Pick<Env, 'state' | 'day'>, procedures: string[], from: Day): number {
  if (procedures.length === 0) return 0
  const spans = env.state.procedures
    .filter((one) => procedures.includes(one.procedure))
    .map((one) => ({ from: one.openedOn < from ? from : one.openedOn, to: one.endedOn ?? env.day }))
    .filter((one) => one.from < one.to)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  let days = 0
  let reached = from
  for (const span of spans) {
    const start = span.from < reached ? reached : span.from
    if (span.to > start) {
      days += daysBetween(start, span.to)
      reached = span.to
    }
  }
  return days
}
