import { DatabaseError } from '../../../db/database.ts'
import { sql } from '../../../db/statement.ts'
import { PLATFORM, type RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { recordEnds } from './sign-in-log.ts'

/** Ends the session in hand, if there is one. */
export async function signOut(ctx: RequestContext): Promise<void> {
  if (!ctx.token) return
  const db = databaseOf(ctx, ctx.token.scope === PLATFORM ? undefined : ctx.token.scope)
  try {
    const own = sql`token_hash = ${ctx.token.hash}`
    await db.write([
      ...(ctx.token.scope === PLATFORM ? [] : [recordEnds(ctx.now, 'signed-out', own)]),
      sql`DELETE FROM sessions WHERE ${own}`,
    ])
  } catch (error) {
    if (!(error instanceof DatabaseError && error.kind === 'missing')) throw error
  }
}
