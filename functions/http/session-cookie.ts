import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { parseToken } from '../services/people/session-token.ts'
import type { AppEnv } from './env.ts'
import { isSecure } from './request-frame.ts'

const PLAIN = 'session'
const SECURE = '__Host-session'

/** Takes the session from the bearer token of a script, else from the cookie of a browser. */
export const sessionToken = createMiddleware<AppEnv>(async (c, next) => {
  const authorization = c.req.header('authorization')
  const bearer = authorization === undefined ? undefined : /^Bearer ([^\s]+)$/.exec(authorization)
  const presented = authorization === undefined ? cookieOf(c) : bearer?.[1]
  c.set('token', parseToken(presented))
  return next()
})

/** Whether the request is authenticated by a cookie, which a browser sends by itself. */
export function hasSessionCookie(c: Context<AppEnv>): boolean {
  return c.req.header('authorization') === undefined && cookieOf(c) !== undefined
}

/** Gives the browser its session; the name is bound to this host where the connection is TLS. */
export function giveSession(c: Context<AppEnv>, token: string, maxAge: number): void {
  const secure = isSecure(c.req.url, c.get('deps'))
  setCookie(c, secure ? SECURE : PLAIN, token, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge })
}

/** Takes the session from the browser. */
export function dropSession(c: Context<AppEnv>): void {
  giveSession(c, '', 0)
}

function cookieOf(c: Context<AppEnv>): string | undefined {
  return getCookie(c, isSecure(c.req.url, c.get('deps')) ? SECURE : PLAIN)
}
