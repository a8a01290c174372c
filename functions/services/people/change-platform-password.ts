import { optionalText, sql } from '../../../db/statement.ts'
import type { PlatformContext } from '../context.ts'
import { enterPlatform } from '../enter.ts'
import { AppError } from '../errors.ts'
import { hashPassword, verifyPassword } from './password.ts'

/**
 * Sets a new password for a person of the platform and ends the other sessions; the first administrator's is shown
 * once on a screen and is not to stay. Throws `credentials` when the old one is wrong.
 */
export async function changePlatformPassword(
  ctx: PlatformContext,
  input: { old: string; new: string },
): Promise<void> {
  const { actor, rows, touch } = await enterPlatform(ctx, () => true, [
    sql`SELECT password FROM platform_users WHERE id = (SELECT user_id FROM sessions WHERE token_hash = ${ctx.token?.hash})`,
  ])
  if (!(await verifyPassword(input.old, optionalText(rows[0]?.[0] ?? {}, 'password'))))
    throw new AppError('credentials', '原密码不正确')
  const password = await hashPassword(input.new, ctx.deps.randomBytes)
  await ctx.db.write([
    sql`UPDATE platform_users SET password = ${password} WHERE id = ${actor.userId}`,
    sql`DELETE FROM sessions WHERE user_id = ${actor.userId} AND token_hash <> ${ctx.token?.hash}`,
    ...touch,
  ])
}
