import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { announceWindow, listAnnouncements } from '../services/tenants/announce-window.ts'
import { changeRegister, listRegister } from '../services/tenants/keep-register.ts'
import {
  aDay,
  aName,
  anId,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  pageQuery,
  pageSchema,
  policyName,
  tenantParams,
} from './parts.ts'

const entry = z
  .object({
    id: z.string(),
    name: z.string(),
    level: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    organisation: z.string().nullable(),
  })
  .openapi('RegisterEntry')

const announcement = z
  .object({ step: z.string(), year: z.number().int(), from: z.string().nullable(), to: z.string() })
  .openapi('Announcement')

const registerParams = tenantParams.extend({ register: policyName })

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/registers/{register}/entries',
  tags: ['registers'],
  summary: '名录的条目',
  request: { params: registerParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(entry), '一页条目'), ...commonProblems },
})

const addRoute = createRoute({
  method: 'post',
  path: '/{tenant}/registers/{register}/entries',
  tags: ['registers'],
  summary: '增加条目(管理名录的单位)',
  parameters: [keyHeader],
  request: {
    params: registerParams,
    body: jsonRequest(
      z.strictObject({
        name: aName(100),
        level: aName(60).optional(),
        organisation: aName(100).optional().openapi({ description: '所在单位, 用于回避' }),
        from: aDay.optional(),
        to: aDay.optional(),
      }),
    ),
  },
  responses: { 201: jsonContent(entry, '已增加'), ...commonProblems },
})

const endRoute = createRoute({
  method: 'post',
  path: '/{tenant}/registers/{register}/entries/{id}/end',
  tags: ['registers'],
  summary: '条目自某日后失效',
  parameters: [keyHeader],
  request: {
    params: registerParams.extend({ id: anId }),
    body: jsonRequest(z.strictObject({ to: aDay })),
  },
  responses: { 200: jsonContent(entry, '已记录'), ...commonProblems },
})

const announceRoute = createRoute({
  method: 'post',
  path: '/{tenant}/announcements',
  tags: ['registers'],
  summary: '公布某年度某环节的办理时间',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        step: policyName,
        year: z.number().int().min(1949).max(2200),
        from: aDay.optional(),
        to: aDay,
      }),
    ),
  },
  responses: { 201: jsonContent(announcement, '已公布'), ...commonProblems },
})

const announcementsRoute = createRoute({
  method: 'get',
  path: '/{tenant}/announcements',
  tags: ['registers'],
  summary: '已公布的办理时间',
  request: { params: tenantParams },
  responses: { 200: jsonContent(z.object({ items: z.array(announcement) }), '办理时间'), ...commonProblems },
})

/** Lists that parties keep, and the days that they announce. */
export const registers = newRoutes()
  .openapi(listRoute, async (c) =>
    c.json(await listRegister(tenantContext(c), c.req.valid('param').register, c.req.valid('query')), 200),
  )
  .openapi(addRoute, async (c) => {
    const { register } = c.req.valid('param')
    return c.json(await changeRegister(tenantContext(c), { register, add: c.req.valid('json') }), 201)
  })
  .openapi(endRoute, async (c) => {
    const { register, id } = c.req.valid('param')
    return c.json(
      await changeRegister(tenantContext(c), { register, end: { id, ...c.req.valid('json') } }),
      200,
    )
  })
  .openapi(announceRoute, async (c) =>
    c.json(await announceWindow(tenantContext(c), c.req.valid('json')), 201),
  )
  .openapi(announcementsRoute, async (c) => c.json(await listAnnouncements(tenantContext(c)), 200))
