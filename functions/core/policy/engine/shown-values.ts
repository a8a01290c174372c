import type { Env, Guard } from '../model.ts'
import type { Finding } from '../model-finding.ts'

/** The facts behind an answer, for its finding. */

/** The facts that are missing, each as null. */
export function unknownFacts(
  guard: { missing: (env: Env, into: Set<string>) => void },
  env: Env,
): Record<string, null> {
  const missing = new Set<string>()
  guard.missing(env, missing)
  return nulls(missing)
}

export function nulls(names: Iterable<string>): Record<string, null> {
  const facts: Record<string, null> = {}
  for (const name of names) facts[name] = null
  return facts
}

/** Values that a guard read, as people read them. */
export function valuesOf(env: Env, guard: Guard | undefined): Finding['facts'] {
  const facts: Finding['facts'] = {}
  guard?.show(env, facts)
  return facts
}
