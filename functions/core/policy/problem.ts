/** Something wrong with a policy, at a place that the author can jump to. */
export interface Problem {
  severity: 'error' | 'warning' | 'note'
  /** shape, reference, unused, cycle, known-too-late, table-gap, table-overlap, dead-step, deadlock … (§19). */
  code: string
  message: string
  /** What would be right. */
  fix?: string
  path: (string | number)[]
  file?: string
  /** From 1. */
  line?: number
  column?: number
  article?: string[]
  /** A counter-example: facts, or a run of steps. */
  example?: unknown
}
