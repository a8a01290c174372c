import type { Outside } from '../policy/model.ts'
import type { Value, Values } from '../policy/state.ts'
import type { Calendar } from '../values/workdays.ts'
import type { LogEntry, PolicyVersion } from './log-entry.ts'

/** What surrounds the projects of a tenant, folded from its log. */
export interface TenantFold {
  /** Names of organisations by id. */
  organisations: Record<string, string>
  /** Facts of units by organisation. */
  units: Record<string, Values>
  announced: NonNullable<Outside['announced']>
  /** By the hash of each policy version the sequence of its adoption: what comes before it did not know it. */
  policies: Record<string, number>
}

/** Whose projects stand differently after an entry: nobody's, those of some organisations, or all. */
export type Reach = readonly string[] | 'all'

/** A tenant whose log has not begun. */
export const NO_TENANT: TenantFold = { organisations: {}, units: {}, announced: {}, policies: {} }

/** Folds an entry that is about no single project; entries that say nothing of what surrounds projects change nothing. */
export function foldTenant(fold: TenantFold, entry: LogEntry): { fold: TenantFold; reach: Reach } {
  const { payload } = entry
  if (entry.stream.startsWith('unit:')) {
    const organisation = entry.stream.slice('unit:'.length)
    const facts = { ...fold.units[organisation], ...valuesIn(payload.facts) }
    return { fold: { ...fold, units: { ...fold.units, [organisation]: facts } }, reach: [organisation] }
  }
  if (entry.stream.startsWith('announcement:')) return announce(fold, payload)
  if (entry.stream === 'directory' || entry.stream.startsWith('organisation:')) return direct(fold, entry)
  return { fold, reach: [] }
}

/** The versions that were adopted before an entry; all that were adopted without one. */
export function versionsKnown(
  versions: readonly PolicyVersion[],
  fold: TenantFold,
  before = Number.POSITIVE_INFINITY,
): PolicyVersion[] {
  return versions.filter(({ hash }) => (fold.policies[hash] ?? Number.POSITIVE_INFINITY) < before)
}

/** What the engine is given from outside a project of an organisation. */
export function outsideFrom(fold: TenantFold, organisation: string, calendar: Calendar): Outside {
  return {
    unit: { facts: fold.units[organisation] ?? {}, sanctions: [] },
    announced: fold.announced,
    calendar,
  }
}

/** Entries of the directory found a tenant, add organisations, adopt policies. */
function direct(fold: TenantFold, { payload, seq }: LogEntry): { fold: TenantFold; reach: Reach } {
  const named = organisationsIn(payload)
  const organisations = { ...fold.organisations, ...Object.fromEntries(named) }
  if (typeof payload.hash === 'string' && typeof payload.effectiveOn === 'string')
    return {
      fold: { ...fold, organisations, policies: { ...fold.policies, [payload.hash]: seq } },
      reach: 'all',
    }
  if (named.length === 0) return { fold, reach: [] }
  return { fold: { ...fold, organisations }, reach: named.map(([id]) => id) }
}

function announce(
  fold: TenantFold,
  { step, year, from, to }: LogEntry['payload'],
): { fold: TenantFold; reach: Reach } {
  if (typeof step !== 'string' || typeof to !== 'string') return { fold, reach: [] }
  const span = { ...(typeof from === 'string' ? { from } : {}), to }
  const announced = { ...fold.announced, [step]: { ...fold.announced[step], [String(year)]: span } }
  return { fold: { ...fold, announced }, reach: 'all' }
}

/** Organisations that an entry of the directory names: a list of them, or one. */
function organisationsIn(payload: LogEntry['payload']): [string, string][] {
  const list = Array.isArray(payload.organisations) ? payload.organisations : [payload]
  return list.flatMap((one: unknown): [string, string][] => {
    if (typeof one !== 'object' || one === null || !('id' in one) || !('name' in one)) return []
    return typeof one.id === 'string' && typeof one.name === 'string' ? [[one.id, one.name]] : []
  })
}

function valuesIn(facts: unknown): Values {
  return typeof facts === 'object' && facts !== null ? (facts as Record<string, Value>) : {}
}
