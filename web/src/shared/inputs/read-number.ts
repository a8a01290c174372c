const PER_WAN = { 元: 0.0001, 万: 1, 万元: 1, 亿: 10_000, 亿元: 10_000 } as const

/** A trillion yuan: what is larger is a slip of the keyboard. */
const MOST_WAN = 100_000_000

/** Full-width digits as half-width, without blanks and the commas between thousands. */
function plainly(typed: string): string {
  const text = typed.normalize('NFKC').replaceAll(/\s/g, '')
  return /^-?\d{1,3}(,\d{3})+(\D|$)/.test(text) ? text.replaceAll(',', '') : text
}

/** A decimal number; undefined for anything else. */
export function readNumber(typed: string): number | undefined {
  const text = plainly(typed)
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined
}

/** An amount in 万元, which may be written with its unit (`5200000元`); undefined for anything else. */
export function readWan(typed: string): number | undefined {
  const [, digits = '', unit = '万元'] = /^([\d.,]+)(元|万元?|亿元?)?$/.exec(plainly(typed)) ?? []
  const amount = readNumber(digits)
  if (amount === undefined) return undefined
  const wan = Number((amount * PER_WAN[unit as keyof typeof PER_WAN]).toFixed(6))
  return wan <= MOST_WAN ? wan : undefined
}

/** A share in per cent, with or without its sign. */
export function readPercent(typed: string): number | undefined {
  return readNumber(plainly(typed).replace(/%$/, ''))
}

/** A year of four digits; a shorter one is not completed, for it may mean another. */
export function readYear(typed: string): number | undefined {
  const [, digits] = /^(\d{4})年?$/.exec(plainly(typed)) ?? []
  const year = Number(digits)
  return year >= 1949 && year <= 2200 ? year : undefined
}
