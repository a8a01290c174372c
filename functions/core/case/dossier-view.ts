import type { TypeName } from '../policy/document/document-facts.ts'
import type { Row } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

/** One thing that an execution recorded. */
export interface DossierRecord {
  id: string
  title: string
  type: TypeName
  /** As people read it; of a list the number of its rows. */
  value: string | number | boolean
  amountFen?: number
  rows?: Row[]
  /** Titles of the columns of `rows`, where the policy names columns. */
  columns?: Record<string, string>
  article: string[]
}

/** One execution of a step with all that came with it. */
export interface DossierRun {
  step: string
  title: string
  stage: string
  /** Run of a procedure, such as `change-1`. */
  procedure?: string
  part?: string
  period?: string
  n: number
  on: Day
  by: string[]
  outcome: string
  outcomeTitle: string
  settles: boolean
  /** Taken back since. */
  undone?: boolean
  /** Batch event that carried it. */
  through?: string
  remark?: string
  records: DossierRecord[]
  materials: {
    id: string
    title: string
    file?: string
    reason?: string
    contents?: string[]
    article: string[]
  }[]
  article: string[]
}
