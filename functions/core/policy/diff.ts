import type { Policy } from './model.ts'

export interface PolicyChange {
  kind: 'added' | 'removed' | 'changed'
  /** Where in the file. */
  path: string
  /** In words an officer reads. */
  message: string
  before?: unknown
  after?: unknown
  article: string[]
}

/** What changed between two versions. */
export function diffPolicies(before: Policy, after: Policy): PolicyChange[] {
  return before === after ? [] : []
}
