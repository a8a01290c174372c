import { canonical, sha256 } from '../../../db/canonical.ts'
import type { Database } from '../../../db/database.ts'
import { integer, optionalText, type Row, type SqlValue, sql, text } from '../../../db/statement.ts'
import type { LogEntry, PolicyVersion } from '../../core/oversight/log-entry.ts'
import type { PolicyCache } from '../tenants/policies.ts'

/** Entries read at once; an act is split only when it alone is longer. */
export const PAGE = 200

const COLUMNS = sql`seq, stream, version, type, effective_on, recorded_at, actor, cause, payload`

/** A row of the log, as read. */
export interface LoggedEntry {
  seq: number
  row: Row
}

/** A look at a tenant's log, in one snapshot. */
export interface LogLook {
  epoch: string
  head: number
  /** Hash of the event that the reader has read last; undefined when it is not there. */
  mark: string | undefined
  /** What follows it, at most a page and one. */
  following: LoggedEntry[]
}

/** Looks at what follows `seq` in a tenant's log. */
export async function lookAtLog(database: Database, seq: number): Promise<LogLook> {
  const [epoch = [], last = [], following = [], head = []] = await database.read([
    sql`SELECT value FROM meta WHERE key = 'epoch'`,
    sql`SELECT ${COLUMNS} FROM events WHERE seq = ${seq}`,
    sql`SELECT ${COLUMNS} FROM events WHERE seq > ${seq} ORDER BY seq LIMIT ${PAGE + 1}`,
    sql`SELECT coalesce(max(seq), 0) AS head FROM events`,
  ])
  if (!epoch[0] || !head[0]) throw new Error('the database is no tenant that was founded')
  return {
    epoch: text(epoch[0], 'value'),
    head: integer(head[0], 'head'),
    mark: last[0] && markOf(last[0]),
    following: following.map((row) => ({ seq: integer(row, 'seq'), row })),
  }
}

/** A fingerprint of an event, by which another log under the same numbers shows. */
export function markOf(row: Row): string {
  const values: SqlValue[] = ['seq', 'stream', 'version', 'type', 'effective_on', 'recorded_at', 'actor'].map(
    (column) => row[column] ?? null,
  )
  return sha256(canonical([...values, optionalText(row, 'cause') ?? null, text(row, 'payload')]))
}

/** The entries that follow `seq` without a gap, whatever order or number they came in. */
export function consecutive(found: readonly LoggedEntry[], seq: number): LoggedEntry[] {
  const entries: LoggedEntry[] = []
  for (const entry of found.toSorted((a, b) => a.seq - b.seq))
    if (entry.seq === seq + entries.length + 1) entries.push(entry)
  return entries
}

/** A page that does not end within an act, unless the act is longer than a page. */
export function wholeActs(entries: LoggedEntry[]): LoggedEntry[] {
  const next = entries.at(PAGE)
  if (!next) return entries
  let end = PAGE
  while (end > 0 && actOf(entries[end - 1]!) === actOf(next)) end--
  return entries.slice(0, end > 0 ? end : PAGE)
}

function actOf({ row }: LoggedEntry): string {
  return `${text(row, 'recorded_at')} ${text(row, 'actor')}`
}

/** The entry for folding. Throws when the payload is no JSON. */
export function entryOf({ row }: LoggedEntry): LogEntry {
  return {
    seq: integer(row, 'seq'),
    stream: text(row, 'stream'),
    version: integer(row, 'version'),
    type: text(row, 'type'),
    on: text(row, 'effective_on'),
    at: text(row, 'recorded_at'),
    payload: JSON.parse(text(row, 'payload')) as Record<string, unknown>,
  }
}

/** Everything that streams say up to `seq`, by stream. Throws when the log is not the one of `epoch`. */
export async function historiesOf(
  database: Database,
  streams: readonly string[],
  seq: number,
  epoch: string,
): Promise<Map<string, LogEntry[]>> {
  const histories = new Map<string, LogEntry[]>()
  if (streams.length === 0) return histories
  const [found, events = []] = await database.read([
    sql`SELECT value FROM meta WHERE key = 'epoch'`,
    sql`SELECT ${COLUMNS} FROM events WHERE stream IN (SELECT value FROM json_each(${JSON.stringify(streams)}))
      AND seq <= ${seq} ORDER BY stream, version`,
  ])
  if (!found?.[0] || text(found[0], 'value') !== epoch) throw new Error('the log has been replaced')
  for (const row of events) {
    const entry = entryOf({ seq: integer(row, 'seq'), row })
    histories.set(entry.stream, [...(histories.get(entry.stream) ?? []), entry])
  }
  return histories
}

/** The compiled policy versions of a tenant. */
export async function versionsOf(
  database: Database,
  policies: PolicyCache,
  tenant: string,
): Promise<PolicyVersion[]> {
  const [versions = []] = await database.read([policies.statement(tenant)])
  return policies.versions(tenant, versions).map(({ hash, effectiveOn, policy }) => ({
    hash,
    effectiveOn,
    policy,
  }))
}
