import { createMiddleware } from 'hono/factory'
import type { Deps } from '../deps.ts'
import type { AppEnv, Bindings } from './env.ts'

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/

/**
 * The outermost frame: dependencies, request id, time, the counter of round trips, safe headers, and one log line
 * at the end. Paths are logged without their query, which may hold names.
 */
export function requestFrame(depsFor: (bindings: Bindings) => Deps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const deps = depsFor(c.env ?? {})
    const now = deps.now()
    const given = c.req.header('x-request-id')
    const requestId = given && REQUEST_ID.test(given) ? given : deps.newId()
    const trips = { count: 0 }
    c.set('deps', deps)
    c.set('requestId', requestId)
    c.set('now', now)
    c.set('trips', trips)
    c.set('seen', {})
    await next()
    const headers = c.res.headers
    headers.set('x-request-id', requestId)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('x-frame-options', 'DENY')
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('cross-origin-opener-policy', 'same-origin')
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
    if (isSecure(c.req.url, deps))
      headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains')
    const seen = c.get('seen')
    deps.log({
      level: c.res.status >= 500 ? 'error' : 'info',
      event: 'request',
      requestId,
      method: c.req.method,
      path: c.req.path.slice(0, 200),
      status: c.res.status,
      ms: deps.now().getTime() - now.getTime(),
      trips: trips.count,
      user: seen.user,
      code: seen.code,
      replayed: seen.replayed,
    })
  })
}

/** Whether browsers reach us over TLS, directly or through a proxy that ends it. */
export function isSecure(url: string, deps: Deps): boolean {
  return (deps.publicOrigin ?? url).startsWith('https:')
}
