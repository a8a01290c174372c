import { canonical, sha256 } from '../../../db/canonical.ts'
import { DatabaseError } from '../../../db/database.ts'
import { START, type StreamAppend } from '../../../db/ledger.ts'
import { type Statement, sql } from '../../../db/statement.ts'
import { commit, retried } from '../commit.ts'
import type { TenantContext } from '../context.ts'
import { enter, isAdministrator, type Role, requireKey } from '../enter.ts'
import { AppError } from '../errors.ts'
import type { User } from './list-users.ts'
import { hashPassword } from './password.ts'

export interface AddUser {
  login: string
  name: string
  role: Role
  organisationId: string
  password: string
}

/** A person who is not in the log yet. */
export type NewUser = Omit<User, 'version'>

/** Adds a person to an organisation of the tenant. Only the administrator may. */
export async function addUser(caller: TenantContext, input: AddUser): Promise<User> {
  const ctx = withoutSecret(caller, input)
  return retried(async () => {
    const entry = await enter<User>(ctx, isAdministrator, [
      sql`SELECT id FROM organisations WHERE id = ${input.organisationId}`,
    ])
    requireKey(ctx)
    if (entry.answered) return entry.answered
    if (!entry.rows[0]?.length)
      throw new AppError('malformed', '没有这一单位', {
        errors: [{ pointer: '#/organisationId', detail: '没有这一单位' }],
      })
    const { password, ...rest } = input
    const person: NewUser = { id: ctx.deps.newId(), ...rest, status: 'active' }
    const user: User = { ...person, version: 1 }
    const added = userAdded(person, ctx.today)
    const row = insertUser(person, await hashPassword(password, ctx.deps.randomBytes), ctx.now)
    try {
      return await commit(ctx, entry, { others: [added], projections: [row] }, user)
    } catch (error) {
      if (error instanceof DatabaseError && error.violates('users.login'))
        throw new AppError('taken', '这一登录名已被使用')
      throw error
    }
  })
}

/** The event of a new person; passwords are never in events. */
export function userAdded(user: NewUser, on: string): StreamAppend {
  return {
    stream: `user:${user.id}`,
    position: START,
    action: 'add-user',
    events: [{ type: 'user-added', on, payload: user }],
  }
}

/** The row of a new person. */
export function insertUser(user: NewUser, password: string, now: Date): Statement {
  return sql`INSERT INTO users (id, organisation_id, login, name, role, status, password, created_at) VALUES (${user.id},
    ${user.organisationId}, ${user.login}, ${user.name}, ${user.role}, ${user.status}, ${password}, ${now.toISOString()})`
}

/** The key with a request hash that says nothing of the password, since the hash is kept and quick to try. */
function withoutSecret(ctx: TenantContext, { password: _, ...rest }: AddUser): TenantContext {
  const idempotency = ctx.idempotency && {
    key: ctx.idempotency.key,
    request: sha256(canonical(['add-user', rest])),
  }
  return { ...ctx, idempotency }
}
