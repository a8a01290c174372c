import type { Span } from '../values/span.ts'
import type { PolicyDocument } from './document/document.ts'
import type { MaterialText, RecordText, TypeName } from './document/document-facts.ts'
import type { DueText, WindowText } from './document/document-parts.ts'
import type { OpinionText } from './document/document-steps.ts'
import type { Choice, Guard, Read } from './model.ts'

export interface Edge {
  owner: number
  target: number
  delay?: Choice<Span>
  outcomes?: string[]
  when?: Guard
  article: string[]
  /** Articles of both its ends. */
  both?: string[]
  /** Set on an edge of an outcome. */
  ofOutcome?: string
  quantifier?: { kind: 'every' | 'any' | 'atLeast'; n: number; mayBeNone: boolean }
}

export interface Effects {
  reopens: { from: string; to?: string; within?: Choice<Span>; anew: boolean; article: string[] }[]
  demands: {
    step: string
    within?: Choice<Span>
    by?: string
    fact?: Read
    when?: Guard
    article: string[]
  }[]
  postpones: { step: string; to: Read; article: string[] }[]
  imposes: { sanction: string; when?: Guard; article: string[] }[]
  lifts: { sanction: string; article: string[] }[]
  enlists?: { plan: string; step: string; outcome?: string }
  carries?: { items: string; rest?: string }
  ends?: string
}

export interface Requirement {
  title?: string
  that: Guard
  when?: Guard
  article: string[]
  /** Reads a record of the execution itself, so it says nothing before. */
  readsOwn: boolean
}

export interface RecordRule {
  id: string
  title: string
  type: TypeName
  text: RecordText
  when?: Guard
  article: string[]
}

export interface MaterialRule {
  id: string
  title: string
  text: MaterialText
  when?: Guard
  from?: number
  article: string[]
}

export interface OutcomeRule {
  id: string
  title: string
  /** Whether it makes the step done. */
  settles: boolean
  when?: Guard
  edges: Edge[]
  requires: Requirement[]
  records: RecordRule[]
  materials: MaterialRule[]
  opinions: boolean
  effects: Effects
  registers: RegisterRule[]
  /** The record that names the project which this one goes into. */
  absorbed?: { record: string; title: string }
  /** The project is divided: it ends, and projects that name it may be opened. */
  divides: boolean
  article: string[]
}

/** What an outcome writes to a register (§11). */
export interface RegisterRule {
  act: 'enter' | 'leave'
  register: string
  name: Read
  /** How the name is called where it is not known. */
  label: string
  /** A level of the register, or what states one. */
  level?: string | Read
  organisation?: Read
  from?: { label: string; day: Read }
  to?: Span | { label: string; day: Read }
  when?: Guard
  article: string[]
}

export interface ActorRule {
  kind: 'one' | 'any' | 'all'
  parties: string[]
}

export interface DueRule {
  text: DueText
  within?: Choice<Span>
  anchors: { step: number; outcome?: string }[]
  first: boolean
  fact?: Read
  before?: Read
  ahead?: Span
  year?: Read
  when?: Guard
  missed?: Effects
  article: string[]
}

export interface OpinionRule {
  from: Choice<string[]>
  on: string[]
  text: OpinionText
  within?: Choice<Span>
  when?: Guard
  article: string[]
}

export interface Step {
  index: number
  id: string
  title: string
  stage: string
  stageIndex: number
  procedure?: string
  /** Articles of the step itself. */
  article: string[]
  by?: Choice<ActorRule>
  when?: Guard
  stageWhen?: Guard
  owed: Choice<'always' | 'never' | 'on-demand'>
  edges: Edge[]
  /** Edges of the step and of all its outcomes. */
  allEdges: Edge[]
  /** Edges to look through when the step is transparent: its own and those of its settling outcomes. */
  passable: Edge[]
  unless: { step?: number; procedure?: string; when?: Guard; article: string[] }[]
  until: number[]
  requires: Requirement[]
  window?: { text: WindowText; when?: Guard; year?: Read; from?: Read; to?: Read; article: string[] }
  dues: DueRule[]
  repeat?: 'many' | PeriodRule
  effective?: string
  records: RecordRule[]
  /** Facts whose `from` names this step. */
  facts: string[]
  materials: MaterialRule[]
  opinions: OpinionRule[]
  witness: string[]
  experts?: {
    text: NonNullable<PolicyDocument['steps'][string]['experts']>
    count?: Choice<number>
    share?: Choice<string>
    when?: Guard
    article: string[]
  }
  checks: { id: string; title: string; required: boolean; when?: Guard; article: string[] }[]
  outcomes: OutcomeRule[]
  yields: { id: string; title: string; outcome?: string; article: string[] }[]
  through: { step: string; when?: Guard }[]
  composes: string[]
  creates?: string
  /** One run may serve a named subset of the parts. */
  batch: boolean
  each?: string
  closedBy?: number
  aside: boolean
  /** Whether the body that did it may take it back; undefined leaves it to what it has led to. */
  withdrawable?: boolean
  vetoes: Bar[]
  sanctions: Bar[]
  to: Choice<string[]>
  copies: string[]
  channel?: string
  force?: Choice<string>
  /** Tables and decisions that its conditions read. */
  cites: string[]
  /** Indexes of every step before it, and of every step that it is before. */
  /** Conditional edges among all that are before it. */
  conditional: Edge[]
  before: number[]
  beforeSet: Set<number>
  successors: number[]
  /** Whether it comes once a period. */
  repeatEach: boolean
  /** The decision whether it applies, for steps in principle or at discretion. */
  departure?: string
}

export interface PeriodRule {
  each: 'year' | 'half-year' | 'quarter' | 'month'
  by?: string
  from?: number
  until?: number
  article: string[]
}

/** A veto or sanction as it bears on one step. */
export interface Bar {
  id: string
  /** Its place among the bars of the veto or sanction. */
  index: number
  title: string
  outcome?: string
  when?: Guard
  guard?: Guard
  lifted?: Guard
  on: 'project' | 'unit' | 'veto'
  spares: boolean
  article: string[]
}
