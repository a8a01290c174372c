import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { etagOf, requiredVersion } from '../http/etag.ts'
import { commonProblems, versionProblems } from '../http/problem.ts'
import { ROLES } from '../services/enter.ts'
import { addUser } from '../services/people/add-user.ts'
import { changePassword } from '../services/people/change-password.ts'
import { changeUser } from '../services/people/change-user.ts'
import { listUsers } from '../services/people/list-users.ts'
import {
  aName,
  anId,
  ifMatchHeader,
  jsonContent,
  jsonRequest,
  keyHeader,
  newPassword,
  newRoutes,
  pageQuery,
  pageSchema,
  passwordChange,
  tenantParams,
} from './parts.ts'

const user = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    role: z.string(),
    status: z.string(),
    organisationId: z.string(),
    version: z.number().int(),
  })
  .openapi('User')

/** Long rather than intricate: length is what withstands guessing. */

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/users',
  tags: ['directory'],
  summary: '人员: 管理员看到全部, 其他人看到本单位',
  request: { params: tenantParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(user), '一页人员'), ...commonProblems },
})

const addRoute = createRoute({
  method: 'post',
  path: '/{tenant}/users',
  tags: ['directory'],
  summary: '新增人员(管理员)',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/, '登录名由小写字母、数字和 . _ - 组成'),
        name: aName(60),
        role: z.enum(ROLES),
        organisationId: anId,
        password: newPassword,
      }),
    ),
  },
  responses: { 201: jsonContent(user, '已新增'), ...commonProblems },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/{tenant}/users/{id}',
  tags: ['directory'],
  summary: '修改或停用人员(管理员); 停用或重设密码后, 其登录随即失效',
  parameters: [ifMatchHeader],
  request: {
    params: tenantParams.extend({ id: anId }),
    body: jsonRequest(
      z
        .strictObject({
          name: aName(60).optional(),
          role: z.enum(ROLES).optional(),
          organisationId: anId.optional(),
          status: z.enum(['active', 'disabled']).optional(),
          password: newPassword.optional(),
        })
        .refine((change) => Object.keys(change).length > 0, '没有要修改的内容'),
    ),
  },
  responses: { 200: jsonContent(user, '已修改'), ...commonProblems, ...versionProblems },
})

const passwordRoute = createRoute({
  method: 'put',
  path: '/{tenant}/me/password',
  tags: ['session'],
  summary: '修改本人密码, 其他登录随之失效',
  request: {
    params: tenantParams,
    body: jsonRequest(passwordChange),
  },
  responses: { 204: { description: '已修改' }, ...commonProblems },
})

/** The people of a tenant. */
export const users = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listUsers(tenantContext(c), c.req.valid('query')), 200))
  .openapi(addRoute, async (c) => c.json(await addUser(tenantContext(c), c.req.valid('json')), 201))
  .openapi(changeRoute, async (c) => {
    const version = requiredVersion(c)
    const userId = c.req.valid('param').id
    const changed = await changeUser(tenantContext(c), { userId, version, ...c.req.valid('json') })
    c.header('etag', etagOf(changed.version))
    return c.json(changed, 200)
  })
  .openapi(passwordRoute, async (c) => {
    await changePassword(tenantContext(c), c.req.valid('json'))
    return c.body(null, 204)
  })
