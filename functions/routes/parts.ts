import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { AppEnv } from '../http/env.ts'
import { invalidInput } from '../http/problem.ts'

/** An empty router whose validation errors become problem documents. */
export function newRoutes(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: invalidInput })
}

/** `:tenant` of a path. */
export const tenantId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .openapi({ param: { name: 'tenant', in: 'path' }, example: 'a-county' })

/** `:jurisdiction` of a path: a tenant below the overseer's division. */
export const aJurisdiction = tenantId.openapi({ param: { name: 'jurisdiction', in: 'path' } })

/** Any id that we made. */
export const anId = z.string().regex(/^[0-9a-f-]{36}$/, '不是有效的编号')

/** A password that somebody chooses. */
export const newPassword = z.string().min(12, '密码至少 12 个字符').max(256)

/** The old password and the one in its place. */
export const passwordChange = z.strictObject({ old: z.string().min(1).max(256), new: newPassword })

/** A name in the policy: of a step, a party, a fact, an outcome. */
export const policyName = z.string().regex(/^[A-Za-z][A-Za-z0-9.-]{0,99}$/, '不是办法中的名称')

/** An ISO day. */
export const aDay = z.iso.date()

export const tenantParams = z.strictObject({ tenant: tenantId })

/** Query of every list. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(400).optional(),
})

/** One page of `item`. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** A JSON answer. */
export function jsonContent<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** A JSON body that must be there. */
export function jsonRequest<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } }
}

/** Documents the key that creating and moving requests must carry. */
export const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: true,
  description: '同一请求重发时须用同一个键, 得到的是第一次的结果',
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
}

/** Documents the version that an edit must name. */
export const ifMatchHeader = {
  name: 'If-Match',
  in: 'header' as const,
  required: true,
  description: '读取时得到的 ETag',
  schema: { type: 'string' as const },
}

/** Trimmed text for names that people read: no control characters, no direction overrides. */
export function aName(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u, '含有控制字符')
}

/** The header that has a browser save an answer under a name of any characters (RFC 8187). */
export function attachmentNamed(name: string): string {
  const safe = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
  return `attachment; filename*=UTF-8''${safe}`
}
