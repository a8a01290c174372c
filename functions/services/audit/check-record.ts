import { Bad, checkChain, sha256 } from './chain-check.ts'
import type { ProjectRecord, RecordChain } from './record.ts'

/** What a record is worth; `bad` is the first thing that does not hold. */
export interface RecordVerdict {
  entries: number
  events: number
  files: number
  /** The end of the project's own chain, as far as it holds. */
  head: { n: number; hash: string } | null
  bad: { chain: string; n: number; reason: string } | null
}

/**
 * Verifies a record by itself: every chain from its first entry to its head, the heads that were kept elsewhere, the
 * texts of the policies and the hashes of the files against the events that stored them.
 */
export function checkRecord(record: ProjectRecord): RecordVerdict {
  const verdict: RecordVerdict = { entries: 0, events: 0, files: 0, head: null, bad: null }
  const own = `project:${record.project.id}`
  try {
    if (!record.chains.some((one) => one.chain === own)) throw new Bad(own, 1, '整条链不见了')
    for (const chain of record.chains) {
      const head = checkHeads(chain)
      verdict.entries += chain.entries.length
      verdict.events += chain.events.length
      if (chain.chain === own) verdict.head = { n: head.n, hash: head.hash }
    }
    for (const one of record.policies)
      if (sha256(one.text) !== one.hash) throw new Bad(own, 1, `办法版本 ${one.effectiveOn} 的文本被改动`)
    verdict.files = checkFiles(record, own)
  } catch (error) {
    if (!(error instanceof Bad)) throw error
    verdict.bad = { chain: error.chain, n: error.n, reason: error.reason }
  }
  return verdict
}

function checkHeads({ chain, entries, events, head: kept, anchor }: RecordChain) {
  const head = checkChain(chain, entries, events)
  if (kept && (kept.n !== head.n || kept.hash !== head.hash || kept.version !== head.version))
    throw new Bad(chain, Math.min(kept.n, head.n) + 1, kept.n > head.n ? '链尾被截去' : '状态落后于链')
  if (anchor && anchor.n > head.n) throw new Bad(chain, anchor.n, '链尾被截去')
  if (anchor && entries[anchor.n - 1]?.hash !== anchor.hash)
    throw new Bad(chain, anchor.n, '与留存的链头不同')
  return head
}

/** Each file's hash is the one that was written when it was stored; each file that the project names is there. */
function checkFiles(record: ProjectRecord, own: string): number {
  for (const file of record.files) {
    const stored = record.chains.find((one) => one.chain === `material:${file.id}`)?.events[0]
    const written = stored ? (JSON.parse(stored.payload) as { sha256?: string }).sha256 : undefined
    if (written !== file.sha256) throw new Bad(`material:${file.id}`, 1, `文件「${file.name}」的散列值不符`)
  }
  const known = new Set(record.files.map((one) => one.id))
  for (const event of record.chains.find((one) => one.chain === own)?.events ?? []) {
    const { materials = [] } = JSON.parse(event.payload) as { materials?: { file?: string }[] }
    for (const { file } of materials)
      if (file !== undefined && !known.has(file)) throw new Bad(own, event.version, `缺少文件 ${file} 的记录`)
  }
  return record.files.length
}
