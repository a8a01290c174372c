/** Money: integer 分 (fen) inside, 万元/元 on the way in and out; never a float. */

const UNIT_FEN: Record<string, bigint> = { 元: 100n, 万元: 1_000_000n, 亿元: 10_000_000_000n }
const AMOUNT = /^([+-]?)(\d{1,15})(?:\.(\d{1,8}))?\s*(亿元|万元|元)$/

/**
 * Reads an amount written with its unit (`100万元`, `12.5元`, `0.000001万元`).
 * @returns integer fen, or undefined when the text is no amount, is finer than one fen, or leaves the safe integers.
 */
export function parseMoney(text: string): number | undefined {
  const match = AMOUNT.exec(text.replaceAll(',', '').replaceAll('，', '').trim())
  if (!match) return undefined
  const [, sign, whole, fraction = '', unit] = match
  const scale = 10n ** BigInt(fraction.length)
  const scaled = BigInt(whole + fraction) * UNIT_FEN[unit!]!
  if (scaled % scale !== 0n) return undefined
  const fen = Number(scaled / scale)
  if (!Number.isSafeInteger(fen)) return undefined
  return sign === '-' ? -fen : fen
}

/** Writes fen as the shortest exact amount with unit: 万元 from one 万元 up, else 元. */
export function formatMoney(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const size = Math.abs(fen)
  const [perUnit, digits, unit] = size >= 1_000_000 ? [1_000_000, 6, '万元'] : [100, 2, '元']
  const whole = Math.floor(size / perUnit)
  const rest = String(size % perUnit)
    .padStart(digits, '0')
    .replace(/0+$/, '')
  return `${sign}${whole}${rest ? `.${rest}` : ''}${unit}`
}
