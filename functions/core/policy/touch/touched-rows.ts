import type { Env } from '../model.ts'
import type { Step } from '../model-step.ts'

/** Takes the path of a rule that met a project; a path that is no rule of the document is passed over. */
export type Touch = (path: string) => void

/** The rows of tables that gave a value to rules of this step; a table that is still undetermined gave none. */
export function rowsTouched(env: Env, step: Step, touch: Touch): void {
  for (const table of env.policy.tables.values()) {
    if (!table.readers.has(step.index)) continue
    const { value, row } = table.look(env)
    const when = table.rows[row]?.when
    if (value !== undefined && (!when || when.test(env) === 1)) touch(`tables.${table.id}.rows.${row}`)
  }
}
