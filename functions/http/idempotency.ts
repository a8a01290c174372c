import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { AppError } from '../services/errors.ts'
import type { AppEnv } from './env.ts'

const KEY = /^[\x21-\x7e]{1,255}$/

/**
 * Takes the Idempotency-Key and hashes what is asked: method, path, query, and the JSON body when there is one.
 * Whether a key is needed is the verb's affair.
 */
export const idempotencyKey = createMiddleware<AppEnv>(async (c, next) => {
  const key = c.req.header('idempotency-key')
  if (key === undefined || c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  if (!KEY.test(key)) throw new AppError('malformed', 'Idempotency-Key 须为 1 至 255 个可见 ASCII 字符')
  const url = new URL(c.req.url)
  const body = c.req.bodyCache.text === undefined ? '' : await c.req.text()
  const request = createHash('sha256')
    .update([c.req.method, url.pathname, url.search, c.req.header('if-match') ?? '', body].join('\n'))
    .digest('hex')
  c.set('idempotency', { key, request })
  return next()
})
