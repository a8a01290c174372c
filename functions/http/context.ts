import type { Context } from 'hono'
import type { PlatformContext, RequestContext, TenantContext } from '../services/context.ts'
import { shanghaiDay } from '../services/context.ts'
import { databaseOf } from '../services/database-of.ts'
import { AppError, notFound } from '../services/errors.ts'
import type { AppEnv } from './env.ts'

/** The context of a request to the platform. */
export function platformContext(c: Context<AppEnv>): PlatformContext {
  const ctx = requestContext(c)
  return { ...ctx, db: databaseOf(ctx, undefined) }
}

/**
 * The context of a request inside the tenant that the path names. A session of another tenant, or of the platform,
 * finds nothing there.
 */
export function tenantContext(c: Context<AppEnv>): TenantContext {
  const ctx = requestContext(c)
  const tenant = c.req.param('tenant') ?? ''
  if (!ctx.token) throw new AppError('unauthenticated', '请先登录')
  if (ctx.token.scope !== tenant) throw notFound()
  return { ...ctx, tenant, db: databaseOf(ctx, tenant) }
}

/** The context of a request that is in no tenant yet. */
export function requestContext(c: Context<AppEnv>): RequestContext {
  const now = c.get('now')
  return {
    deps: c.get('deps'),
    requestId: c.get('requestId'),
    now,
    today: shanghaiDay(now),
    trips: c.get('trips'),
    address: c.env?.address ?? 'unknown',
    reading: c.req.method === 'GET' || c.req.method === 'HEAD',
    token: c.get('token'),
    idempotency: c.get('idempotency'),
    seen: c.get('seen'),
  }
}
