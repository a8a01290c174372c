/** An exact ratio of two integers; the divisor is positive. */
export interface Ratio {
  n: number
  d: number
}

const PERCENT = /^([+-]?)(\d{1,9})(?:\.(\d{1,6}))?\s*%$/

/** Reads `15%`, `12.5%`; undefined when the text is no percentage. */
export function parseRatio(text: string): Ratio | undefined {
  const match = PERCENT.exec(text.trim())
  if (!match) return undefined
  const fraction = match[3] ?? ''
  const n = Number((match[2] ?? '') + fraction)
  return { n: match[1] === '-' ? -n : n, d: 100 * 10 ** fraction.length }
}

/** Sign of a − b by cross multiplication; exact at any size. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const left = BigInt(a.n) * BigInt(b.d)
  const right = BigInt(b.n) * BigInt(a.d)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Sign of amount − ratio × base, both sides multiplied out. */
export function compareToShare(amount: number, share: Ratio, base: number): number {
  const difference = BigInt(amount) * BigInt(share.d) - BigInt(base) * BigInt(share.n)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The ratio as a percentage with at most four decimals, for people. */
export function formatRatio(ratio: Ratio): string {
  const hundredths = (BigInt(ratio.n) * 1_000_000n) / BigInt(ratio.d)
  return `${Number(hundredths) / 10_000}%`
}
