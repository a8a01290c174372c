import type { TypeName } from '../policy/document/document-facts.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Day } from '../values/day.ts'

/** Whether something is asked for on the facts at hand. */
export type Asked = 'yes' | 'no' | 'undetermined'

/** One thing to fill in: a record of the step or a fact of the project. */
export interface FormField {
  id: string
  title: string
  source: 'record' | 'fact'
  type: TypeName
  /** Unit facts are kept for the unit and asked only once. */
  of?: 'unit'
  options?: Record<string, string>
  columns?: Record<string, { title?: string; type: TypeName; options?: Record<string, string> }>
  unit?: string
  help?: string
  /** Register that the value is taken from. */
  register?: string
  required: Asked
  /** Names that the answer hangs on while it is undetermined. */
  hangsOn: string[]
  /** What its condition read; empty for what is always asked for. */
  facts: Finding['facts']
  article: string[]
}

/** One material to hand in. */
export interface FormMaterial {
  id: string
  title: string
  required: Asked
  hangsOn: string[]
  /** What its condition read; empty for what is always asked for. */
  facts: Finding['facts']
  /** Already in the project, from an earlier step. */
  present: boolean
  orReason: boolean
  anyOf?: string
  contents?: string[]
  copies?: number
  medium?: string
  form?: string
  article: string[]
}

/** What an outcome brings about beside being recorded. */
export type FormEffect =
  | {
      kind: 'reopens'
      step: string
      to?: string
      within?: string
      /** The last day, were it done today. */
      until?: Day
      anew: boolean
      article: string[]
    }
  | { kind: 'demands'; step: string; within?: string; until?: Day; by?: string; article: string[] }
  | { kind: 'postpones'; step: string; article: string[] }
  | { kind: 'imposes' | 'lifts'; sanction: string; article: string[] }
  | { kind: 'enlists'; step: string }
  | { kind: 'ends'; result: string }

export interface FormOutcome {
  id: string
  title: string
  settles: boolean
  /** Sends back what was done, and a remark must still say why. */
  returns: boolean
  allowed: Asked
  /** What its own condition read. */
  facts: Finding['facts']
  opinions: boolean
  fields: FormField[]
  materials: FormMaterial[]
  effects: FormEffect[]
  article: string[]
}

/** Everything that doing a step asks for. */
export interface StepForm {
  step: string
  title: string
  article: string[]
  fields: FormField[]
  materials: FormMaterial[]
  outcomes: FormOutcome[]
  checks: { id: string; title: string; required: boolean; article: string[] }[]
  /** Parties that decide in a meeting, whose minute is recorded. */
  minute: boolean
  norms: { title: string; article: string[] }[]
}
