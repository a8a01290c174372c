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
  | 'withdrawal'
