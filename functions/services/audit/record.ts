import type { AuditRow, ChainHead, EventRow } from './chain-check.ts'

/** How the record of one project is laid out; a change of its meaning takes a new name. */
export const RECORD_FORMAT = 'zhengxiang-record/1'

/** One audit chain with the events that it covers, as the rows of the database have them. */
export interface RecordChain {
  chain: string
  events: EventRow[]
  entries: AuditRow[]
  /** The position that the database keeps for the stream; null where it keeps none. */
  head: ChainHead | null
  /** The head that was copied out of the tenant's database earlier, if it was. */
  anchor: { n: number; hash: string; seenAt: string } | null
}

/** Everything about one project that an auditor needs to verify it elsewhere. */
export interface ProjectRecord {
  format: typeof RECORD_FORMAT
  tenant: string
  madeAt: string
  project: { id: string; title: string; organisationId: string; organisation: string; policy: string }
  /** Derived from the events, for reading. */
  facts: Record<string, unknown>
  unit: Record<string, unknown>
  /** The versions of the policy, each with its text, whose SHA-256 is its hash. */
  policies: { hash: string; effectiveOn: string; title: string; text: string }[]
  /** The project's own chain first, then one for each file. */
  chains: RecordChain[]
  files: { id: string; name: string; size: number; sha256: string }[]
}
