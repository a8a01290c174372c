import type { Statement } from '../../db/statement.ts'

/** What the bare routes send, and the databases that they send it to. */
export interface Recorded {
  /** The write statements of each step. */
  writes: Statement[][]
  list: Statement[]
  paths: Record<'bare' | 'single' | 'plain', string>
}
