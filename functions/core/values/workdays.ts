import { addDays, type Day, weekdayOf, yearOf } from './day.ts'

/** The State Council's calendar: weekdays off and weekend days worked, for the years whose notice is published. */
export interface Calendar {
  /** Years whose arrangement is known; outside them a result is provisional. */
  years: ReadonlySet<number>
  /** Weekdays that are public holidays. */
  off: ReadonlySet<Day>
  /** Weekend days that are make-up working days. */
  work: ReadonlySet<Day>
}

export interface Reckoned {
  day: Day
  /** True when the reckoning touched a year whose holidays are not published: an ordinary week was assumed. */
  provisional: boolean
}

export function isWorkday(day: Day, calendar: Calendar): boolean {
  const weekday = weekdayOf(day)
  const weekend = weekday === 0 || weekday === 6
  return weekend ? calendar.work.has(day) : !calendar.off.has(day)
}

/** The day that is `count` working days after `from` (negative: before); `from` itself is not counted. */
export function addWorkdays(from: Day, count: number, calendar: Calendar): Reckoned {
  const step = count < 0 ? -1 : 1
  let day = from
  let left = Math.abs(count)
  let provisional = false
  while (left > 0) {
    day = addDays(day, step)
    if (!calendar.years.has(yearOf(day))) provisional = true
    if (isWorkday(day, calendar)) left -= 1
  }
  return { day, provisional }
}

/** Working days after `from` up to and with `to`. */
export function workdaysBetween(from: Day, to: Day, calendar: Calendar): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkday(day, calendar)) count += 1
  return count
}

/** The day itself when it is a working day, else the next that is. */
export function rollToWorkday(day: Day, calendar: Calendar): Reckoned {
  let rolled = day
  while (!isWorkday(rolled, calendar)) rolled = addDays(rolled, 1)
  return { day: rolled, provisional: !calendar.years.has(yearOf(day)) || !calendar.years.has(yearOf(rolled)) }
}
