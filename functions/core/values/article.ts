const DIGITS = '零一二三四五六七八九'
const WRITTEN = /^(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/

/** A number as regulations count: 5 → 五, 38 → 三十八, 105 → 一百零五; from 1 to 999. */
export function numeral(n: number): string {
  const hundreds = Math.floor(n / 100)
  const tens = Math.floor((n % 100) / 10)
  const ones = n % 10
  const ten = tens === 0 ? (hundreds > 0 && ones > 0 ? '零' : '') : `${n < 20 ? '' : DIGITS[tens]}十`
  return `${hundreds > 0 ? `${DIGITS[hundreds]}百` : ''}${ten}${ones === 0 ? '' : DIGITS[ones]}`
}

/** The number that a text writes, in Chinese numerals or digits of either width, spaces aside; undefined when it is none. */
export function numberOf(written: string): number | undefined {
  const text = written
    .replace(/\s/g, '')
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  if (/^\d{1,3}$/.test(text)) return Number(text) || undefined
  const [, hundreds, tens, ten, ones] = WRITTEN.exec(text.replace(/〇/g, '零').replace(/两/g, '二')) ?? []
  const worth = (digit: string | undefined) => (digit === undefined ? 0 : DIGITS.indexOf(digit))
  return worth(hundreds) * 100 + (ten === undefined ? 0 : worth(tens) * 10 || 10) + worth(ones) || undefined
}

/** 1 → 第一条, 38 → 第三十八条, 120 → 第一百二十条. */
export function articleName(n: number): string {
  return `第${numeral(n)}条`
}
