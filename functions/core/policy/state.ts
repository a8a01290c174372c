import type { Day } from '../values/day.ts'
import type { Ratio } from '../values/ratio.ts'
import type { Stretch } from '../values/span.ts'
import type { Beside } from './command.ts'

/**
 * The state of a case: plain JSON, a fold of its events. Order is the order of events (`seq`), never of days.
 */

export type Value = number | string | boolean | Ratio | Row[] | string[] | Permit
export type Row = Record<string, number | string | boolean>
export interface Permit {
  issuer?: string
  from: Day
  to: Day
}
export type Values = Record<string, Value>

export interface GivenMaterial {
  /** Material id of the policy. */
  id: string
  /** The uploaded file, where there is one. */
  file?: string
  /** Why it is not handed in, for materials that allow a reason. */
  reason?: string
  /** Chapters ticked; absent means the paper was handed in as complete. */
  contents?: string[]
}

/** One execution of a step. */
export interface Run {
  n: number
  seq: number
  /** The day that counts, and the day of entry. */
  on: Day
  entered: Day
  by: string[]
  outcome: string
  settles: boolean
  records: Values
  materials: GivenMaterial[]
  /** Conditional edges that did not hold at this execution, as `owner<target`. */
  uncounted?: string[]
  period?: string
  /** Taken back because the procedure that reopened the step ended otherwise. */
  undone?: true
  /** Batch event that carried this execution. */
  through?: string
  remark?: string
}

export interface Demand {
  /** Counts the demands of a step, so that an execution can name the one it answers. */
  n: number
  seq: number
  cause: string
  /** First day on which it is owed. */
  on: Day
  dueOn?: Day
  provisional?: boolean
  article?: string[]
  missed?: true
}

export interface Stamp {
  dueOn: Day
  /** Day from which the term runs; suspensions after it put the due day off. */
  from?: Day
  provisional: boolean
  /** What the stamp was made from; the same anchor never stamps twice. */
  key: string
  seq: number
  rule?: number
  missed?: true
}

export interface GivenOpinion {
  from: string
  aspect?: string
  value: 'agree' | 'object' | 'silent'
  on: Day
  remark?: string
}

export interface Confirmation {
  party: string
  on: Day
  rev: number
  outcome: string
  records: Values
  facts?: Values
  materials: GivenMaterial[]
  beside?: Beside
}

export interface StepState {
  runs: Run[]
  done: boolean
  reopened?: { seq: number; anew: boolean; by?: string; article?: string[] }
  /** Event at which the step was last reset. */
  reset: number
  demands: Demand[]
  /** Demands made so far. */
  demanded?: number
  stamp?: Stamp
  /** Key of the last stamp, kept after it was cleared. */
  lastKey?: string
  /** Terms of earlier rounds, for a clock that resumes. */
  used?: Stretch[]
  round?: { openedOn: Day }
  opinions: GivenOpinion[]
  /** Parties that agreed in earlier rounds, for `again: objectors`. */
  agreedBefore?: string[]
  /** Earlier rounds, for an opinion clock that resumes. */
  heard?: Stretch[]
  witnesses: string[]
  /** Experts drawn for this round. */
  drawn?: string[]
  confirmations: Confirmation[]
}

export interface ProcedureState {
  /** `change-1`. */
  id: string
  procedure: string
  openedOn: Day
  seq: number
  facts: Values
  steps: Record<string, StepState>
  result?: string
  endedOn?: Day
  endedSeq?: number
  /** Steps as they stood before this procedure reopened them, and the facts that they supply. */
  undo?: Record<string, StepState>
  undoFacts?: Record<string, Value | null>
}

export interface SanctionInForce {
  id: string
  on: Day
  cause: string
  seq: number
  liftedOn?: Day
  /** The project that caused it, for those on a unit. */
  project?: string
}

export interface DecisionTaken {
  value: string
  by: string
  reason: string
  on: Day
  seq: number
}

export interface Part {
  id: string
  seq: number
  on: Day
  records: Values
}

export interface BatchItem {
  project: string
  step: string
  outcome?: string
  records: Values
}

export interface CaseState {
  kind: 'project' | 'batch'
  id: string
  /** For a batch: its procedure and year. */
  procedure?: string
  year?: number
  items?: BatchItem[]
  openedOn: Day
  seq: number
  /** Counts what changes steps or facts; a joint confirmation lapses when it moves. */
  rev: number
  /** Effective day of the policy version that binds. */
  version?: string
  /** Plan year of the declaration that bound it; one for another year binds again. */
  boundYear?: number
  facts: Values
  /** Unit facts as last seen by an event. */
  unit: Values
  /** Counts over other cases as last seen by an event. */
  counts?: Record<string, number>
  fixed: Values
  track?: string
  decisions: Record<string, DecisionTaken>
  sanctions: SanctionInForce[]
  steps: Record<string, StepState>
  procedures: ProcedureState[]
  parts: Record<string, Part[]>
  ended?: { result: string; on: Day; seq: number }
  /** Sanctions that this case has put on its unit or taken from it, oldest first. */
  unitSanctions: { id: string; act: 'impose' | 'lift'; on: Day; cause: string; seq: number }[]
  adopted?: { on: Day; reason: string }
}

export function newStepState(): StepState {
  return { runs: [], done: false, reset: 0, demands: [], opinions: [], witnesses: [], confirmations: [] }
}

export function newCase(id: string, openedOn: Day, facts: Values, unit: Values): CaseState {
  return {
    kind: 'project',
    id,
    openedOn,
    seq: 0,
    rev: 0,
    facts,
    unit,
    fixed: {},
    decisions: {},
    sanctions: [],
    steps: {},
    procedures: [],
    parts: {},
    unitSanctions: [],
  }
}

/** The run whose records are known: the newest that was not taken back. */
export function latestRun(step: StepState | undefined): Run | undefined {
  if (!step) return undefined
  for (let i = step.runs.length - 1; i >= 0; i -= 1) {
    const run = step.runs[i]!
    if (!run.undone) return run
  }
  return undefined
}

/** Runs of the present round; when nothing ran since the last reset, those before it stay known. */
export function standingRuns(step: StepState | undefined): Run[] {
  if (!step) return []
  const kept = step.runs.filter((run) => !run.undone)
  const fresh = kept.filter((run) => run.seq > step.reset)
  return fresh.length > 0 ? fresh : kept
}
