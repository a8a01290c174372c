import type { Context } from 'hono'
import { AppError } from '../services/errors.ts'
import type { AppEnv } from './env.ts'

/** The entity tag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** The version that the caller has in hand. Throws `precondition-required` without If-Match, `stale` for a tag that is none of ours. */
export function requiredVersion(c: Context<AppEnv>): number {
  const header = c.req.header('if-match')
  if (header === undefined) throw new AppError('precondition-required', '请带 If-Match, 值为读取时的 ETag')
  const match = /^"(\d{1,15})"$/.exec(header.trim())
  if (!match) throw new AppError('stale', 'If-Match 不是本资源的 ETag')
  return Number(match[1])
}
