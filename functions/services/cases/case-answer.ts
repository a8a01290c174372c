import type { Standing } from '../../core/case/standing-view.ts'
import type { Finding } from '../../core/policy/model-finding.ts'
import type { WrittenCase } from './write-case.ts'

/** What a command on a project answers: where the case stands now and what is to be done next. */
export interface CaseAnswer {
  project: {
    id: string
    version: number
    stage: string
    stageTitle: string
    settled: boolean
    ended: string | null
  }
  /** False while a joint step awaits other parties. */
  complete: boolean
  awaiting: string[]
  /** Instance that a started procedure got. */
  procedure: string | null
  findings: Finding[]
  obligations: Standing['obligations']
}

/** The answer made from what has been written. */
export function caseAnswer(
  id: string,
  written: WrittenCase,
  findings: Finding[],
  more: { awaiting?: string[]; procedure?: string } = {},
): CaseAnswer {
  const { standing: seen } = written
  return {
    project: {
      id,
      version: written.version,
      stage: seen.stage,
      stageTitle: seen.stageTitle,
      settled: seen.settled,
      ended: seen.ended?.result ?? null,
    },
    complete: !more.awaiting?.length,
    awaiting: more.awaiting ?? [],
    procedure: more.procedure ?? null,
    findings,
    obligations: seen.obligations,
  }
}
