import type { useText } from '../text.ts'

/** A fact as people read it: yes and no, options by their titles, lists by their names. */
export function factText(
  value: unknown,
  options: Record<string, string> | undefined,
  t: ReturnType<typeof useText>['t'],
): string {
  if (value === undefined || value === null) return t('cases.unknownFact')
  if (typeof value === 'boolean') return t(value ? 'general.yes' : 'general.no')
  if (typeof value === 'string') return options?.[value] ?? value
  if (Array.isArray(value))
    return (
      value
        .map((one) =>
          typeof one === 'string' ? (options?.[one] ?? one) : Object.values(one as object).join(' '),
        )
        .join('、') || '—'
    )
  if (typeof value === 'object' && 'from' in value && 'to' in value) return `${value.from} — ${value.to}`
  return String(value)
}
