import { formatMoney } from '../../values/money.ts'
import { formatRatio } from '../../values/ratio.ts'
import type { Move } from '../check/play-table.ts'
import type { ScenarioEvent } from '../scenario.ts'

/** A move as an event of a scenario, so that the run can be played again with `simulate`. */
export function eventOfMove({ on, command }: Move): ScenarioEvent {
  const event: Record<string, unknown> = { on, ...(command.type === 'start' ? { start: {} } : {}) }
  const entries = Object.entries(command) as [string, unknown][]
  for (const [key, value] of entries) {
    if (key === 'type' || value === undefined || isEmpty(value)) continue
    if (key === 'decision') event.decide = value
    else if (key === 'facts' && command.type === 'start') event.start = { facts: literalsOf(value) }
    else event[key] = key === 'records' || key === 'facts' ? literalsOf(value) : value
  }
  return event as ScenarioEvent
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** Values of a command as an author writes them. */
export function literalsOf(raw: unknown): unknown {
  if (Array.isArray(raw)) return raw.map(literalsOf)
  if (typeof raw !== 'object' || raw === null) return raw
  if ('fen' in raw) return formatMoney(Number(raw.fen))
  if ('n' in raw && 'd' in raw) return formatRatio({ n: Number(raw.n), d: Number(raw.d) })
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, literalsOf(value)]))
}
