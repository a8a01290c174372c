import type { Day } from '../values/day.ts'
import type { Calendar } from '../values/workdays.ts'
import type { PolicyDocument } from './document/document.ts'
import type { TypeName } from './document/document-facts.ts'
import type { Finding } from './model-finding.ts'
import type { ActorRule, Edge, Requirement, Step } from './model-step.ts'
import type { CaseState, ProcedureState, SanctionInForce, Value, Values } from './state.ts'

/** The compiled policy: closures over a small environment, steps by index. */

/** Three-valued truth: 0 false, 1 true, 2 undetermined. */
export type Tri = 0 | 1 | 2

/** An entry of a register, valid from day to day, both included; without an end it is valid until it is ended. */
export interface RegisterEntry {
  /** Its name in the log, where it is kept already. */
  id?: string
  name: string
  from?: Day
  to?: Day
  level?: string
  organisation?: string
}

/** What is given to the engine from outside a case. */
export interface Outside {
  unit: { facts: Values; sanctions: SanctionInForce[] }
  registers?: Record<string, RegisterEntry[]>
  /** Other projects that whoever acts may name: how they are called, and whether they have ended. */
  projects?: Record<string, { title: string; ended: boolean }>
  /** Names of the organisations that hold parties here, for those that must be kept apart. */
  bodies?: Record<string, string>
  counts?: Record<string, number>
  /** Days that a party announced, by step and year. */
  announced?: Record<string, Record<string, { from?: Day; to: Day }>>
  calendar: Calendar
  /** The hour in Asia/Shanghai, as 17:00; without it the whole day counts. */
  time?: string
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
  /** Number of this look times four; what it has worked out stands in the policy's scratch as that plus the value. */
  mark: number
  /** Indexes of reopened steps, once computed. */
  reopened: number[] | undefined
  /** Steps that have runs, once computed. */
  ran: Step[] | undefined
  track: string | undefined | null
  executed: boolean
}

/**
 * Room in which a look notes which steps apply, so that looking allocates nothing. Looks share it: each finds its own
 * marks only, and works out again what another has written over.
 */
export interface Scratch {
  looks: number
  applies: Float64Array
  transparent: Float64Array
}

export type Read = (env: Env) => Value | undefined

/** A compiled condition. */
export interface Guard {
  test: (env: Env) => Tri
  /** Names of unknown facts that can still change the answer. */
  missing: (env: Env, into: Set<string>) => void
  /** The values that it read, as people read them. */
  show: (env: Env, into: Finding['facts']) => void
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
  /** The table of the policy that gives it, where it has a name. */
  table?: string
  all: T[]
}

export interface FactRule {
  id: string
  title: string
  type: TypeName
  of: 'project' | 'unit'
  /** The party whose finding on the unit it is; the unit does not state it. */
  keptBy?: string
  from: string[]
  when?: Guard
  optional: boolean
  computed: boolean
  options?: Record<string, string>
  procedure?: string
  article: string[]
  read: Read
}

/** A fact counted over other projects (§12). */
export interface CountRule {
  id: string
  /** The other projects of the unit, or those of the same plan year. */
  over: 'unit' | 'year'
  /** Whether the project itself counts too. */
  self: boolean
  /** What the case looked at comes to; undefined when that is not known. */
  of: (env: Env) => number | undefined
  /** Steps whose rules read it, through tables and computed facts too. */
  readers: Set<number>
}

export interface TableRule {
  id: string
  title: string
  /** How its values are shown. */
  titles: Record<string, string>
  rows: { when?: Guard; is: Value; article: string[] }[]
  unique: boolean
  article: string[]
  /** Steps whose rules read it, through tables and computed facts too; all of them where the track hangs on it. */
  readers: Set<number>
  /** Value and the row that gave it. */
  look: (env: Env) => { value: Value | undefined; row: number; possible: Value[] }
}

export interface DecisionRule {
  id: string
  title: string
  by: string
  options: Record<string, string>
  default?: string
  /** The default where it hangs on facts. */
  defaultOf?: (env: Env) => string | undefined
  when?: Guard
  force: 'in-principle' | 'may' | 'must'
  article: string[]
  /** Steps that read it. */
  readers: number[]
}

/** Who is proposed for a batch: in which order, by which amount, up to how much (§10). */
export interface FillRule {
  order: { read: Read; descending: boolean; options?: string[] }[]
  /** A record of the item, else what is read of the project. */
  item?: string
  amount?: Read
  within: Read
  over?: string
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
  fill?: FillRule
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
  counts: CountRule[]
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
  /** Parties whose bodies matter because others, or experts, are kept apart from them. */
  bodies: Set<string>
  /** Parties that must never be the same body. */
  aparts: { pair: [string, string]; article: string[] }[]
  binds: string
  /** Where the text says which running projects it takes over (§15). */
  transitionArticle: string[]
  citations: Citation[]
  normArticles: Map<string, string[]>
  /** Names that some rule reads. */
  used: Set<string>
  scratch: Scratch
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
