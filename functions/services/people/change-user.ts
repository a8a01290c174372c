import { positionOf, positionStatement } from '../../../db/ledger.ts'
import { integer, type Statement, sql } from '../../../db/statement.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, type Role } from '../enter.ts'
import { AppError, notFound } from '../errors.ts'
import { USER_VERSION, type User, userOf } from './list-users.ts'
import { hashPassword } from './password.ts'
import { recordEnds } from './sign-in-log.ts'

/** What the administrator may change of a person. A new password or the end of the account ends all sessions. */
export interface ChangeUser {
  userId: string
  version: number
  name?: string
  role?: Role
  organisationId?: string
  status?: 'active' | 'disabled'
  password?: string
}

/** Changes a person's name, role, organisation, status or password. The last administrator stays one. */
export async function changeUser(ctx: TenantContext, input: ChangeUser): Promise<User> {
  const { userId, version, password, ...change } = input
  return retried(async () => {
    const entry = await enter<User>(ctx, isAdministrator, [
      sql`SELECT id, login, name, role, status, organisation_id, ${USER_VERSION} AS version FROM users WHERE id = ${userId}`,
      positionStatement(`user:${userId}`),
      sql`SELECT count(*) AS others FROM users WHERE role = 'administrator' AND status = 'active' AND id <> ${userId}`,
      sql`SELECT id FROM organisations WHERE id = ${change.organisationId}`,
    ])
    const row = entry.rows[0]?.[0]
    if (!row) throw notFound()
    const before = userOf(row)
    if (before.version !== version) throw new AppError('stale', '此人的信息已有更新, 请重新读取')
    if (change.organisationId !== undefined && !entry.rows[3]?.length)
      throw new AppError('malformed', '没有这一单位', {
        errors: [{ pointer: '#/organisationId', detail: '没有这一单位' }],
      })
    const user: User = { ...before, ...change, version: version + 1 }
    const administers = user.role === 'administrator' && user.status === 'active'
    if (!administers && before.role === 'administrator' && integer(entry.rows[2]![0]!, 'others') === 0)
      throw new AppError('conflict', '须至少有一名管理员')
    const hash = password === undefined ? undefined : await hashPassword(password, ctx.deps.randomBytes)
    const changed = { ...change, ...(hash && { passwordReset: true }) }
    const others = [
      {
        stream: `user:${userId}`,
        position: positionOf(entry.rows[1]?.[0]),
        action: 'change-user',
        events: [{ type: 'user-changed', on: ctx.today, payload: changed }],
      },
    ]
    const own = sql`user_id = ${userId}`
    const projections: Statement[] = [
      sql`UPDATE users SET name = ${user.name}, role = ${user.role}, status = ${user.status},
        organisation_id = ${user.organisationId} WHERE id = ${userId}`,
      ...(hash ? [sql`UPDATE users SET password = ${hash} WHERE id = ${userId}`] : []),
      ...(hash || user.status === 'disabled'
        ? [recordEnds(ctx.now, 'ended-by-administrator', own), sql`DELETE FROM sessions WHERE ${own}`]
        : []),
    ]
    return commit({ ...ctx, idempotency: undefined }, entry, { others, projections }, user)
  })
}
