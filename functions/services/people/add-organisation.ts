import { DatabaseError } from '../../../db/database.ts'
import { START, type StreamAppend } from '../../../db/ledger.ts'
import { type Statement, sql } from '../../../db/statement.ts'
import { lookAgainEverywhere } from '../../../db/tenant/projections.ts'
import { SURROUNDINGS, surroundingStatements, surroundingsOf } from '../cases/case-reads.ts'
import { UNIT } from '../cases/visibility.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { organisationRows } from '../tenants/planned-organisations.ts'
import { namedStatement, requireHolding } from './judge-holding.ts'
import type { Organisation } from './list-organisations.ts'

export interface AddOrganisation {
  name: string
  parties: string[]
  /** For a unit: the organisations that hold parties for it alone, such as the department that it answers to. */
  answersTo?: Record<string, string>
}

/** Adds an organisation and the parties of the policy that it holds. Only the administrator may. */
export async function addOrganisation(ctx: TenantContext, input: AddOrganisation): Promise<Organisation> {
  return retried(async () => {
    const entry = await enter<Organisation>(ctx, isAdministrator, [
      ...surroundingStatements(ctx, undefined),
      namedStatement(input),
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    requireHolding(surroundingsOf(ctx, entry.rows), ctx.today, input, entry.rows[SURROUNDINGS])
    const organisation = newOrganisation(ctx.deps.newId(), input)
    const added = organisationsAdded([organisation], ctx)
    return nameKept(() => commit(ctx, entry, added, organisation))
  })
}

/** An organisation that is not in the log yet. */
export function newOrganisation(
  id: string,
  { name, parties, answersTo = {} }: AddOrganisation,
): Organisation {
  return { id, name, parties, answersTo, version: 1 }
}

/** The events and rows of new organisations; where one holds more than a unit, every running case is looked at again. */
export function organisationsAdded(
  added: readonly Organisation[],
  { now, today }: Pick<TenantContext, 'now' | 'today'>,
): { others: StreamAppend[]; projections: Statement[] } {
  return {
    others: added.map(({ version: _, ...organisation }) => ({
      stream: `organisation:${organisation.id}`,
      position: START,
      action: 'add-organisation',
      events: [{ type: 'organisation-added', on: today, payload: organisation }],
    })),
    projections: [
      ...organisationRows(
        added.map((organisation) => ({ ...organisation, unit: false, serves: [] })),
        now,
      ),
      ...added.flatMap((organisation) => answersToStatements(organisation)),
      ...(added.some(({ parties }) => parties.some((party) => party !== UNIT))
        ? [lookAgainEverywhere(today)]
        : []),
    ],
  }
}

/** Puts down whom a unit answers to. */
export function answersToStatements({ id, answersTo }: Pick<Organisation, 'id' | 'answersTo'>): Statement[] {
  return Object.entries(answersTo).map(
    ([party, organisation]) =>
      sql`INSERT INTO unit_parties (unit_id, party, organisation_id) VALUES (${id}, ${party}, ${organisation})`,
  )
}

/** Runs a write; a name that another organisation has is `taken`. */
export async function nameKept<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (error instanceof DatabaseError && error.violates('organisations.name'))
      throw new AppError('taken', '已有同名单位')
    throw error
  }
}
