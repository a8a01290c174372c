import { createHash } from 'node:crypto'

// INVARIANT: this file shares no code with the writer. It knows the format from its description:
// event hash = SHA-256 of the JSON array [stream, version, type, effective day, recorded at, actor, cause, payload];
// entry hash = SHA-256 of algorithm, chain, n, previous hash and entry, one a line; the first previous hash is 64 zeros.

/** An audit entry as its row has it. */
export interface AuditRow {
  chain: string
  n: number
  prev: string
  hash: string
  algorithm: string
  entry: string
}

/** An event as its row has it; actor and payload are the texts that were hashed. */
export interface EventRow {
  stream: string
  version: number
  type: string
  effective_on: string
  recorded_at: string
  actor: string
  cause: string | null
  payload: string
}

/** Where a chain stands after its last entry. */
export interface ChainHead {
  n: number
  hash: string
  version: number
}

/** A chain that does not hold: its first bad entry and what is wrong with it. */
export class Bad extends Error {
  constructor(
    readonly chain: string,
    readonly n: number,
    readonly reason: string,
  ) {
    super(reason)
  }
}

/** The head of a chain that has no entry yet. */
export function emptyHead(): ChainHead {
  return { n: 0, hash: '0'.repeat(64), version: 0 }
}

/** Checks that an entry follows the head and is what its hash says. Throws `Bad`. */
export function checkEntry(row: AuditRow, head: Pick<ChainHead, 'n' | 'hash'>): void {
  if (row.n !== head.n + 1) throw new Bad(row.chain, head.n + 1, '缺少条目')
  if (row.prev !== head.hash) throw new Bad(row.chain, row.n, '与前一条不相接')
  if (row.algorithm !== 'SHA-256') throw new Bad(row.chain, row.n, `不认识的算法 ${row.algorithm}`)
  const text = `${row.algorithm}\n${row.chain}\n${row.n}\n${row.prev}\n${row.entry}`
  if (sha256(text) !== row.hash) throw new Bad(row.chain, row.n, '条目被改动')
}

/** The events that an entry lists must come next, unchanged. Gives the version of the last one. Throws `Bad`. */
export function checkEvents(row: AuditRow, before: number, next: () => EventRow | undefined): number {
  let version = before
  for (const listed of listedEvents(row)) {
    version++
    const event = next()
    if (listed.version !== version || event?.stream !== row.chain || event.version !== version)
      throw new Bad(row.chain, row.n, `缺少事件 ${version}`)
    if (eventHash(event) !== listed.hash) throw new Bad(row.chain, row.n, `事件 ${version} 被改动`)
  }
  return version
}

function listedEvents(row: AuditRow): { version: number; hash: string }[] {
  return (JSON.parse(row.entry) as { events: { version: number; hash: string }[] }).events
}

/** Walks one chain that is at hand as a whole. Gives its head; throws `Bad` for the first entry that does not hold. */
export function checkChain(
  chain: string,
  entries: readonly AuditRow[],
  events: readonly EventRow[],
): ChainHead {
  let head = emptyHead()
  let at = 0
  for (const row of entries) {
    if (row.chain !== chain) throw new Bad(chain, row.n, '条目属于另一条链')
    checkEntry(row, head)
    const version = checkEvents(row, head.version, () => events[at++])
    head = { n: row.n, hash: row.hash, version }
  }
  if (at < events.length) throw new Bad(chain, head.n + 1, `事件 ${events[at]!.version} 没有审计条目`)
  return head
}

/** SHA-256 of a text's UTF-8, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

function eventHash(event: EventRow): string {
  const { stream, version, type, effective_on, recorded_at, actor, cause, payload } = event
  return sha256(JSON.stringify([stream, version, type, effective_on, recorded_at, actor, cause, payload]))
}
