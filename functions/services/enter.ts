import { type Database, DatabaseError } from '../../db/database.ts'
import type { EventActor, IdempotencyRow } from '../../db/ledger.ts'
import { optionalText, type Row, type Statement, sql, text } from '../../db/statement.ts'
import { PLATFORM, type PlatformContext, type RequestContext, type TenantContext } from './context.ts'
import { AppError } from './errors.ts'
import { ABSOLUTE_MS, IDLE_MS, TOUCH_MS } from './people/session-token.ts'

/** What a person may be in a tenant. */
export const ROLES = ['administrator', 'handler', 'reviewer', 'head', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** The signed-in person of a tenant, with what the organisation stands for. */
export interface Actor {
  userId: string
  login: string
  name: string
  role: Role
  organisationId: string
  organisation: string
  /** Parties of the policy that the organisation holds for the whole tenant, or as a unit. */
  parties: string[]
}

/** The signed-in person of the platform. */
export interface PlatformActor {
  userId: string
  login: string
  name: string
  role: 'platform-administrator' | 'overseer'
  division: string | undefined
}

/** Actor, rows of the verb's own statements, and the earlier answer when the key has been used for this request. */
export interface Entry<A, T> {
  actor: A
  rows: Row[][]
  answered: T | undefined
  /** Keeps the session alive, when that is due; `commit` writes it with the rest. */
  touch: Statement[]
}

/** Roles that act for their organisation in procedures. */
export function isOfficer(actor: Actor): boolean {
  return actor.role === 'handler' || actor.role === 'reviewer' || actor.role === 'head'
}

/** Whether the person administers the tenant's directory. */
export function isAdministrator(actor: Actor): boolean {
  return actor.role === 'administrator'
}

/** Anyone signed in to the tenant. */
export function isMember(_actor: Actor): boolean {
  return true
}

/**
 * Opens a verb in one round trip: who is asking, whether they may, whether the key has been used, and the rows that
 * the verb needs. Throws `unauthenticated`, `forbidden` or `key-reused`.
 */
export async function enter<T = never>(
  ctx: TenantContext,
  may: (actor: Actor) => boolean,
  statements: readonly Statement[] = [],
): Promise<Entry<Actor, T>> {
  if (!ctx.token) throw unauthenticated()
  const rows = await readOrUnknown(ctx, [
    sql`SELECT s.seen_at, s.ends_at, u.id, u.login, u.name, u.role, u.organisation_id, o.name AS organisation,
        (SELECT json_group_array(party) FROM organisation_parties WHERE organisation_id = u.organisation_id) AS parties
        ${keyColumns(ctx)}
      FROM sessions s JOIN users u ON u.id = s.user_id JOIN organisations o ON o.id = u.organisation_id ${keyJoin(ctx)}
      WHERE s.token_hash = ${ctx.token.hash} AND u.status = 'active'`,
    ...statements,
  ])
  const session = liveSession(ctx, rows)
  const actor: Actor = {
    userId: text(session, 'id'),
    login: text(session, 'login'),
    name: text(session, 'name'),
    role: text(session, 'role') as Role,
    organisationId: text(session, 'organisation_id'),
    organisation: text(session, 'organisation'),
    parties: JSON.parse(text(session, 'parties')) as string[],
  }
  return finish(ctx, may, actor, session, rows)
}

/** `enter` for platform administrators and overseers, in the control database. */
export async function enterPlatform<T = never>(
  ctx: PlatformContext,
  may: (actor: PlatformActor) => boolean,
  statements: readonly Statement[] = [],
): Promise<Entry<PlatformActor, T>> {
  if (ctx.token?.scope !== PLATFORM) throw unauthenticated()
  const rows = await ctx.db.read([
    sql`SELECT s.seen_at, s.ends_at, u.id, u.login, u.name, u.role, u.division ${keyColumns(ctx)} FROM sessions s
      JOIN platform_users u ON u.id = s.user_id ${keyJoin(ctx)}
      WHERE s.token_hash = ${ctx.token.hash} AND u.status = 'active'`,
    ...statements,
  ])
  const session = liveSession(ctx, rows)
  const actor: PlatformActor = {
    userId: text(session, 'id'),
    login: text(session, 'login'),
    name: text(session, 'name'),
    role: text(session, 'role') as PlatformActor['role'],
    division: (session.division as string | null) ?? undefined,
  }
  return finish(ctx, may, actor, session, rows)
}

/** The person as events keep them. */
export function eventActor(actor: Actor | PlatformActor): EventActor {
  const base = { user: actor.userId, name: actor.name }
  return 'organisationId' in actor ? { ...base, organisation: actor.organisationId } : base
}

/** The row that keeps a verb's answer under the caller's key. Throws `key-required` when there is none. */
export function answerRow(ctx: RequestContext, actor: { userId: string }, answer: unknown): IdempotencyRow {
  return { user: actor.userId, ...requireKey(ctx), answer }
}

/** The caller's key, on writes that create or move something. */
export function requireKey(ctx: RequestContext): { key: string; request: string } {
  if (!ctx.idempotency) throw new AppError('key-required', '这一请求须带 Idempotency-Key 请求头')
  return ctx.idempotency
}

function unauthenticated(): AppError {
  return new AppError('unauthenticated', '请先登录')
}

/** A tenant that does not exist knows no session. */
async function readOrUnknown(ctx: TenantContext, statements: Statement[]): Promise<Row[][]> {
  try {
    return await ctx.db.read(statements)
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'missing') throw unauthenticated()
    throw error
  }
}

const NOTHING = sql``
const KEY_COLUMNS = sql`, k.request, k.answer`

function keyColumns(ctx: RequestContext): Statement {
  return ctx.idempotency ? KEY_COLUMNS : NOTHING
}

/** The use of the caller's key by the same person, with the session that is looked up. */
function keyJoin(ctx: RequestContext): Statement {
  if (!ctx.idempotency) return NOTHING
  return sql`LEFT JOIN idempotency k ON k.user_id = s.user_id AND k.key = ${ctx.idempotency.key}`
}

function liveSession(ctx: RequestContext, rows: Row[][]): Row {
  const session = rows[0]?.[0]
  const idle = new Date(ctx.now.getTime() - IDLE_MS).toISOString()
  if (!session || text(session, 'ends_at') <= ctx.now.toISOString() || text(session, 'seen_at') <= idle)
    throw unauthenticated()
  return session
}

async function finish<A extends { userId: string }, T>(
  ctx: RequestContext & { db: Database },
  may: (actor: A) => boolean,
  actor: A,
  session: Row,
  rows: Row[][],
): Promise<Entry<A, T>> {
  ctx.seen.user = actor.userId
  if (!may(actor)) throw new AppError('forbidden', '您的身份不能办理这一事项')
  const answer = ctx.idempotency ? optionalText(session, 'answer') : undefined
  if (answer !== undefined && text(session, 'request') !== ctx.idempotency?.request)
    throw new AppError('key-reused', '这一 Idempotency-Key 已用于另一请求')
  if (answer !== undefined) ctx.seen.replayed = true
  const touch = touchStatement(ctx, session)
  if (ctx.reading && touch.length) await ctx.db.write(touch)
  const answered = answer === undefined ? undefined : (JSON.parse(answer) as T)
  return { actor, rows: rows.slice(1), answered, touch }
}

function touchStatement(ctx: RequestContext, session: Row): Statement[] {
  const due = new Date(ctx.now.getTime() - TOUCH_MS).toISOString()
  if (!ctx.token || text(session, 'seen_at') > due) return []
  return [sql`UPDATE sessions SET seen_at = ${ctx.now.toISOString()} WHERE token_hash = ${ctx.token.hash}`]
}

/** The day and hour at which a session made now ends whatever happens. */
export function sessionEnd(now: Date): string {
  return new Date(now.getTime() + ABSOLUTE_MS).toISOString()
}
