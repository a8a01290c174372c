import { formatSpan, parseSpan } from '../values/span.ts'

/** The lesser rules of a step in words, as its author wrote them. */

/** What a rule is called, by its id. */
export type NameOf = (id: string) => string

/** A span, or that a table gives it. */
export function spanText(raw: unknown): string {
  const span = typeof raw === 'string' ? parseSpan(raw) : undefined
  return span ? formatSpan(span) : typeof raw === 'object' ? '按判定表' : String(raw)
}

/** Who acts: one party, one of several, several together, or by a table. */
export function actorText(raw: unknown, nameOf: NameOf): string {
  if (typeof raw === 'string') return nameOf(raw)
  const map = raw as { any?: string[]; all?: string[] }
  if (map.any) return map.any.map(nameOf).join(' 或 ')
  return map.all ? `${map.all.map(nameOf).join('、')}共同` : '按判定表'
}

/** 「自「竣工验收」起 10 个工作日内」. */
export function dueText(raw: unknown, nameOf: NameOf): string {
  const due = raw as Record<string, unknown>
  const anchors = (one: unknown): string =>
    (Array.isArray(one) ? one : [one])
      .map((item) => {
        if (typeof item === 'string') return `「${nameOf(item)}」`
        if (typeof item === 'object' && item !== null && 'last' in item) return anchors(item.last)
        return `「${nameOf(String((item as { step?: unknown }).step))}」`
      })
      .join('、')
  const missed = due.missed === undefined ? '' : ', 逾期有后果'
  if (due.within !== undefined)
    return `自${anchors(due.of ?? due.first)}起 ${spanText(due.within)}内${missed}`
  if (due.fact !== undefined) return `按「${nameOf(String(due.fact))}」${missed}`
  if (due.before !== undefined) return `「${nameOf(String(due.before))}」前 ${spanText(due.by)}${missed}`
  return `${nameOf(String(due.year ?? ''))} ${due.by} 前${missed}`
}

/** 「07-01 起, 08-31 止, 为下一年度」. */
export function windowText(raw: unknown, nameOf: NameOf): string {
  const window = raw as Record<string, unknown>
  const bound = (one: unknown) =>
    typeof one === 'object' && one !== null && 'fact' in one ? `「${nameOf(String(one.fact))}」` : String(one)
  const days = [
    window.from === undefined ? '' : `${bound(window.from)} 起`,
    window.to === undefined ? '' : `${bound(window.to)} 止`,
  ].filter((part) => part !== '')
  const parts = [window.announced === undefined ? days.join(', ') : '由责任方公布起止日']
  if (window.for !== undefined) parts.push(window.for === 'next-year' ? '为下一年度' : '为本年度')
  if (window.late === 'note') parts.push('逾期只作提示')
  if (window.when !== undefined) parts.push('仅对部分项目')
  return parts.filter((part) => part !== '').join(', ')
}

const EACH: Record<string, string> = { year: '年', 'half-year': '半年', quarter: '季度', month: '月' }

/** 「每年一次, 11-30 前, 自「竣工验收」起, 至「停用」止」. */
export function repeatText(raw: unknown, nameOf: NameOf): string {
  if (typeof raw === 'string') return '可办多次'
  const repeat = raw as Record<string, unknown>
  const named = (key: string, before: string, after: string) =>
    repeat[key] === undefined ? [] : [`${before}「${nameOf(String(repeat[key]))}」${after}`]
  return [
    `每${EACH[String(repeat.each)]}一次`,
    ...(repeat.by === undefined ? [] : [`${repeat.by} 前`]),
    ...named('from', '自', '起'),
    ...named('until', '至', '止'),
  ].join(', ')
}

/** 「此前各版的在办项目, 处于申报、评审的转入; 办过「立项」的不转」. */
export function transitionText(raw: unknown, nameOf: NameOf): string {
  const { of, takes, binds } = raw as { of: string; takes: string[]; binds?: string }
  const which = of === 'earlier' ? '此前各版' : `${of} 起施行的版本`
  const kept = binds === undefined ? '' : `; 办过「${nameOf(binds)}」的不转`
  return `${which}的在办项目, 处于${takes.map(nameOf).join('、')}的转入${kept}`
}
