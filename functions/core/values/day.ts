/** Local dates as ISO text (Asia/Shanghai), which sort as they compare. Pure calendar arithmetic, no clock. */

export type Day = string

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MS_PER_DAY = 86_400_000

/** Whether the text is a day that exists (2026-02-30 does not). */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string') return false
  const match = DAY.exec(text)
  if (!match) return false
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1900 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

export function monthOf(day: Day): number {
  return Number(day.slice(5, 7))
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Year, month and date as a day; a date past the month's end is clamped to its last. */
export function dayOf(year: number, month: number, date: number): Day {
  const clamped = Math.min(date, daysInMonth(year, month))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(clamped).padStart(2, '0')}`
}

function toSerial(day: Day): number {
  return Date.UTC(yearOf(day), monthOf(day) - 1, Number(day.slice(8, 10))) / MS_PER_DAY
}

function fromSerial(serial: number): Day {
  return new Date(serial * MS_PER_DAY).toISOString().slice(0, 10)
}

export function addDays(day: Day, days: number): Day {
  return fromSerial(toSerial(day) + days)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return toSerial(to) - toSerial(from)
}

/** Same date `months` later, clamped to the month's last day (31 August + 6 months = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const index = yearOf(day) * 12 + monthOf(day) - 1 + months
  return dayOf(Math.floor(index / 12), (index % 12) + 1, Number(day.slice(8, 10)))
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return (((toSerial(day) + 4) % 7) + 7) % 7
}
