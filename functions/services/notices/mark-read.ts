import { type Statement, sql, values } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'

/** Some notices by id, or all up to one. */
export type MarkRead = { ids: string[] } | { upTo: string }

/** Notes that the person has read notices; nobody else's unread ones change. */
export async function markRead(ctx: TenantContext, input: MarkRead): Promise<void> {
  const { actor, touch } = await enter(ctx, isMember, [])
  const statements =
    'upTo' in input ? readUpTo(ctx, actor.userId, input.upTo) : readOnes(actor.userId, input.ids)
  await ctx.db.write([...statements, ...touch])
}

/** Nothing that is still to come can be read already. */
function readUpTo(ctx: TenantContext, userId: string, upTo: string): Statement[] {
  const last = sql`min(${upTo}, ${`${ctx.now.toISOString()}/~`})`
  return [
    sql`INSERT INTO notice_preferences (user_id, read_to) VALUES (${userId}, ${last})
      ON CONFLICT (user_id) DO UPDATE SET read_to = max(read_to, excluded.read_to)`,
    sql`DELETE FROM notice_reads WHERE user_id = ${userId} AND notice_id <= ${last}`,
  ]
}

function readOnes(userId: string, ids: readonly string[]): Statement[] {
  const rows = [...new Set(ids)].map((id) => [userId, id])
  return [sql`INSERT INTO notice_reads (user_id, notice_id) VALUES ${values(rows)} ON CONFLICT DO NOTHING`]
}
