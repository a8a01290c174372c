import { integer, sql, text, values } from '../../../db/statement.ts'
import type { Deps } from '../../deps.ts'

const CHUNK = 500

/**
 * Copies the heads of audit chains that grew since the last time into the control database, so that cutting off the
 * tail of a chain shows. The cursor moves in the same batch as the heads.
 */
export async function anchorHeads(deps: Deps, tenant: string): Promise<void> {
  const control = deps.databases.control()
  const [cursors] = await control.read([sql`SELECT seq FROM anchor_cursors WHERE tenant_id = ${tenant}`])
  let seq = cursors?.[0] ? integer(cursors[0], 'seq') : 0
  for (;;) {
    const [events = [], heads = [], meta] = await deps.databases.tenant(tenant).read([
      sql`SELECT max(seq) AS last, count(*) AS found FROM (SELECT seq FROM events WHERE seq > ${seq} ORDER BY seq LIMIT ${CHUNK})`,
      sql`SELECT a.chain, a.n, a.hash FROM audit a JOIN (
          SELECT DISTINCT stream FROM (SELECT stream FROM events WHERE seq > ${seq} ORDER BY seq LIMIT ${CHUNK})) s
        ON s.stream = a.chain WHERE a.n = (SELECT max(n) FROM audit WHERE chain = a.chain)`,
      sql`SELECT value FROM meta WHERE key = 'epoch'`,
    ])
    const found = integer(events[0]!, 'found')
    if (found === 0) return
    seq = integer(events[0]!, 'last')
    const seenAt = deps.now().toISOString()
    const rows = heads.map((row) => [
      tenant,
      text(row, 'chain'),
      integer(row, 'n'),
      text(row, 'hash'),
      seenAt,
    ])
    await control.write([
      sql`INSERT INTO anchors (tenant_id, chain, n, hash, seen_at) VALUES ${values(rows)} ON CONFLICT (tenant_id, chain)
        DO UPDATE SET n = excluded.n, hash = excluded.hash, seen_at = excluded.seen_at WHERE excluded.n > anchors.n`,
      sql`INSERT INTO anchor_cursors (tenant_id, epoch, seq) VALUES (${tenant}, ${text(meta![0]!, 'value')}, ${seq})
        ON CONFLICT (tenant_id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq`,
    ])
    if (found < CHUNK) return
  }
}
