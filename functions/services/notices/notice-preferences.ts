import { optionalText, sql } from '../../../db/statement.ts'
import type { NoticeCategory } from '../../core/case/told.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { me } from './list-notices.ts'

/** What the person wants the bell to count. */
export interface NoticePreferences {
  /** Categories that are listed, but do not count as unread. */
  muted: NoticeCategory[]
}

/** The person's own preferences. */
export async function readPreferences(ctx: TenantContext): Promise<NoticePreferences> {
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT muted FROM notice_preferences WHERE user_id = ${me(ctx)}`,
  ])
  const muted = optionalText(rows[0]?.[0] ?? {}, 'muted') ?? '[]'
  return { muted: JSON.parse(muted) as NoticeCategory[] }
}

/** Keeps the person's preferences; they take effect with the next look at the bell. */
export async function keepPreferences(
  ctx: TenantContext,
  input: NoticePreferences,
): Promise<NoticePreferences> {
  const { actor, touch } = await enter(ctx, isMember, [])
  const muted = [...new Set(input.muted)].sort()
  await ctx.db.write([
    sql`INSERT INTO notice_preferences (user_id, read_to, muted) VALUES (${actor.userId},
        (SELECT created_at FROM users WHERE id = ${actor.userId}), ${JSON.stringify(muted)})
      ON CONFLICT (user_id) DO UPDATE SET muted = excluded.muted`,
    ...touch,
  ])
  return { muted }
}
