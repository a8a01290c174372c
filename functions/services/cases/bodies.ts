import { rootParty } from '../../core/policy/engine/actors.ts'
import type { Outside } from '../../core/policy/model.ts'
import { organisationsOf, type PartyScope } from './acting.ts'

/** What surrounds a case with the names of the organisations that hold the parties which are kept apart. */
export function withBodies(outside: Outside, scope: PartyScope): Outside {
  const { policy, holders } = scope
  if (policy.bodies.size === 0) return outside
  const names = new Map([...holders.named].map(([name, id]) => [id, name]))
  const bodies: NonNullable<Outside['bodies']> = {}
  for (const party of policy.bodies) {
    const root = rootParty(policy, party)
    const [id] = organisationsOf(scope, root)
    const name = id === undefined ? undefined : names.get(id)
    if (name !== undefined) bodies[root] = name
  }
  return { ...outside, bodies }
}
