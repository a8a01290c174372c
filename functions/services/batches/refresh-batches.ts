import { DatabaseError, GUARD } from '../../../db/database.ts'
import { integer, optionalText, sql, text } from '../../../db/statement.ts'
import type { CaseState } from '../../core/policy/state.ts'
import type { Deps } from '../../deps.ts'
import { outsideOf, SURROUNDINGS, surroundingStatements, surroundingsOf } from '../cases/case-reads.ts'
import { shanghaiDay } from '../context.ts'
import { batchProjection } from './write-batch.ts'

const CHUNK = 50

/** Makes the rows of running batches anew, since their steps open and fall due by mere time. */
export async function refreshBatches(deps: Deps, tenant: string): Promise<void> {
  const home = { deps, tenant }
  const db = deps.databases.tenant(tenant)
  const today = shanghaiDay(deps.now())
  let after = ''
  for (;;) {
    const rows = await db.read([
      sql`SELECT b.id, b.title, b.once, b.policy, b.created_at, b.updated_at, s.version, s.state,
          (SELECT json_group_array(DISTINCT p.organisation_id) FROM json_each(s.state, '$.items') i
            JOIN projects p ON p.id = i.value ->> 'project') AS units
        FROM batches b JOIN streams s ON s.stream = 'batch:' || b.id
        WHERE b.id > ${after} AND b.ended IS NULL ORDER BY b.id LIMIT ${CHUNK}`,
      ...surroundingStatements(home, undefined),
    ])
    const around = surroundingsOf(home, rows.slice(1, 1 + SURROUNDINGS))
    for (const row of rows[0] ?? []) {
      after = text(row, 'id')
      const adopted = around.versions.find((version) => version.hash === text(row, 'policy'))
      if (!adopted) continue
      const state = JSON.parse(text(row, 'state')) as CaseState
      const version = integer(row, 'version')
      const hand = {
        id: after,
        title: text(row, 'title'),
        once: optionalText(row, 'once'),
        createdAt: text(row, 'created_at'),
        updatedAt: text(row, 'updated_at'),
        state,
        adopted,
        around,
        outside: outsideOf(adopted.policy, around, undefined, today),
        scope: {
          policy: adopted.policy,
          state,
          units: JSON.parse(text(row, 'units')) as string[],
          holders: around.holders,
        },
      }
      try {
        await db.write([
          sql`INSERT INTO guard (ok) SELECT count(*) FROM streams WHERE stream = ${`batch:${after}`} AND version = ${version}`,
          sql`DELETE FROM guard`,
          ...batchProjection(hand, version, today).statements,
        ])
      } catch (error) {
        if (!(error instanceof DatabaseError && error.violates(GUARD))) throw error
      }
    }
    if ((rows[0] ?? []).length < CHUNK) return
  }
}
