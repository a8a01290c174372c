import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { readPolicy } from '../services/tenants/read-policy.ts'
import { aDay, jsonContent, newRoutes, tenantParams } from './parts.ts'

const effectiveChosen = z.boolean().openapi({ description: '文本看不到施行日期, 由采用者确定' })

const version = z.object({
  hash: z.string(),
  effectiveOn: z.string(),
  effectiveChosen,
  title: z.string(),
  number: z.string().nullable(),
})

const readRoute = createRoute({
  method: 'get',
  path: '/{tenant}/policy',
  tags: ['policy'],
  summary: '办法: 当日有效的版本, 或指定的版本',
  request: {
    params: tenantParams,
    query: z.strictObject({ on: aDay.optional(), hash: z.string().length(64).optional() }),
  },
  responses: {
    200: jsonContent(
      z
        .object({
          versions: z.array(version),
          hash: z.string(),
          effectiveOn: z.string(),
          effectiveChosen,
          text: z.string(),
          document: z.record(z.string(), z.unknown()),
        })
        .openapi('Policy'),
      '办法全文与结构',
    ),
    ...commonProblems,
  },
})

/** A tenant's policy. */
export const policy = newRoutes().openapi(readRoute, async (c) => {
  const view = await readPolicy(tenantContext(c), c.req.valid('query'))
  c.header('etag', `"${view.hash}"`)
  return c.json(view, 200)
})
