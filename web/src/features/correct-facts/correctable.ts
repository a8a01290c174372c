import type { PolicyDocument } from '../../../../functions/core/policy/document/document.ts'
import type { FormField } from '../../shared/inputs/field-input.tsx'
import { cited } from '../../shared/policy-words.ts'

const COMPUTED = ['sum', 'latest', 'earliest', 'max', 'count', 'difference', 'ratio', 'copy'] as const

/**
 * What can be corrected: the facts that a declaration asks for, and those that a step has found and that are known.
 * Whose word a fact is, the service judges.
 */
export function correctable(
  document: PolicyDocument,
  declared: readonly FormField[],
  known: Record<string, unknown>,
): FormField[] {
  const ids = new Set(declared.map((one) => one.id))
  const found = Object.entries(document.facts)
    .filter(([id, rule]) => !ids.has(id) && known[id] !== undefined && !COMPUTED.some((key) => rule[key]))
    .map(
      ([id, rule]): FormField => ({
        id,
        title: rule.title,
        source: 'fact',
        type: rule.type ?? 'text',
        ...(rule.of === 'unit' ? { of: 'unit' as const } : {}),
        ...(rule.options ? { options: rule.options } : {}),
        ...(rule.columns ? { columns: rule.columns } : {}),
        ...(rule.unit ? { unit: rule.unit } : {}),
        ...(rule.help ? { help: rule.help } : {}),
        required: 'no',
        hangsOn: [],
        facts: {},
        article: cited(rule.article),
      }),
    )
  return [...declared, ...found]
}
