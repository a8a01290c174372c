import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { etagOf, requiredVersion } from '../http/etag.ts'
import { commonProblems, versionProblems } from '../http/problem.ts'
import { addOrganisation } from '../services/people/add-organisation.ts'
import { changeOrganisation } from '../services/people/change-organisation.ts'
import { importUnits } from '../services/people/import-units.ts'
import { listOrganisations } from '../services/people/list-organisations.ts'
import {
  aName,
  anId,
  ifMatchHeader,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  pageQuery,
  pageSchema,
  policyName,
  tenantParams,
} from './parts.ts'

const organisation = z
  .object({
    id: z.string(),
    name: z.string(),
    parties: z.array(z.string()),
    answersTo: z.record(z.string(), z.string()),
    version: z.number().int(),
  })
  .openapi('Organisation')

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/organisations',
  tags: ['directory'],
  summary: '本租户的单位及其担任的责任方',
  request: { params: tenantParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(organisation), '一页单位'), ...commonProblems },
})

const addRoute = createRoute({
  method: 'post',
  path: '/{tenant}/organisations',
  tags: ['directory'],
  summary: '新增单位(管理员)',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        name: aName(100),
        parties: z.array(policyName).min(1).max(50),
        answersTo: z
          .record(policyName, anId)
          .optional()
          .openapi({ description: '建设单位的主管部门等: 责任方 → 单位编号' }),
      }),
    ),
  },
  responses: { 201: jsonContent(organisation, '已新增'), ...commonProblems },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/{tenant}/organisations/{id}',
  tags: ['directory'],
  summary: '修改单位名称及其担任的责任方(管理员); 待办随后按新的分工更新',
  parameters: [ifMatchHeader],
  request: {
    params: tenantParams.extend({ id: anId }),
    body: jsonRequest(
      z
        .strictObject({
          name: aName(100).optional(),
          parties: z.array(policyName).min(1).max(50).optional(),
          answersTo: z.record(policyName, anId).optional(),
        })
        .refine((change) => Object.keys(change).length > 0, '没有要修改的内容'),
    ),
  },
  responses: { 200: jsonContent(organisation, '已修改'), ...commonProblems, ...versionProblems },
})

const importRoute = createRoute({
  method: 'post',
  path: '/{tenant}/organisations/import',
  tags: ['directory'],
  summary: '成批新增建设单位, 每行一个(管理员); 有一行不对则一个也不增加',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        lines: z.array(z.string().max(500)).min(1).max(500),
        answersTo: z.record(policyName, anId).optional(),
        dryRun: z.boolean().optional().openapi({ description: '只检查, 不增加' }),
      }),
    ),
  },
  responses: {
    200: jsonContent(
      z
        .object({
          units: z.number().int(),
          problems: z.array(
            z.object({
              line: z.number().int(),
              name: z.string(),
              code: z.enum(['too-long', 'characters', 'twice', 'taken']),
            }),
          ),
          added: z.boolean(),
        })
        .openapi('ImportedUnits'),
      '逐行的问题, 以及是否已增加',
    ),
    ...commonProblems,
  },
})

/** The organisations of a tenant. */
export const organisations = newRoutes()
  .openapi(listRoute, async (c) =>
    c.json(await listOrganisations(tenantContext(c), c.req.valid('query')), 200),
  )
  .openapi(addRoute, async (c) => c.json(await addOrganisation(tenantContext(c), c.req.valid('json')), 201))
  .openapi(changeRoute, async (c) => {
    const version = requiredVersion(c)
    const { id } = c.req.valid('param')
    const changed = await changeOrganisation(tenantContext(c), { id, version, ...c.req.valid('json') })
    c.header('etag', etagOf(changed.version))
    return c.json(changed, 200)
  })
  .openapi(importRoute, async (c) => c.json(await importUnits(tenantContext(c), c.req.valid('json')), 200))
