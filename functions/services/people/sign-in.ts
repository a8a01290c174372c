import { createHash } from 'node:crypto'
import { type Database, DatabaseError } from '../../../db/database.ts'
import { integer, optionalText, type Row, type Statement, sql, text } from '../../../db/statement.ts'
import { PLATFORM, type RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { AppError } from '../errors.ts'
import { verifyPassword } from './password.ts'
import { ABSOLUTE_MS, newToken } from './session-token.ts'
import { recordSignIn, type SignInKind } from './sign-in-log.ts'

const WINDOW_MS = 15 * 60_000
const TRIES_PER_ACCOUNT_AND_ADDRESS = 5
const TRIES_PER_ADDRESS = 20

/** Whose account: of a tenant, or of the platform when no tenant is named. */
export interface SignIn {
  tenant?: string
  login: string
  password: string
}

export interface SignedIn {
  token: string
  maxAge: number
  user: { id: string; name: string; role: string }
}

/**
 * Checks login and password and opens a session. Tries are counted in the database before the password is looked at,
 * so parallel guesses cannot pass the limit. Throws `credentials` or `too-many-tries`, never telling what was wrong.
 */
export async function signIn(ctx: RequestContext, input: SignIn): Promise<SignedIn> {
  const db = databaseOf(ctx, input.tenant)
  const keys = throttleKeys(ctx, input)
  let rows: Row[][]
  try {
    rows = await db.write([...keys.map((key) => countTry(ctx, key)), selectUser(input)])
  } catch (error) {
    if (!(error instanceof DatabaseError && error.kind === 'missing')) throw error
    await verifyPassword(input.password, undefined)
    throw wrongCredentials()
  }
  const user = rows[2]?.[0]
  // The platform's own people sign in to control, which keeps no record of it.
  const record = (kind: SignInKind): Statement[] =>
    input.tenant === undefined ? [] : [recordSignIn(ctx, kind, user && text(user, 'id'))]
  const refusal = tooMany(ctx, rows)
  if (refusal) {
    // Only the first refusal of a series is kept: guessing must not fill the record.
    if (refusal.first) await keep(db, record('too-many'))
    throw refusal.error
  }
  const active = user && text(user, 'status') === 'active' ? user : undefined
  const right = await verifyPassword(input.password, active && optionalText(active, 'password'))
  if (!active || !right) {
    await keep(db, record('wrong'))
    throw wrongCredentials()
  }
  const { token, hash } = newToken(input.tenant ?? PLATFORM, ctx.deps.randomBytes)
  const userId = text(active, 'id')
  await db.write([
    sql`DELETE FROM throttle WHERE key = ${keys[0]}`,
    sql`UPDATE throttle SET tries = tries - 1 WHERE key = ${keys[1]}`,
    sql`DELETE FROM sessions WHERE user_id = ${userId} AND (ends_at <= ${ctx.now.toISOString()} OR token_hash = ${ctx.token?.hash})`,
    insertSession(ctx, input, hash, userId),
    ...record('signed-in'),
  ])
  ctx.seen.user = userId
  return {
    token,
    maxAge: ABSOLUTE_MS / 1000,
    user: { id: userId, name: text(active, 'name'), role: text(active, 'role') },
  }
}

async function keep(db: Database, statements: Statement[]): Promise<void> {
  if (statements.length) await db.write(statements)
}

function insertSession(ctx: RequestContext, input: SignIn, hash: string, userId: string): Statement {
  const now = ctx.now.toISOString()
  const ends = new Date(ctx.now.getTime() + ABSOLUTE_MS).toISOString()
  return input.tenant === undefined
    ? sql`INSERT INTO sessions (token_hash, user_id, seen_at, ends_at, created_at) VALUES (${hash}, ${userId}, ${now}, ${ends}, ${now})`
    : sql`INSERT INTO sessions (token_hash, user_id, seen_at, ends_at, created_at, address) VALUES (${hash}, ${userId}, ${now},
        ${ends}, ${now}, ${ctx.address})`
}

function wrongCredentials(): AppError {
  return new AppError('credentials', '账号或密码不正确')
}

function selectUser(input: SignIn): Statement {
  return input.tenant === undefined
    ? sql`SELECT id, name, role, status, password FROM platform_users WHERE login = ${input.login}`
    : sql`SELECT id, name, role, status, password FROM users WHERE login = ${input.login}`
}

/** Account with address, then address alone; hashed, since a mistyped login may be a password. */
function throttleKeys(ctx: RequestContext, input: SignIn): string[] {
  const digest = (...parts: string[]): string =>
    createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return [digest('account', input.login, ctx.address), digest('address', ctx.address)]
}

function countTry(ctx: RequestContext, key: string): Statement {
  const now = ctx.now.toISOString()
  const until = new Date(ctx.now.getTime() + WINDOW_MS).toISOString()
  return sql`INSERT INTO throttle (key, tries, until) VALUES (${key}, 1, ${until}) ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN until <= ${now} THEN 1 ELSE tries + 1 END,
    until = CASE WHEN until <= ${now} THEN excluded.until ELSE until END
    RETURNING tries, until`
}

/** The refusal where a limit is passed, and whether it is the first in its window. */
function tooMany(ctx: RequestContext, rows: Row[][]): { error: AppError; first: boolean } | undefined {
  const limits = [TRIES_PER_ACCOUNT_AND_ADDRESS, TRIES_PER_ADDRESS]
  const i = limits.findIndex((limit, n) => rows[n]?.[0] && integer(rows[n][0], 'tries') > limit)
  const row = rows[i]?.[0]
  if (!row) return undefined
  const wait = Math.ceil((Date.parse(text(row, 'until')) - ctx.now.getTime()) / 1000)
  return {
    error: new AppError('too-many-tries', '尝试次数过多, 请稍后再试', { retryAfter: Math.max(1, wait) }),
    first: integer(row, 'tries') === limits[i]! + 1,
  }
}
