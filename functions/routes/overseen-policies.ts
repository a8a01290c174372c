import { createRoute, z } from '@hono/zod-openapi'
import { requestContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { overseeArticle, overseePolicy } from '../services/oversight/oversee-policy.ts'
import { aJurisdiction, jsonContent, newRoutes } from './parts.ts'
import { aHash, anArticle, articleView } from './regulations.ts'

const versionParams = z.strictObject({ jurisdiction: aJurisdiction, hash: aHash })

const policyRoute = createRoute({
  method: 'get',
  path: '/oversight/policies/{jurisdiction}/{hash}',
  tags: ['oversight'],
  summary: '下级辖区办法的一个版本(监管人员)',
  request: { params: versionParams },
  responses: {
    200: jsonContent(
      z
        .object({
          hash: z.string(),
          effectiveOn: z.string(),
          effectiveChosen: z.boolean(),
          text: z.string(),
          document: z.record(z.string(), z.unknown()),
        })
        .openapi('OverseenPolicy'),
      '办法全文与结构',
    ),
    ...commonProblems,
  },
})

const articleRoute = createRoute({
  method: 'get',
  path: '/oversight/policies/{jurisdiction}/{hash}/articles/{article}',
  tags: ['oversight'],
  summary: '下级辖区办法一条的原文(监管人员)',
  request: { params: versionParams.extend({ article: anArticle }) },
  responses: {
    200: jsonContent(articleView, '原文; 该辖区没有载入或原文没有这一条时 paragraphs 为 null'),
    ...commonProblems,
  },
})

/** Policies of jurisdictions below, for whoever asks why. Mounted before the tenants' routes. */
export const overseenPolicies = newRoutes()
  .openapi(policyRoute, async (c) => {
    const view = await overseePolicy(requestContext(c), c.req.valid('param'))
    c.header('etag', `"${view.hash}"`)
    return c.json(view, 200)
  })
  .openapi(articleRoute, async (c) =>
    c.json(await overseeArticle(requestContext(c), c.req.valid('param')), 200),
  )
