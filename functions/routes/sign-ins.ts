import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { listOwnSessions, signOutElsewhere } from '../services/people/own-sessions.ts'
import { listSignIns, SIGN_IN_KINDS } from '../services/people/sign-in-log.ts'
import { anId, jsonContent, newRoutes, pageQuery, pageSchema, tenantParams } from './parts.ts'

const record = z
  .object({
    n: z.number().int(),
    at: z.string(),
    kind: z.enum(SIGN_IN_KINDS),
    user: z
      .object({ id: z.string(), name: z.string(), login: z.string(), organisation: z.string() })
      .nullable(),
    address: z.string(),
  })
  .openapi('SignIn')

const ownSession = z
  .object({ startedAt: z.string(), seenAt: z.string(), address: z.string(), current: z.boolean() })
  .openapi('OwnSession')

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/sign-ins',
  tags: ['session'],
  summary: '登录记录, 新的在前: 管理员和审计看到全部, 其他人看到自己的',
  request: { params: tenantParams, query: pageQuery.extend({ user: anId.optional() }) },
  responses: { 200: jsonContent(pageSchema(record), '一页登录记录'), ...commonProblems },
})

const sessionsRoute = createRoute({
  method: 'get',
  path: '/{tenant}/me/sessions',
  tags: ['session'],
  summary: '本人当前有效的登录',
  request: { params: tenantParams },
  responses: {
    200: jsonContent(z.object({ items: z.array(ownSession) }), '当前有效的登录'),
    ...commonProblems,
  },
})

const elsewhereRoute = createRoute({
  method: 'delete',
  path: '/{tenant}/me/sessions',
  tags: ['session'],
  summary: '退出本人的其他登录',
  request: { params: tenantParams },
  responses: { 204: { description: '其他登录已失效' }, ...commonProblems },
})

/** The record of sign-ins, and one's own sessions. */
export const signIns = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listSignIns(tenantContext(c), c.req.valid('query')), 200))
  .openapi(sessionsRoute, async (c) => c.json({ items: await listOwnSessions(tenantContext(c)) }, 200))
  .openapi(elsewhereRoute, async (c) => {
    await signOutElsewhere(tenantContext(c))
    return c.body(null, 204)
  })
