import { DatabaseError } from '../../../db/database.ts'
import { START } from '../../../db/ledger.ts'
import { sql, text } from '../../../db/statement.ts'
import { SURROUNDINGS, surroundingStatements, surroundingsOf, versionFor } from '../cases/case-reads.ts'
import { UNIT } from '../cases/visibility.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import { organisationRows } from '../tenants/planned-organisations.ts'
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
    const named = JSON.stringify(Object.values(input.answersTo ?? {}))
    const entry = await enter<Organisation>(ctx, isAdministrator, [
      ...surroundingStatements(ctx, undefined),
      sql`SELECT id FROM organisations WHERE id IN (SELECT value FROM json_each(${named}))`,
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    const adopted = versionFor(surroundingsOf(ctx, entry.rows), undefined, ctx.today)
    const parties = adopted?.policy.document.parties ?? {}
    const known = new Set((entry.rows[SURROUNDINGS] ?? []).map((row) => text(row, 'id')))
    const errors = [
      ...input.parties
        .filter((party) => !parties[party])
        .map((party) => ({ pointer: '#/parties', detail: `办法中没有责任方 ${party}` })),
      ...Object.entries(input.answersTo ?? {})
        .filter(([party, id]) => parties[party]?.held?.per !== 'unit' || !known.has(id))
        .map(([party]) => ({
          pointer: `#/answersTo/${party}`,
          detail: '没有这一单位, 或不是按单位担任的责任方',
        })),
    ]
    if (input.answersTo && !input.parties.includes(UNIT))
      errors.push({ pointer: '#/answersTo', detail: '只用于建设单位' })
    if (errors.length) throw new AppError('malformed', '责任方有误', { errors })
    const organisation: Organisation = { id: ctx.deps.newId(), name: input.name, parties: input.parties }
    const serves = Object.entries(input.answersTo ?? {})
    const others = [
      {
        stream: `organisation:${organisation.id}`,
        position: START,
        action: 'add-organisation',
        events: [
          {
            type: 'organisation-added',
            on: ctx.today,
            payload: { ...organisation, answersTo: input.answersTo ?? {} },
          },
        ],
      },
    ]
    const projections = [
      ...organisationRows([{ ...organisation, unit: false, serves: [] }], ctx.now),
      ...serves.map(
        ([party, id]) =>
          sql`INSERT INTO unit_parties (unit_id, party, organisation_id) VALUES (${organisation.id}, ${party}, ${id})`,
      ),
    ]
    try {
      return await commit(ctx, entry, { others, projections }, organisation)
    } catch (error) {
      if (error instanceof DatabaseError && error.violates('organisations.name'))
        throw new AppError('taken', '已有同名单位')
      throw error
    }
  })
}
