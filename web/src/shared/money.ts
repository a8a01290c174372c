const WAN = 1_000_000

/** Fen as people in offices read amounts: in 万元 with thousands, at most two decimals unless there are more. */
export function wan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return '—'
  const digits = Number.isInteger((fen * 100) / WAN) ? 2 : 6
  return (fen / WAN).toLocaleString('zh-CN', { minimumFractionDigits: 0, maximumFractionDigits: digits })
}

/** Fen in 万元 with two decimals at most, rounded. */
export function roundedWan(fen: number | null): string {
  if (fen === null) return '—'
  return (fen / WAN).toLocaleString('zh-CN', { minimumFractionDigits: 0, maximumFractionDigits: 2 })
}

/** Reads an amount as the service writes it, `12.5万元` or `3000元`, in 万元. */
export function wanOf(written: unknown): number | undefined {
  const match = typeof written === 'string' ? /^(-?[\d.]+)(万元|元)$/.exec(written.replaceAll(',', '')) : null
  if (!match) return undefined
  return match[2] === '万元' ? Number(match[1]) : Number(match[1]) / 10_000
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖'
const SMALL = ['', '拾', '佰', '仟']
const LARGE = ['', '万', '亿', '万亿']

/** An amount in 元 in the characters that papers use: 叁佰万元整. */
export function capitals(yuan: number): string {
  if (!Number.isFinite(yuan) || yuan < 0 || yuan >= 1e15) return ''
  const fen = Math.round(yuan * 100)
  const whole = Math.floor(fen / 100)
  const [jiao, cent] = [Math.floor((fen % 100) / 10), fen % 10]
  const tail =
    jiao + cent === 0 ? '整' : `${jiao ? `${DIGITS[jiao]}角` : '零'}${cent ? `${DIGITS[cent]}分` : '整'}`
  return `${integerCapitals(whole)}元${tail}`
}

function integerCapitals(whole: number): string {
  if (whole === 0) return '零'
  let text = ''
  let gap = false
  for (let group = 3; group >= 0; group--) {
    const part = Math.floor(whole / 10 ** (group * 4)) % 10_000
    if (part === 0) {
      gap = text !== ''
      continue
    }
    if (text && (gap || part < 1000)) text += '零'
    text += groupCapitals(part) + LARGE[group]
    gap = false
  }
  return text
}

function groupCapitals(part: number): string {
  let text = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(part / 10 ** place) % 10
    if (digit === 0) gap = text !== ''
    else {
      text += (gap ? '零' : '') + DIGITS[digit] + SMALL[place]
      gap = false
    }
  }
  return text
}
