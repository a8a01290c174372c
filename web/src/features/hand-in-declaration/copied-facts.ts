import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'

/** Types that belong to one year or one time and are stated anew. */
const ONCE = new Set(['year', 'day', 'period', 'permit', 'project'])

const COMPUTED = ['sum', 'latest', 'earliest', 'max', 'count', 'difference', 'ratio', 'copy'] as const

/**
 * Facts of an earlier project that a new declaration may begin with: those that a project states of itself, that are
 * bound to no time, and that today's policy still has with the same choice. Nothing that a step found is taken over.
 */
export function copiedFacts(
  document: PolicyDocument,
  facts: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).filter(([id, value]) => {
      const rule = document.facts[id]
      if (!rule || value === null || value === undefined) return false
      if (rule.of === 'unit' || rule.from !== undefined || COMPUTED.some((key) => rule[key])) return false
      if (ONCE.has(rule.type ?? 'text')) return false
      return typeof value !== 'string' || !rule.options || value in rule.options
    }),
  )
}
