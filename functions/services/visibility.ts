import type { Actor } from './enter.ts'

/** The party that declares and owns projects; vocabulary of every policy. */
export const UNIT = 'unit'

/** Authorities and the tenant's auditor see every project; units see those in which they hold a party. */
export function seesAllProjects(actor: Actor): boolean {
  return actor.role === 'auditor' || actor.parties.some((party) => party !== UNIT)
}
