import { daysBetween } from '../../values/day.ts'
import { compareRatios, type Ratio } from '../../values/ratio.ts'
import type { Value } from '../state.ts'
import type { Name } from './names.ts'

/** Equality of values of one type; sets regardless of order. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  if ('d' in a && 'd' in b) return compareRatios(a as Ratio, b as Ratio) === 0
  if (Array.isArray(a) && Array.isArray(b) && a.every((item) => typeof item === 'string'))
    return (
      a.length === b.length &&
      [...(a as string[])].sort().join('\n') === [...(b as string[])].sort().join('\n')
    )
  return JSON.stringify(a) === JSON.stringify(b)
}

export function compareValues(a: Value, b: Value, name: Name): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'object' && typeof b === 'object' && 'd' in a && 'd' in b)
    return compareRatios(a as Ratio, b as Ratio)
  if (name.type === 'choice') {
    const order = Object.keys(name.options ?? {})
    return order.indexOf(String(a)) - order.indexOf(String(b))
  }
  if (name.type === 'day') return daysBetween(String(b), String(a))
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}
