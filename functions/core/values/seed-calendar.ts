import { weekdayOf } from './day.ts'
import type { Calendar } from './workdays.ts'

/** Years whose State Council notice chinese-days holds; outside it answers silently like an ordinary week. */
const FIRST_YEAR = 2004
const LAST_YEAR = 2026

/** The working-day calendar made from the data of chinese-days; a year it does not know makes a deadline provisional. */
export function seedCalendar(data: {
  holidays: Record<string, string>
  workdays: Record<string, string>
}): Calendar {
  const years = new Set<number>()
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) years.add(year)
  const isWeekend = (day: string) => weekdayOf(day) === 0 || weekdayOf(day) === 6
  return {
    years,
    off: new Set(Object.keys(data.holidays).filter((day) => !isWeekend(day))),
    work: new Set(Object.keys(data.workdays).filter(isWeekend)),
  }
}
