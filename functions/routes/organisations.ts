import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { addOrganisation } from '../services/people/add-organisation.ts'
import { listOrganisations } from '../services/people/list-organisations.ts'
import {
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

const organisation = z
  .object({ id: z.string(), name: z.string(), parties: z.array(z.string()) })
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

/** The organisations of a tenant. */
export const organisations = newRoutes()
  .openapi(listRoute, async (c) =>
    c.json(await listOrganisations(tenantContext(c), c.req.valid('query')), 200),
  )
  .openapi(addRoute, async (c) => c.json(await addOrganisation(tenantContext(c), c.req.valid('json')), 201))
