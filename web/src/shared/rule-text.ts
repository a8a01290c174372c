import type { PolicyWords } from './policy-words.ts'

const UNITS: Record<string, string> = {
  day: '日',
  days: '日',
  workday: '个工作日',
  workdays: '个工作日',
  month: '个月',
  months: '个月',
  year: '年',
  years: '年',
  week: '周',
  weeks: '周',
}

/** `6 months` as `6个月`. */
export function spanText(span: unknown): string {
  if (typeof span !== 'string') return '视情况'
  const [count = '', unit = ''] = span.split(' ')
  return UNITS[unit] ? `${count}${UNITS[unit]}` : span
}

/** Who does it, as the policy names the party. */
export function partiesText(by: unknown, words: PolicyWords): string {
  if (typeof by === 'string') return words.party(by)
  if (typeof by !== 'object' || by === null) return ''
  if ('any' in by && Array.isArray(by.any)) return by.any.map((one) => words.party(String(one))).join('或')
  if ('all' in by && Array.isArray(by.all)) return by.all.map((one) => words.party(String(one))).join('会同')
  if ('table' in by && typeof by.table === 'object' && by.table !== null && 'rows' in by.table)
    return [...new Set((by.table.rows as { is: unknown }[]).map((row) => partiesText(row.is, words)))].join(
      ' / ',
    )
  return ''
}

/** A due day in words. */
export function dueText(due: unknown, words: PolicyWords): string | undefined {
  if (due === undefined) return undefined
  return (Array.isArray(due) ? due : [due])
    .map((one: Record<string, unknown>) => {
      const of = [one.of ?? one.first ?? []].flat().map((anchor) => anchorText(anchor, words))
      if (one.within !== undefined)
        return `期限: ${of.length > 0 ? `「${of.join('」「')}」后 ` : ''}${spanText(one.within)}内`
      if (typeof one.by === 'string') return `期限: ${monthDay(one.by)}`
      if (typeof one.fact === 'string') return `期限: ${words.name(one.fact)}`
      return ''
    })
    .filter(Boolean)
    .join('; ')
}

function anchorText(anchor: unknown, words: PolicyWords): string {
  if (typeof anchor === 'string') return words.step(anchor)
  if (typeof anchor === 'object' && anchor !== null && 'step' in anchor)
    return words.step(String(anchor.step))
  if (typeof anchor === 'object' && anchor !== null && 'last' in anchor)
    return [anchor.last]
      .flat()
      .map((one) => anchorText(one, words))
      .join('、')
  return ''
}

/** A window in words: by days of the year, or by days that a fact tells. */
export function windowText(window: unknown, words: PolicyWords): string | undefined {
  if (typeof window !== 'object' || window === null) return undefined
  const { from, to, announced } = window as { from?: unknown; to?: unknown; announced?: unknown }
  if (announced) return '办理时间: 按公布的起止日'
  const bound = (one: unknown) =>
    typeof one === 'object' && one !== null && 'fact' in one
      ? `「${words.name(String(one.fact))}」`
      : monthDay(one)
  return `办理时间: ${from ? `${bound(from)} 起` : ''}${from && to ? ', ' : ''}${to ? `${bound(to)} 止` : ''}`
}

function monthDay(bound: unknown): string {
  const text = String(bound)
  const match = /^(\d{2})-(\d{2})$/.exec(text)
  if (match) return `${Number(match[1])}月${Number(match[2])}日`
  if (/^Q[1-4]$/.test(text)) return `第${'一二三四'[Number(text[1]) - 1]}季度`
  const part = /^(\d{2})-(early|mid|late)$/.exec(text)
  if (part)
    return `${Number(part[1])}月${{ early: '上旬', mid: '中旬', late: '下旬' }[part[2] as 'early' | 'mid' | 'late']}`
  return /^\d{1,2}$/.test(text) ? `${Number(text)}月` : '视情况'
}
