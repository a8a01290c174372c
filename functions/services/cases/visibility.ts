import type { Actor } from '../enter.ts'
import { notFound } from '../errors.ts'
import { type PartyScope, partiesOf } from './acting.ts'

/** The party that declares and owns projects; vocabulary of every policy. */
export const UNIT = 'unit'

/** Authorities and the tenant's auditor see every project; units see those in which they hold a party. */
export function seesAllProjects(actor: Actor): boolean {
  return actor.role === 'auditor' || actor.parties.some((party) => party !== UNIT)
}

/** Throws `not-found` for a case that the person has no part in. */
export function requireVisible(actor: Actor, scope: PartyScope): void {
  if (!seesProject(actor, scope)) throw notFound()
}

/** Whether the person has a part in a case, or sees all. */
export function seesProject(actor: Actor, scope: PartyScope): boolean {
  return seesAllProjects(actor) || partiesOf(scope, actor).length > 0
}
