import type { Day } from '../values/day.ts'
import type { DecisionTaken, GivenMaterial, Values } from './state.ts'

/** The minute of a collective body's decision: its day is the day that counts (§11). */
export interface Minute {
  number: string
  heldOn: Day
  /** The uploaded minute. */
  file?: string
}

/** What people ask for. Values are as written by people; the engine reads them by their types. */
export interface ExecuteCommand {
  type: 'execute'
  step: string
  by: string[]
  outcome?: string
  records?: Record<string, unknown>
  materials?: (string | GivenMaterial)[]
  /** Opinions recorded with the execution: party → agree or object. */
  opinions?: Record<string, unknown>
  witness?: string[]
  experts?: (string | { name: string; agrees?: boolean })[]
  checks?: Record<string, string>
  minute?: Minute
  /** What the actor says with it: why it is returned, what to mind. No rule looks at it. */
  remark?: string
  period?: string
  part?: string
  /** Parts that one run serves, for a step with `batch: true` (§7). */
  parts?: string[]
  /** The demand that it answers, by its number; default the oldest. */
  demand?: number
  /** Instance of a procedure, such as `change-1`; default the one that is running. */
  procedure?: string
  /** Set by the service when a batch step carries the execution. */
  through?: string
}

export type Command =
  | ExecuteCommand
  | {
      type: 'opinion'
      step: string
      by: string
      value: 'agree' | 'object'
      aspect?: string
      remark?: string
      procedure?: string
      part?: string
    }
  | { type: 'witness'; step: string; by: string; procedure?: string; part?: string }
  | {
      type: 'draw'
      step: string
      by: string[]
      /** Hexadecimal digits that nobody could know before. */
      seed: string
      /** How many, where the policy does not say. */
      count?: number
      /** Who must stand aside for another reason, and why. */
      aside?: { name: string; reason: string }[]
      /** Why it is drawn again. */
      reason?: string
      procedure?: string
      part?: string
    }
  | { type: 'decide'; decision: string; value: string; by: string; reason: string }
  | StartCommand
  | { type: 'facts'; by: string; facts: Record<string, unknown>; track?: 'keep' | 'change' }
  | { type: 'sanction'; sanction: string; act: 'impose' | 'lift'; by: string; reason: string }
  | {
      type: 'adopt'
      by: string
      reason: string
      steps: { step: string; on: Day; outcome?: string; records?: Record<string, unknown> }[]
    }

export interface StartCommand {
  type: 'start'
  procedure: string
  by: string[]
  facts: Record<string, unknown>
  /** Only looked at: what is still to be stated does not refuse it. */
  tentative?: boolean
}

/** What happened: the log's entries, from which any state is made again. */
export type CaseEvent =
  | {
      type: 'opened'
      on: Day
      id: string
      facts: Values
      unit: Values
      /** The project that was divided into this one and others. */
      dividedFrom?: { id: string; title: string }
      kind?: 'batch'
      procedure?: string
      year?: number
    }
  | (CaseAct & Seen)

/** What the case saw from outside with this act, where that is news; a replay sees the same. */
export interface Seen {
  /** Facts of the unit. */
  unit?: Values
  /** Counts over other cases. */
  counts?: Record<string, number>
}

/** What an execution says beside its records and materials. */
export type Beside = Pick<ExecuteCommand, 'opinions' | 'witness' | 'experts' | 'checks' | 'minute' | 'remark'>

/** What happened in a case that is open. */
export type CaseAct =
  | ExecutedEvent
  | {
      type: 'confirmed'
      on: Day
      step: string
      instance?: string
      part?: string
      by: string[]
      outcome: string
      records: Values
      /** Project facts that the step supplies. */
      facts?: Values
      materials: GivenMaterial[]
      /** What else was said with it, which the execution takes over. */
      beside?: Beside
    }
  | {
      type: 'opinion'
      on: Day
      step: string
      instance?: string
      part?: string
      from: string
      aspect?: string
      value: 'agree' | 'object'
      remark?: string
    }
  | { type: 'witnessed'; on: Day; step: string; instance?: string; part?: string; by: string }
  | ({ type: 'decided'; decision: string } & Omit<DecisionTaken, 'seq'>)
  | {
      type: 'started'
      on: Day
      procedure: string
      instance: string
      by: string[]
      facts: Values
    }
  | { type: 'facts'; on: Day; by: string; facts: Values; track?: string }
  | { type: 'sanction'; on: Day; sanction: string; act: 'impose' | 'lift'; by: string; reason: string }
  | {
      type: 'adopted'
      on: Day
      by: string
      reason: string
      steps: { step: string; on: Day; outcome: string; records: Values }[]
      /** Policy version that it binds, when the step that binds is among them. */
      version?: string
    }
  | {
      type: 'drawn'
      on: Day
      step: string
      instance?: string
      part?: string
      by: string[]
      seed: string
      /** The names that the lot was drawn from, in their order. */
      pool: string[]
      aside: { name: string; reason: string }[]
      experts: string[]
      reason?: string
    }
  | AbsorbedEvent
  | TransferredEvent
  | WithdrawnEvent
  | {
      type: 'composed'
      on: Day
      by: string[]
      items: { project: string; step: string; outcome?: string; records: Values }[]
    }

/** Another project has gone into this one; its facts stay its own. */
export interface AbsorbedEvent {
  type: 'absorbed'
  on: Day
  project: string
  title: string
  by: string[]
  /** Whether both are of one unit. */
  own: boolean
}

/** The project goes on under another version of the policy, which its log was read anew by (§15). */
export interface TransferredEvent {
  type: 'transferred'
  on: Day
  /** Effective days of the version that it was bound to and of the one that binds it from now on. */
  from: Day
  to: Day
  article: string[]
}

/** The body that did the last act took it back: the state is that of the log without it. */
export interface WithdrawnEvent {
  type: 'withdrawn'
  on: Day
  /** The step that was done; none where the start of a procedure is taken back. */
  step?: string
  instance?: string
  by: string[]
  reason: string
  /** How many of the events before this one are taken back: all of the last act. */
  takes: number
}

export interface ExecutedEvent {
  type: 'executed'
  /** The day that counts, and the day of entry. */
  on: Day
  entered: Day
  step: string
  instance?: string
  part?: string
  period?: string
  demand?: number
  by: string[]
  outcome: string
  records: Values
  /** Project facts that this step supplies. */
  facts: Values
  materials: GivenMaterial[]
  opinions?: { from: string; value: 'agree' | 'object'; aspect?: string }[]
  witness?: string[]
  experts?: { name: string; agrees?: boolean }[]
  checks?: Record<string, string>
  minute?: Minute
  remark?: string
  uncounted?: string[]
  /** Track fixed and policy version bound by this execution. */
  track?: string
  version?: string
  through?: string
  /** The project that it went into, as it was called. */
  absorbedBy?: { id: string; title: string }
  /** What it wrote to registers. */
  registers?: RegisterWrite[]
}

/** An entry that begins or goes on (`enter`), or one whose last valid day is `to` (`leave`). */
export interface RegisterWrite {
  act: 'enter' | 'leave'
  register: string
  name: string
  level?: string
  organisation?: string
  from: Day
  to?: Day
}
