import { createRoute, z } from '@hono/zod-openapi'
import { platformContext, requestContext } from '../http/context.ts'
import { commonProblems, problemSchema } from '../http/problem.ts'
import { dropSession, giveSession } from '../http/session-cookie.ts'
import { changePlatformPassword } from '../services/people/change-platform-password.ts'
import { signIn } from '../services/people/sign-in.ts'
import { signOut } from '../services/people/sign-out.ts'
import { whoAmI } from '../services/people/who-am-i.ts'
import { listJurisdictions } from '../services/tenants/list-jurisdictions.ts'
import { jsonContent, jsonRequest, newRoutes, passwordChange, tenantId } from './parts.ts'

const signInRoute = createRoute({
  method: 'post',
  path: '/session',
  tags: ['session'],
  summary: '登录; 不写 tenant 时登录平台',
  request: {
    body: jsonRequest(
      z.strictObject({
        tenant: tenantId.optional(),
        login: z.string().min(1).max(64),
        password: z.string().min(1).max(256),
      }),
    ),
  },
  responses: {
    201: jsonContent(
      z.object({ token: z.string(), user: z.object({ id: z.string(), name: z.string(), role: z.string() }) }),
      '已登录; 浏览器得到 cookie, 脚本用 token 作 Bearer',
    ),
    ...commonProblems,
    429: { description: '尝试过多', content: { 'application/problem+json': { schema: problemSchema } } },
  },
})

const signOutRoute = createRoute({
  method: 'delete',
  path: '/session',
  tags: ['session'],
  summary: '退出',
  responses: { 204: { description: '已退出' }, ...commonProblems },
})

const meRoute = createRoute({
  method: 'get',
  path: '/me',
  tags: ['session'],
  summary: '当前登录的人',
  responses: {
    200: jsonContent(
      z
        .object({
          tenant: z.object({ id: z.string(), name: z.string() }).nullable(),
          user: z.object({ id: z.string(), login: z.string(), name: z.string(), role: z.string() }),
          organisation: z
            .object({ id: z.string(), name: z.string(), parties: z.array(z.string()) })
            .nullable(),
          division: z.string().nullable(),
        })
        .openapi('Me'),
      '当前登录的人',
    ),
    ...commonProblems,
  },
})

const jurisdictionsRoute = createRoute({
  method: 'get',
  path: '/jurisdictions',
  tags: ['session'],
  summary: '可以登录的辖区(公开)',
  responses: {
    200: jsonContent(
      z.object({
        items: z.array(z.object({ id: z.string(), name: z.string(), division: z.string() })),
      }),
      '全部辖区, 按区划代码',
    ),
    ...commonProblems,
  },
})

const passwordRoute = createRoute({
  method: 'put',
  path: '/me/password',
  tags: ['session'],
  summary: '平台人员修改本人密码, 其他登录随之失效',
  request: { body: jsonRequest(passwordChange) },
  responses: { 204: { description: '已修改' }, ...commonProblems },
})

/** Signing in, out, and who one is. */
export const session = newRoutes()
  .openapi(signInRoute, async (c) => {
    const { token, maxAge, user } = await signIn(requestContext(c), c.req.valid('json'))
    giveSession(c, token, maxAge)
    return c.json({ token, user }, 201)
  })
  .openapi(signOutRoute, async (c) => {
    await signOut(requestContext(c))
    dropSession(c)
    return c.body(null, 204)
  })
  .openapi(jurisdictionsRoute, async (c) =>
    c.json({ items: await listJurisdictions(requestContext(c)) }, 200),
  )
  .openapi(passwordRoute, async (c) => {
    await changePlatformPassword(platformContext(c), c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(meRoute, async (c) => c.json(await whoAmI(requestContext(c)), 200))
