import { integer, sql } from '../../../db/statement.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import type { SavedView, ViewContent } from './saved-views.ts'

/** More views than this nobody finds his way in. */
const MOST = 50

/** Keeps filters and columns of a list under a name. Throws `conflict` when the person has too many already. */
export async function addView(ctx: TenantContext, content: ViewContent): Promise<SavedView> {
  return retried(async () => {
    const entry = await enter<SavedView>(ctx, isMember, [
      sql`SELECT count(*) AS kept FROM views WHERE user_id = (SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`,
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    if (integer(entry.rows[0]![0]!, 'kept') >= MOST)
      throw new AppError('conflict', `最多保存 ${MOST} 个视图, 请先删除不用的`)
    const { userId, organisationId, name: by } = entry.actor
    const view = { id: ctx.deps.newId(), ...content, mine: true, by, version: 1 }
    const insert = sql`INSERT INTO views (id, user_id, organisation_id, name, shared, query, columns, version, updated_at)
      VALUES (${view.id}, ${userId}, ${organisationId}, ${view.name}, ${view.shared}, ${view.query},
        ${JSON.stringify(view.columns)}, 1, ${ctx.now.toISOString()})`
    return commit(ctx, entry, { projections: [insert] }, view)
  })
}
