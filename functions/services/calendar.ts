import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { seedCalendar } from '../core/values/seed-calendar.ts'

/** The working-day calendar that the service reckons with. */
export const seededCalendar = seedCalendar(chineseDays)
