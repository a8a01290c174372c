import { optionalText, sql } from '../../../db/statement.ts'
import { PLATFORM, type RequestContext } from '../context.ts'
import { databaseOf } from '../database-of.ts'
import { enter, enterPlatform, isMember } from '../enter.ts'
import { AppError } from '../errors.ts'

/** The person behind a session. `tenant` is null for the platform's own people. */
export interface Me {
  tenant: { id: string; name: string } | null
  user: { id: string; login: string; name: string; role: string }
  organisation: { id: string; name: string; parties: string[] } | null
  /** Division that an overseer looks down from. */
  division: string | null
}

/** Who is signed in, and for which organisation. */
export async function whoAmI(ctx: RequestContext): Promise<Me> {
  if (!ctx.token) throw new AppError('unauthenticated', '请先登录')
  if (ctx.token.scope === PLATFORM) {
    const { actor } = await enterPlatform({ ...ctx, db: databaseOf(ctx, undefined) }, () => true)
    const { userId: id, login, name, role } = actor
    return {
      tenant: null,
      user: { id, login, name, role },
      organisation: null,
      division: actor.division ?? null,
    }
  }
  const tenant = ctx.token.scope
  const { actor, rows } = await enter({ ...ctx, tenant, db: databaseOf(ctx, tenant) }, isMember, [
    sql`SELECT value FROM meta WHERE key = 'name'`,
  ])
  const tenantName = optionalText(rows[0]?.[0] ?? {}, 'value') ?? tenant
  const { userId: id, login, name, role, parties } = actor
  return {
    tenant: { id: tenant, name: tenantName },
    user: { id, login, name, role },
    organisation: { id: actor.organisationId, name: actor.organisation, parties },
    division: null,
  }
}
