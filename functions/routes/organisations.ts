import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { listOrganisations } from '../services/list-organisations.ts'
import { jsonContent, newRoutes, pageQuery, pageSchema, tenantParams } from './parts.ts'

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

/** The organisations of a tenant. */
export const organisations = newRoutes().openapi(listRoute, async (c) =>
  c.json(await listOrganisations(tenantContext(c), c.req.valid('query')), 200),
)
