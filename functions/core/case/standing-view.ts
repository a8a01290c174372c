import type { StepLook } from '../policy/engine/survey.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Day } from '../values/day.ts'
import type { DueGround } from './due-ground.ts'
import type { ReturnStanding } from './return-of.ts'

export interface MaterialStanding {
  id: string
  title: string
  required: 'yes' | 'no' | 'undetermined'
  given: boolean
  orReason: boolean
  contents?: string[]
  /** What its condition read, where it hangs on one. */
  facts?: Finding['facts']
  article: string[]
}

/** One party's opinion on a step: its word on the whole once it has spoken of every aspect that it is asked about. */
export interface OpinionStanding {
  from: string
  value?: string
  awaited: boolean
  on: string[]
  aspects: { aspect: string; value?: string }[]
  dueOn?: Day
  /** Why it is awaited until that day. */
  due?: DueGround
  article: string[]
}

export interface StepStanding {
  id: string
  title: string
  stage: string
  /** The part, for a step that exists once per part. */
  part?: string
  state: StepLook['state']
  /** Parties that may act, and how: one, any of them, or all jointly. */
  by: string[]
  joint: boolean
  /** Joint: who has confirmed and who is awaited. */
  awaiting?: string[]
  outcome?: string
  executedOn?: Day
  executedBy?: string[]
  times?: number
  dueOn?: Day
  provisional?: boolean
  /** Why the due day is that day. */
  due?: DueGround
  overdue: boolean
  pending: boolean
  reopened?: boolean
  /** Who sent it back, where somebody did. */
  returned?: ReturnStanding
  demanded?: boolean
  repeatable?: boolean
  /** Whether the reader's organisation may take it back now. */
  withdrawable?: boolean
  opensOn?: Day
  closesOn?: Day
  /** `barred`: on these facts the step cannot have it. `returns`: it sends back what was done. */
  outcomes: { id: string; title: string; settles: boolean; barred?: true; returns?: true }[]
  materials: MaterialStanding[]
  opinions?: OpinionStanding[]
  witness?: string[]
  experts?: {
    register: string
    optional: boolean
    count?: number
    /** Drawn for this round; present where they must be drawn. */
    drawn?: string[]
    article: string[]
  }
  periods?: { id: string; dueOn?: Day; done: boolean; overdue: boolean }[]
  article: string[]
  findings: Finding[]
}

export interface ObligationStanding {
  step: string
  title: string
  by: string[]
  dueOn?: Day
  provisional?: boolean
  /** Why the due day is that day; left out of what lists are made from. */
  due?: DueGround
  overdue: boolean
  /** Instance of a procedure, or a decision to be taken. */
  procedure?: string
  decision?: string
  /** Number of the demand, which an execution may name. */
  demand?: number
  part?: string
  period?: string
  article: string[]
}

export interface ProcedureStanding {
  id: string
  procedure: string
  title: string
  openedOn: Day
  result?: string
  endedOn?: Day
  facts: Record<string, string | number | boolean>
  steps: StepStanding[]
}

export interface TableStanding {
  id: string
  title: string
  value: string | number | boolean | null
  /** How the value is shown, where the policy says. */
  valueTitle?: string
  /** Values still possible while a fact is missing. */
  possible: (string | number | boolean)[]
  article: string[]
}

/** A standing without what only its reader wants; its findings have no sentences yet. */
export type Outline = Omit<Standing, 'tables' | 'startable'>

export interface Standing {
  stage: string
  stageTitle: string
  track?: string
  version?: string
  settled: boolean
  ended?: { result: string; on: Day }
  steps: StepStanding[]
  procedures: ProcedureStanding[]
  obligations: ObligationStanding[]
  tables: TableStanding[]
  decisions: {
    id: string
    title: string
    by: string
    value?: string
    default?: string
    reason?: string
    options: Record<string, string>
    article: string[]
  }[]
  startable: { procedure: string; title: string; article: string[]; findings: Finding[] }[]
  sanctions: { id: string; title: string; on: Day; cause: string; unit: boolean; article: string[] }[]
}
