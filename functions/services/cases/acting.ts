import type { Policy } from '../../core/policy/model.ts'
import type { CaseState } from '../../core/policy/state.ts'
import { latestRun } from '../../core/policy/state.ts'
import type { Actor } from '../enter.ts'
import type { Holders } from './case-reads.ts'

/** The case that a party is looked up in; a batch has no single unit, so it brings the units of its items. */
export interface PartyScope {
  policy: Policy
  /** Absent where no case is meant: parties that a case would name are then nobody. */
  state?: CaseState
  units: readonly string[]
  holders: Holders
}

/**
 * The organisations that act for a party in a case: a party that is the same body as another, decides through an
 * office or is recorded by another acts through that one; the unit is the project's own organisation.
 */
export function organisationsOf(scope: PartyScope, party: string): string[] {
  const rule = scope.policy.document.parties[party]
  if (!rule) return []
  const via = rule.same ?? rule.collective?.office ?? (rule.external ? rule.recordedBy : undefined)
  if (via !== undefined && via !== party) return organisationsOf(scope, via)
  if (rule.from === 'unit') return [...scope.units]
  const source = rule.from ?? rule.held?.from
  if (source !== undefined) return named(scope, party, source)
  if (rule.held?.per === 'unit')
    return scope.units.flatMap((unit) =>
      (scope.holders.byUnit.get(unit) ?? [])
        .filter((one) => one.party === party)
        .map((one) => one.organisationId),
    )
  return scope.holders.byParty.get(party) ?? []
}

/** The parties that a person's organisation may act for in a case. */
export function partiesOf(scope: PartyScope, actor: Actor): string[] {
  return Object.keys(scope.policy.document.parties).filter((party) =>
    organisationsOf(scope, party).includes(actor.organisationId),
  )
}

/**
 * The parties in whose name the person acts here: those of the wanted ones that the organisation holds, else all that
 * it holds, so that the engine can say who should have acted.
 */
export function actingFor(scope: PartyScope, actor: Actor, wanted: readonly string[] | undefined): string[] {
  const held = partiesOf(scope, actor)
  const fitting = wanted ? held.filter((party) => wanted.includes(party)) : []
  return fitting.length ? fitting : held
}

/**
 * The organisation that a fact or a record names: looked up where the command brings the name, else as it was when the
 * project was last written, which is when the fact was.
 */
function named({ state, holders }: PartyScope, party: string, source: string): string[] {
  if (!state) return []
  const dot = source.indexOf('.')
  const value =
    dot < 0
      ? state.facts[source]
      : latestRun(state.steps[source.slice(0, dot)])?.records[source.slice(dot + 1)]
  if (typeof value !== 'string') return []
  const id = holders.named.get(value)
  if (id !== undefined) return [id]
  const held = (holders.byProject.get(state.id) ?? []).filter((one) => one.party === party)
  return held.map((one) => one.organisationId)
}
