import { integer, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { boundBy, foldNext } from '../../core/case/fold-log.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { seededCalendar } from '../calendar.ts'
import { shanghaiDay } from '../context.ts'
import { type AdoptedPolicy, versionOn } from '../tenants/policies.ts'
import type { Surroundings } from './case-reads.ts'

/** An event of a case as its row has it. */
export interface WrittenEvent {
  seq: number
  version: number
  /** When it was written. */
  at: string
  /** The organisation of the person who did it. */
  organisation?: string
  event: CaseEvent
}

/** The versions of a tenant, and where in the log each was adopted: what is written before did not know it. */
export type LawBook = Pick<Surroundings, 'versions'> & { adoptions: Map<string, number> }

/** Statement for the places in the log at which versions were adopted; read its rows with `adoptionsOf`. */
export const adoptionsStatement: Statement = sql`SELECT seq, payload ->> 'hash' AS hash FROM events
  WHERE stream = 'directory' AND payload ->> 'hash' IS NOT NULL`

/** By the hash of each version the sequence of its adoption. */
export function adoptionsOf(rows: readonly Row[]): Map<string, number> {
  return new Map(rows.map((row) => [text(row, 'hash'), integer(row, 'seq')]))
}

/** Statement for the logs of cases; `streams` selects them. Read its rows with `writtenEventOf`. */
export function logStatement(streams: Statement): Statement {
  return sql`SELECT seq, stream, version, recorded_at, actor ->> 'organisation' AS organisation, payload FROM events
    WHERE stream IN (${streams}) ORDER BY stream, version`
}

/** A row of `logStatement`. */
export function writtenEventOf(row: Row): WrittenEvent {
  return {
    seq: integer(row, 'seq'),
    version: integer(row, 'version'),
    at: text(row, 'recorded_at'),
    organisation: row.organisation === null ? undefined : text(row, 'organisation'),
    event: JSON.parse(text(row, 'payload')) as CaseEvent,
  }
}

/** A place in a log: what the case was then, and the version that judged the entry. */
interface Placed {
  entry: WrittenEvent
  state: CaseState
  adopted: AdoptedPolicy
}

/** A case as its log makes it; `counting` are the entries that count, without what was taken back. */
export interface FoldedCase {
  state: CaseState
  adopted: AdoptedPolicy
  counting: Placed[]
}

/** Sees every entry in its turn, those too that are taken back later, with the states around it. */
type Visit = (
  entry: WrittenEvent,
  seen: { before: CaseState | undefined; after: CaseState; adopted: AdoptedPolicy },
) => void

/**
 * Folds the whole log of a case. A bound project follows its version, an unbound one the version that was in force, and
 * known, when each event was written; a batch that of its opening.
 */
export function foldWritten(log: readonly WrittenEvent[], law: LawBook, visit?: Visit): FoldedCase {
  const counting: Placed[] = []
  for (const entry of log) {
    const before = counting.at(-1)
    const { event } = entry
    if (event.type === 'withdrawn') counting.splice(Math.max(1, counting.length - event.takes))
    else {
      const bound = boundBy(before?.state, event)
      const adopted = before?.state.kind === 'batch' ? before.adopted : versionAt(law, bound, entry)
      const past = event.type === 'transferred' ? counting.map((one) => one.entry.event) : []
      const state = foldNext(before?.state, past, entry, () => adopted.policy, seededCalendar)
      counting.push({ entry, state, adopted })
    }
    const { state: after, adopted } = counting.at(-1)!
    visit?.(entry, { before: before?.state, after, adopted })
  }
  const last = counting.at(-1)
  if (!last) throw new Error('a case without events')
  return { state: last.state, adopted: last.adopted, counting }
}

function versionAt(law: LawBook, bound: string | undefined, { at, seq }: WrittenEvent): AdoptedPolicy {
  const known = law.versions.filter(({ hash }) => (law.adoptions.get(hash) ?? Number.POSITIVE_INFINITY) < seq)
  const day = shanghaiDay(new Date(at))
  const found =
    bound === undefined ? versionOn(known, day) : law.versions.find((one) => one.effectiveOn === bound)
  if (!found) throw new Error(`no policy version ${bound ?? 'in force'} for an event of ${day}`)
  return found
}
