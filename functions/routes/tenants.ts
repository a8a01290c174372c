import { createRoute, z } from '@hono/zod-openapi'
import { platformContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { addTenant } from '../services/tenants/add-tenant.ts'
import { adoptPolicy } from '../services/tenants/adopt-policy.ts'
import { listTenants } from '../services/tenants/list-tenants.ts'
import { listVersions } from '../services/tenants/list-versions.ts'
import { rehearsePolicy } from '../services/tenants/rehearse-policy.ts'
import {
  aDay,
  aName,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  pageQuery,
  pageSchema,
  tenantParams,
} from './parts.ts'

const tenant = z
  .object({
    id: z.string(),
    name: z.string(),
    division: z.string(),
    level: z.string(),
    superior: z.string().nullable(),
    policy: z
      .object({ title: z.string(), number: z.string().nullable(), effectiveOn: z.string() })
      .nullable(),
  })
  .openapi('Tenant')

const added = z
  .object({
    id: z.string(),
    name: z.string(),
    division: z.string(),
    level: z.string(),
    effectiveOn: z.string(),
    title: z.string(),
    hash: z.string(),
    organisations: z.array(z.object({ id: z.string(), name: z.string(), parties: z.array(z.string()) })),
  })
  .openapi('AddedTenant')

const aRegulation = z
  .string()
  .max(420_000)
  .optional()
  .openapi({ description: '办法的条文原文(纯文本或 Markdown), 可以以后由管理员载入' })

const listRoute = createRoute({
  method: 'get',
  path: '/tenants',
  tags: ['platform'],
  summary: '全部租户(平台管理员)',
  request: { query: pageQuery },
  responses: { 200: jsonContent(pageSchema(tenant), '一页租户'), ...commonProblems },
})

const addRoute = createRoute({
  method: 'post',
  path: '/tenants',
  tags: ['platform'],
  summary: '新增租户: 检查办法, 建库, 建立各责任方的单位',
  parameters: [keyHeader],
  request: {
    body: jsonRequest(
      z.strictObject({
        policy: z.string().min(1).max(600_000).openapi({ description: '办法文件(YAML)全文' }),
        file: aName(200).default('policy.yaml').openapi({ description: '文件名, 用于指出错误位置' }),
        name: aName(100).optional(),
        effectiveOn: aDay.optional().openapi({ description: '文本看不到施行日期时必填' }),
        regulation: aRegulation,
        administrator: z.strictObject({
          login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/),
          name: aName(60),
          password: z.string().min(12).max(256),
        }),
      }),
    ),
  },
  responses: { 201: jsonContent(added, '已新增'), ...commonProblems },
})

const version = z
  .object({
    tenant: z.string(),
    hash: z.string(),
    effectiveOn: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    organisations: z.array(z.object({ id: z.string(), name: z.string(), parties: z.array(z.string()) })),
  })
  .openapi('AdoptedVersion')

const adoptRoute = createRoute({
  method: 'post',
  path: '/tenants/{tenant}/policies',
  tags: ['platform'],
  summary: '采用办法的新版本: 尚未确定版本的项目自施行日起适用, 已确定的不变, 办法有过渡规定的从其规定',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        policy: z.string().min(1).max(600_000),
        file: aName(200).default('policy.yaml'),
        effectiveOn: aDay.optional(),
        regulation: aRegulation,
      }),
    ),
  },
  responses: { 201: jsonContent(version, '已采用'), ...commonProblems },
})

const versionsRoute = createRoute({
  method: 'get',
  path: '/tenants/{tenant}/policies',
  tags: ['platform'],
  summary: '租户采用过的办法版本, 新的在前(平台管理员)',
  request: { params: tenantParams },
  responses: {
    200: jsonContent(
      z
        .object({
          tenant: z.string(),
          name: z.string(),
          items: z.array(
            z.object({
              hash: z.string(),
              effectiveOn: z.string(),
              title: z.string(),
              number: z.string().nullable(),
              text: z.string(),
              adoptedAt: z.string(),
              adoptedBy: z.string(),
            }),
          ),
        })
        .openapi('PolicyVersions'),
      '最近的版本及其全文',
    ),
    ...commonProblems,
  },
})

const stepLook = z
  .object({ state: z.enum(['excluded', 'blocked', 'open', 'done']), dueOn: z.string().optional() })
  .nullable()
const dutyLook = z
  .object({ by: z.array(z.string()), dueOn: z.string().optional(), overdue: z.boolean() })
  .nullable()
const changed = { step: z.string(), title: z.string(), procedure: z.string().optional() }

const rehearsalView = z
  .object({
    effectiveOn: z.string(),
    on: z.string().openapi({ description: '按哪一天看: 施行日, 已施行的按今天' }),
    looked: z.number().int().openapi({ description: '本页看过的在办项目数' }),
    items: z.array(
      z.object({
        project: z.object({
          id: z.string(),
          title: z.string(),
          organisationId: z.string(),
          version: z.string().nullable(),
        }),
        moves: z.union([z.enum(['transition', 'unbound']), z.literal(false)]),
        stays: z.enum(['no-transition', 'other-version', 'past', 'stage', 'would-end']).nullable(),
        stage: z.object({
          before: z.string(),
          after: z.string(),
          beforeTitle: z.string(),
          afterTitle: z.string(),
        }),
        ended: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
        steps: z.array(z.object({ ...changed, before: stepLook, after: stepLook })),
        duties: z.array(z.object({ ...changed, before: dutyLook, after: dutyLook })),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('Rehearsal')

const rehearseRoute = createRoute({
  method: 'post',
  path: '/tenants/{tenant}/policies/rehearsal',
  tags: ['platform'],
  summary: '试演: 新版本对在办项目逐个会有什么改变(不改动任何数据)',
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        policy: z.string().min(1).max(600_000),
        file: aName(200).default('policy.yaml'),
        effectiveOn: aDay.optional(),
        all: z.boolean().default(false).openapi({ description: '连同仍按原版本的项目' }),
        limit: z.number().int().min(1).max(50).default(20),
        after: z.string().max(400).optional(),
      }),
    ),
  },
  responses: { 200: jsonContent(rehearsalView, '一页在办项目'), ...commonProblems },
})

/** Tenants as the platform's administrator manages them. */
export const tenants = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listTenants(platformContext(c), c.req.valid('query')), 200))
  .openapi(addRoute, async (c) => {
    const { policy, ...plan } = c.req.valid('json')
    return c.json(await addTenant(platformContext(c), { text: policy, ...plan }), 201)
  })
  .openapi(versionsRoute, async (c) =>
    c.json(await listVersions(platformContext(c), c.req.valid('param').tenant), 200),
  )
  .openapi(adoptRoute, async (c) => {
    const { tenant: id } = c.req.valid('param')
    const { policy, ...plan } = c.req.valid('json')
    return c.json(await adoptPolicy(platformContext(c), { tenant: id, text: policy, ...plan }), 201)
  })
  .openapi(rehearseRoute, async (c) => {
    const { tenant: id } = c.req.valid('param')
    const { policy, ...plan } = c.req.valid('json')
    return c.json(await rehearsePolicy(platformContext(c), { tenant: id, text: policy, ...plan }), 200)
  })
