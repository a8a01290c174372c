import Libsql from 'libsql'
import { type AuditRow, Bad, checkEntry, checkEvents, type EventRow } from '../services/audit/chain-check.ts'

/** Heads that were seen earlier, by chain. */
export type Anchors = Map<string, { n: number; hash: string }>

/** What a database's chains are worth; `bad` is the first entry that does not hold. */
export interface Verdict {
  chains: number
  entries: number
  events: number
  bad?: { chain: string; n: number; reason: string }
}

/** Verifies all chains of one database, reading only. */
export function verifyFile(path: string, anchors: Anchors): Verdict {
  const database = new Libsql(path, { timeout: 0 })
  const verdict: Verdict = { chains: 0, entries: 0, events: 0 }
  try {
    database.exec('PRAGMA query_only=ON; BEGIN')
    walk(database, anchors, verdict)
  } catch (error) {
    if (!(error instanceof Bad)) throw error
    verdict.bad = { chain: error.chain, n: error.n, reason: error.reason }
  } finally {
    if (database.inTransaction) database.exec('ROLLBACK')
    database.close()
  }
  return verdict
}

/** The heads that the control database keeps, by tenant. */
export function readAnchors(control: string): Map<string, Anchors> {
  const database = new Libsql(control, { timeout: 0 })
  try {
    database.exec('PRAGMA query_only=ON')
    const tenants = new Map<string, Anchors>()
    for (const row of database.prepare('SELECT id FROM tenants').all([]) as { id: string }[])
      tenants.set(row.id, new Map())
    const rows = database.prepare('SELECT tenant_id, chain, n, hash FROM anchors').all([])
    for (const row of rows as { tenant_id: string; chain: string; n: number; hash: string }[])
      tenants.get(row.tenant_id)?.set(row.chain, { n: row.n, hash: row.hash })
    return tenants
  } finally {
    database.close()
  }
}

/** Events and audit entries side by side, both in the order of their chains. */
function walk(database: Libsql.Database, anchors: Anchors, verdict: Verdict): void {
  const events = new Walker<EventRow>(
    database
      .prepare(
        'SELECT stream, version, type, effective_on, recorded_at, actor, cause, payload FROM events ORDER BY stream, version',
      )
      .iterate([]) as IterableIterator<EventRow>,
  )
  const seen = new Set<string>()
  let chain = ''
  let head: { n: number; hash: string } = { n: 0, hash: '' }
  let version = 0
  const leave = (): void => {
    if (!chain) return
    if (events.current?.stream === chain)
      throw new Bad(chain, head.n + 1, `事件 ${events.current.version} 没有审计条目`)
    checkState(database, chain, version, head)
  }
  const rows = database
    .prepare('SELECT chain, n, prev, hash, algorithm, entry FROM audit ORDER BY chain, n')
    .iterate([])
  for (const row of rows as IterableIterator<AuditRow>) {
    if (row.chain !== chain) {
      leave()
      chain = row.chain
      head = { n: 0, hash: '0'.repeat(64) }
      version = 0
      verdict.chains++
      seen.add(chain)
      if (events.current && events.current.stream < chain)
        throw new Bad(events.current.stream, 1, `事件 ${events.current.version} 没有审计链`)
    }
    checkEntry(row, head)
    const before = version
    version = checkEvents(row, version, () => events.take())
    verdict.events += version - before
    head = { n: row.n, hash: row.hash }
    verdict.entries++
    const anchor = anchors.get(chain)
    if (anchor?.n === row.n && anchor.hash !== row.hash) throw new Bad(chain, row.n, '与留存的链头不同')
    if (anchor && anchor.n <= row.n) anchors.delete(chain)
  }
  leave()
  if (events.current) throw new Bad(events.current.stream, 1, `事件 ${events.current.version} 没有审计链`)
  for (const [lost, anchor] of anchors)
    throw new Bad(lost, anchor.n, seen.has(lost) ? '链尾被截去' : '整条链不见了')
}

/** A case's stored position must be the end of its chain, or else the chain has lost its tail. */
function checkState(
  database: Libsql.Database,
  chain: string,
  version: number,
  head: { n: number; hash: string },
): void {
  if (!/^(project|batch|unit):/.test(chain)) return
  const row = database.prepare('SELECT version, n, hash FROM streams WHERE stream = ?').get([chain]) as
    | { version: number; n: number; hash: string }
    | undefined
  if (!row) throw new Bad(chain, head.n, '没有对应的状态')
  if (row.n !== head.n || row.hash !== head.hash || row.version !== version)
    throw new Bad(chain, Math.min(row.n, head.n) + 1, row.n > head.n ? '链尾被截去' : '状态落后于链')
}

class Walker<T> {
  current: T | undefined
  readonly #rows: Iterator<T>

  constructor(rows: Iterator<T>) {
    this.#rows = rows
    this.next()
  }

  /** The row that is next in line; the one after it becomes current. */
  take(): T | undefined {
    const taken = this.current
    this.next()
    return taken
  }

  next(): void {
    const { done, value } = this.#rows.next()
    this.current = done ? undefined : value
  }
}
