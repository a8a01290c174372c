import type { Day } from '../values/day.ts'
import type { Span } from '../values/span.ts'
import type { Calendar } from '../values/workdays.ts'
import type { OpinionText, PolicyDocument } from './document.ts'
import type { MaterialText, RecordText, TypeName } from './document-facts.ts'
import type { DueText, WindowText } from './document-parts.ts'
import type { CaseState, ProcedureState, SanctionInForce, Value, Values } from './state.ts'

/** The compiled policy: closures over a small environment, steps by index. */

/** Three-valued truth: 0 false, 1 true, 2 undetermined. */
export type Tri = 0 | 1 | 2

export interface Finding {
  code: FindingCode
  level: 'block' | 'note'
  article: string[]
  /** What it rests on; null is a fact that is not known. */
  facts: Record<string, string | number | boolean | null>
  message: string
  step?: string
}
export type FindingCode =
  | 'excluded'
  | 'passed'
  | 'not-demanded'
  | 'already-done'
  | 'not-done'
  | 'reopened'
  | 'too-early'
  | 'too-late'
  | 'outstanding'
  | 'undetermined'
  | 'requires'
  | 'veto'
  | 'sanction'
  | 'window'
  | 'record'
  | 'material'
  | 'opinion'
  | 'witness'
  | 'actor'
  | 'through'
  | 'joint-differs'
  | 'check'
  | 'norm'
  | 'version'
  | 'no-policy'
  | 'unknown'
  | 'ended'

/** What is given to the engine from outside a case. */
export interface Outside {
  unit: { facts: Values; sanctions: SanctionInForce[] }
  registers?: Record<string, { name: string; from?: Day; to?: Day; level?: string }[]>
  counts?: Record<string, number>
  /** Days that a party announced, by step and year. */
  announced?: Record<string, Record<string, { from?: Day; to: Day }>>
  calendar: Calendar
}

/** Everything a closure may look at. `memo` lives as long as one look at one state on one day. */
export interface Env {
  policy: Policy
  state: CaseState
  day: Day
  outside: Outside
  /** The procedure instance looked from, if any. */
  instance: ProcedureState | undefined
  /** Part looked from, for steps that exist once per part. */
  part: string | undefined
  /** Records and facts of the execution being judged. */
  overlay: { step: number; records: Values; facts: Values } | undefined
  memo: Memo
}

export interface Memo {
  applies: Int8Array
  transparent: Int8Array
  /** Indexes of reopened steps, once computed. */
  reopened: number[] | undefined
  track: string | undefined | null
  executed: boolean
}

export type Read = (env: Env) => Value | undefined

/** A compiled condition. */
export interface Guard {
  test: (env: Env) => Tri
  /** Names of unknown facts that can still change the answer. */
  missing: (env: Env, into: Set<string>) => void
  /** Every name it reads. */
  reads: string[]
}

/** A value that may come from a table. */
export interface Choice<T> {
  /** Set when it does not depend on facts. */
  fixed?: T
  get: (env: Env) => T | undefined
  missing: (env: Env, into: Set<string>) => void
  article: (env: Env) => string[]
  reads: string[]
  all: T[]
}

export interface Edge {
  owner: number
  target: number
  delay?: Choice<Span>
  outcomes?: string[]
  when?: Guard
  article: string[]
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
  experts?: { text: NonNullable<PolicyDocument['steps'][string]['experts']>; when?: Guard; article: string[] }
  checks: { id: string; title: string; required: boolean; when?: Guard; article: string[] }[]
  outcomes: OutcomeRule[]
  yields: { id: string; title: string; outcome?: string; article: string[] }[]
  through: { step: string; when?: Guard }[]
  composes: string[]
  creates?: string
  each?: string
  closedBy?: number
  aside: boolean
  vetoes: Bar[]
  sanctions: Bar[]
  to: string[]
  copies: string[]
  channel?: string
  force?: Choice<string>
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
  title: string
  outcome?: string
  when?: Guard
  guard?: Guard
  lifted?: Guard
  on: 'project' | 'unit' | 'veto'
  spares: boolean
  article: string[]
}

export interface FactRule {
  id: string
  title: string
  type: TypeName
  of: 'project' | 'unit'
  from: string[]
  when?: Guard
  optional: boolean
  computed: boolean
  options?: Record<string, string>
  procedure?: string
  article: string[]
  read: Read
}

export interface TableRule {
  id: string
  title: string
  rows: { when?: Guard; is: Value; article: string[] }[]
  unique: boolean
  article: string[]
  /** Value and the row that gave it. */
  look: (env: Env) => { value: Value | undefined; row: number; possible: Value[] }
}

export interface DecisionRule {
  id: string
  title: string
  by: string
  options: Record<string, string>
  default?: string
  when?: Guard
  force: 'in-principle' | 'may' | 'must'
  article: string[]
  /** Steps that read it. */
  readers: number[]
}

export interface ProcedureRule {
  id: string
  title: string
  on: 'project' | 'unit' | 'batch'
  each?: 'year'
  when?: Guard
  edges: Edge[]
  until: number[]
  unless: Step['unless']
  requires: Requirement[]
  atOnce: number
  by?: Choice<ActorRule>
  facts: string[]
  effective: Set<string>
  steps: number[]
  article: string[]
}

export interface SanctionRule {
  id: string
  title: string
  on: 'project' | 'unit'
  lifted?: { when?: Guard; by?: string; after?: number }
  article: string[]
}

export interface Policy {
  document: PolicyDocument
  id: string
  effective: string
  steps: Step[]
  stepIndex: Map<string, number>
  /** Indexes of the steps of the main procedure, in the file's order. */
  main: number[]
  stages: { id: string; title: string; when?: Guard; article: string[] }[]
  facts: Map<string, FactRule>
  tables: Map<string, TableRule>
  decisions: Map<string, DecisionRule>
  procedures: Map<string, ProcedureRule>
  sanctions: Map<string, SanctionRule>
  merges: MergeRule[]
  scope: { rows: { when?: Guard; track: string; article: string[] }[]; article: string[] }
  /** Steps that a track has, for tracks that name them. */
  only: Map<string, Set<string>>
  restricted: boolean
  /** Steps whose missed due day has consequences. */
  ticks: number[]
  binds: string
  citations: Citation[]
  normArticles: Map<string, string[]>
  /** Names that some rule reads. */
  used: Set<string>
}

export interface MergeRule {
  id: string
  title: string
  steps: number[]
  drops: Set<number>
  when: Guard
  by?: Choice<ActorRule>
  article: string[]
}

/** Who cites an article, and whether with force. */
export interface Citation {
  article: string
  path: (string | number)[]
  kind: string
}
