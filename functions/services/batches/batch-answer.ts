import type { Standing } from '../../core/case/standing-view.ts'
import type { Finding } from '../../core/policy/model-finding.ts'
import type { WrittenBatch } from './write-batch.ts'

/** What a command on a batch answers. */
export interface BatchAnswer {
  batch: { id: string; version: number; ended: string | null }
  complete: boolean
  awaiting: string[]
  findings: Finding[]
  obligations: Standing['obligations']
  /** Projects in which the act was carried out. */
  carried: { project: string; version: number; stage: string }[]
}

/** The answer made from what has been written. */
export function batchAnswer(
  id: string,
  written: WrittenBatch,
  findings: Finding[],
  more: { awaiting?: string[]; carried?: BatchAnswer['carried'] } = {},
): BatchAnswer {
  return {
    batch: { id, version: written.version, ended: written.standing.ended?.result ?? null },
    complete: !more.awaiting?.length,
    awaiting: more.awaiting ?? [],
    findings,
    obligations: written.standing.obligations,
    carried: more.carried ?? [],
  }
}
