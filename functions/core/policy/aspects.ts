/** What a row compares, in the order in which an overseer reads them. */
export const ASPECTS = [
  'route',
  'threshold',
  'window',
  'interval',
  'deadline',
  'period',
  'change',
  'limit',
  'party',
  'bar',
] as const
export type Aspect = (typeof ASPECTS)[number]
