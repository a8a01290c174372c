import { integer, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { CHANGED, writeGuarded } from './change-view.ts'
import type { Columns } from './saved-views.ts'

/** How a person looks at one list. */
export interface ListPreference {
  columns?: Columns
  density?: 'large' | 'middle' | 'small'
  /** The view that the list opens with. */
  view?: string
}

/** What a person has set for himself, by list. */
export interface Preferences {
  lists?: Record<string, ListPreference>
}

/** A person's preferences; version 0 are those of somebody who has set nothing. */
export interface KeptPreferences {
  content: Preferences
  version: number
}

/** The preferences of the person signed in. */
export async function readPreferences(ctx: TenantContext): Promise<KeptPreferences> {
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT content, version FROM preferences
      WHERE user_id = (SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`,
  ])
  const row = rows[0]?.[0]
  if (!row) return { content: {}, version: 0 }
  return { content: JSON.parse(text(row, 'content')) as Preferences, version: integer(row, 'version') }
}

/** Replaces the person's preferences as they stood at `version`. Throws `stale` when they were changed meanwhile. */
export async function savePreferences(
  ctx: TenantContext,
  input: { content: Preferences; version: number },
): Promise<KeptPreferences> {
  const { actor, touch } = await enter(ctx, isMember)
  const next = input.version + 1
  await writeGuarded(ctx, [
    sql`INSERT INTO preferences (user_id, content, version, updated_at) SELECT ${actor.userId}, ${JSON.stringify(input.content)},
        ${next}, ${ctx.now.toISOString()} WHERE ${input.version} = coalesce((SELECT version FROM preferences WHERE user_id = ${actor.userId}), 0)
      ON CONFLICT (user_id) DO UPDATE SET content = excluded.content, version = excluded.version, updated_at = excluded.updated_at`,
    ...CHANGED,
    ...touch,
  ])
  return { content: input.content, version: next }
}
