import { positionOf, positionStatement } from '../../../db/ledger.ts'
import { integer, type Statement, sql, text, values } from '../../../db/statement.ts'
import { lookAgainEverywhere } from '../../../db/tenant/projections.ts'
import { SURROUNDINGS, surroundingStatements, surroundingsOf } from '../cases/case-reads.ts'
import { UNIT } from '../cases/visibility.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { answersToStatements, nameKept } from './add-organisation.ts'
import { namedStatement, requireHolding } from './judge-holding.ts'
import { ORGANISATION, type Organisation, organisationOf } from './list-organisations.ts'

/** What the administrator may change of an organisation; what is not named stays. */
export interface ChangeOrganisation {
  id: string
  version: number
  name?: string
  parties?: string[]
  answersTo?: Record<string, string>
}

/**
 * Changes an organisation's name and the parties that it holds. Its former name goes on meaning it where a project's
 * facts say it. A party keeps a holder, a unit with projects stays one.
 */
export async function changeOrganisation(
  ctx: TenantContext,
  input: ChangeOrganisation,
): Promise<Organisation> {
  const { id, version, ...change } = input
  return retried(async () => {
    const entry = await enter<Organisation>(ctx, isAdministrator, [
      ...surroundingStatements(ctx, undefined),
      sql`SELECT ${ORGANISATION} FROM organisations o WHERE o.id = ${id}`,
      positionStatement(`organisation:${id}`),
      namedStatement({ parties: [], ...change }),
      sql`SELECT party FROM organisation_parties a WHERE organisation_id = ${id} AND NOT EXISTS
        (SELECT 1 FROM organisation_parties b WHERE b.party = a.party AND b.organisation_id <> ${id})`,
      sql`SELECT EXISTS (SELECT 1 FROM projects WHERE organisation_id = ${id}) AS declared`,
    ])
    const [row, position, named, alone = [], declared] = entry.rows.slice(SURROUNDINGS)
    if (!row?.[0]) throw notFound()
    const before = organisationOf(row[0])
    if (before.version !== version) throw new AppError('stale', '这一单位的信息已有更新, 请重新读取')
    const after: Organisation = { ...before, ...change, version: version + 1 }
    if (!after.parties.includes(UNIT)) after.answersTo = change.answersTo ?? {}
    const around = surroundingsOf(ctx, entry.rows)
    // Whom the unit answered to before was judged then; only what is new is judged now.
    requireHolding(around, ctx.today, { parties: after.parties, answersTo: change.answersTo }, named)
    const lost = alone.map((one) => text(one, 'party')).filter((party) => !after.parties.includes(party))
    if (lost.some((party) => party !== UNIT))
      throw new AppError('conflict', '责任方至少要有一个单位担任, 请先交给另一单位', {
        errors: lost.map((party) => ({ pointer: '#/parties', detail: `只有这一单位担任 ${party}` })),
      })
    if (!after.parties.includes(UNIT) && integer(declared![0]!, 'declared') === 1)
      throw new AppError('conflict', '这一单位有自己的项目, 须仍为建设单位')
    const { version: _, ...payload } = after
    const others = [
      {
        stream: `organisation:${id}`,
        position: positionOf(position?.[0]),
        action: 'change-organisation',
        events: [{ type: 'organisation-changed', on: ctx.today, payload }],
      },
    ]
    const projections = [
      ...rowsOf(before, after),
      lookAgainEverywhere(ctx.today),
      // Also what has ended is found by its unit's name.
      sql`UPDATE projects SET next_change_on = ${ctx.today} WHERE organisation_id = ${id}`,
    ]
    return nameKept(() => commit({ ...ctx, idempotency: undefined }, entry, { others, projections }, after))
  })
}

function rowsOf(before: Organisation, after: Organisation): Statement[] {
  const { id, name, parties } = after
  const renamed =
    name === before.name
      ? []
      : [
          sql`UPDATE organisations SET name = ${name} WHERE id = ${id}`,
          sql`DELETE FROM former_names WHERE name = ${name}`,
          sql`INSERT INTO former_names (name, organisation_id) VALUES (${before.name}, ${id})
            ON CONFLICT (name) DO UPDATE SET organisation_id = excluded.organisation_id`,
        ]
  return [
    ...renamed,
    sql`DELETE FROM organisation_parties WHERE organisation_id = ${id}`,
    sql`INSERT INTO organisation_parties (organisation_id, party) VALUES ${values(parties.map((party) => [id, party]))}`,
    sql`DELETE FROM unit_parties WHERE unit_id = ${id}`,
    ...answersToStatements(after),
  ]
}
