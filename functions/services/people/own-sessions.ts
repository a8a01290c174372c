import { integer, sql, text } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { me } from '../notices/list-notices.ts'
import { IDLE_MS } from './session-token.ts'
import { recordEnds } from './sign-in-log.ts'

/** Where else the person is signed in. */
export interface OwnSession {
  startedAt: string
  /** Last use, to within five minutes. */
  seenAt: string
  address: string
  /** The one that asks. */
  current: boolean
}

/** The person's own sessions that still live. */
export async function listOwnSessions(ctx: TenantContext): Promise<OwnSession[]> {
  const idle = new Date(ctx.now.getTime() - IDLE_MS).toISOString()
  const { rows } = await enter(ctx, isMember, [
    sql`SELECT created_at, seen_at, address, token_hash = ${ctx.token?.hash} AS current FROM sessions
      WHERE user_id = ${me(ctx)} AND ends_at > ${ctx.now.toISOString()} AND seen_at > ${idle} LIMIT 100`,
  ])
  return (rows[0] ?? [])
    .map((row) => ({
      startedAt: text(row, 'created_at'),
      seenAt: text(row, 'seen_at'),
      address: text(row, 'address'),
      current: integer(row, 'current') === 1,
    }))
    .sort((a, b) => b.seenAt.localeCompare(a.seenAt))
}

/** Ends all of the person's sessions but the one that asks. */
export async function signOutElsewhere(ctx: TenantContext): Promise<void> {
  const { actor, touch } = await enter(ctx, isMember, [])
  const others = sql`user_id = ${actor.userId} AND token_hash <> ${ctx.token?.hash}`
  await ctx.db.write([
    recordEnds(ctx.now, 'ended-elsewhere', others),
    sql`DELETE FROM sessions WHERE ${others}`,
    ...touch,
  ])
}
