import { optionalText, sql } from '../../../db/statement.ts'
import type { TenantContext } from '../context.ts'
import { enter, isMember } from '../enter.ts'
import { AppError } from '../errors.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { recordEnds } from './sign-in-log.ts'

/** Sets a new password for the person signed in and ends his other sessions. Throws `credentials` when the old one is wrong. */
export async function changePassword(ctx: TenantContext, input: { old: string; new: string }): Promise<void> {
  const { actor, rows, touch } = await enter(ctx, isMember, [
    sql`SELECT password FROM users WHERE id = (SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`,
  ])
  if (!(await verifyPassword(input.old, optionalText(rows[0]?.[0] ?? {}, 'password'))))
    throw new AppError('credentials', '原密码不正确')
  const password = await hashPassword(input.new, ctx.deps.randomBytes)
  const others = sql`user_id = ${actor.userId} AND token_hash <> ${ctx.token?.hash}`
  await ctx.db.write([
    recordEnds(ctx.now, 'ended-elsewhere', others),
    sql`UPDATE users SET password = ${password} WHERE id = ${actor.userId}`,
    sql`DELETE FROM sessions WHERE ${others}`,
    ...touch,
  ])
}
