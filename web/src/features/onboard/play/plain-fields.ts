import type { FormField } from '../../../shared/inputs/field-input.tsx'

/**
 * Fields without what only a jurisdiction at work has: organisations and registers are named freely while nobody has
 * adopted the policy.
 */
export function plainFields(fields: readonly FormField[]): FormField[] {
  return fields.map(({ register: _, ...field }) =>
    field.type === 'organisation' ? { ...field, type: 'person' } : field,
  )
}
