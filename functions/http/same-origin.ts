import { createMiddleware } from 'hono/factory'
import { AppError, notFound } from '../services/errors.ts'
import type { AppEnv } from './env.ts'
import { hasSessionCookie } from './session-cookie.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Every unsafe request of a browser must come from our own pages, whatever its content type. A request that carries
 * the session cookie must prove it by Origin or Sec-Fetch-Site; scripts with a bearer token send neither.
 */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (SAFE.has(c.req.method)) return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const own = c.get('deps').publicOrigin ?? new URL(c.req.url).origin
  const foreign =
    (site !== undefined && site !== 'same-origin' && site !== 'none') ||
    (origin !== undefined && origin !== own)
  const unproven = site === undefined && origin === undefined && hasSessionCookie(c)
  if (foreign || unproven) throw new AppError('foreign-origin', '请求须来自本系统的页面')
  return next()
})

/** Refuses paths that proxies and routers read differently: doubled, encoded or backward slashes, dots, NUL. */
export const plainPath = createMiddleware<AppEnv>(async (c, next) => {
  const path = c.req.path
  if (path.length > 1000 || /\/\/|%2f|%5c|%00|\\|\/\.{1,2}(\/|$)|%2e/i.test(path)) throw notFound()
  return next()
})
