/** The day in the office's time zone, as the service counts. */
export function todayInOffice(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}

/** Calendar days from `from` to `to`; negative when `to` is past. */
export function daysUntil(to: string, from: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

/** An instant as day and minute in the office's time zone. */
export function instantText(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at))
}
