import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { findSimilar } from '../services/search/find-similar.ts'
import { searchTenant } from '../services/search/search-tenant.ts'
import { aName, anId, jsonContent, newRoutes, tenantParams } from './parts.ts'

const found = z
  .object({
    projects: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        organisation: z.string(),
        code: z.string().nullable(),
        stage: z.string(),
        ended: z.string().nullable(),
      }),
    ),
    steps: z.array(
      z.object({ id: z.string(), title: z.string(), stage: z.string().nullable(), article: z.string() }),
    ),
    articles: z.array(z.object({ article: z.string(), titles: z.array(z.string()) })),
  })
  .openapi('Found')

const searchRoute = createRoute({
  method: 'get',
  path: '/{tenant}/search',
  tags: ['projects'],
  summary: '按名称、代码、单位或拼音首字母查找项目, 以及办法中的环节与条文',
  request: { params: tenantParams, query: z.strictObject({ q: aName(100) }) },
  responses: { 200: jsonContent(found, '找到的'), ...commonProblems },
})

const similarRoute = createRoute({
  method: 'get',
  path: '/{tenant}/similar',
  tags: ['projects'],
  summary: '名称相近的项目, 提示可能的重复建设或续建',
  request: {
    params: tenantParams,
    query: z.strictObject({ title: aName(200), except: anId.optional() }),
  },
  responses: {
    200: jsonContent(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            organisation: z.string(),
            stage: z.string(),
            ended: z.string().nullable(),
            planYear: z.number().int().nullable(),
            estimateFen: z.number().int().nullable(),
          }),
        ),
      }),
      '最相近的在前, 至多五个',
    ),
    ...commonProblems,
  },
})

/** One search over what a person may see. */
export const search = newRoutes()
  .openapi(searchRoute, async (c) =>
    c.json(await searchTenant(tenantContext(c), c.req.valid('query').q), 200),
  )
  .openapi(similarRoute, async (c) =>
    c.json({ items: await findSimilar(tenantContext(c), c.req.valid('query')) }, 200),
  )
