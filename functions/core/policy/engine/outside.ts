import type { Outside } from '../model.ts'

/** Nothing known from outside: replay needs the calendar only, which the caller puts in. */
export const emptyOutside: Outside = {
  unit: { facts: {}, sanctions: [] },
  calendar: { years: new Set(), off: new Set(), work: new Set() },
}
