import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { giveRegulation } from '../services/tenants/give-regulation.ts'
import { readArticle, readRegulation } from '../services/tenants/read-regulation.ts'
import { jsonContent, jsonRequest, keyHeader, newRoutes, tenantParams } from './parts.ts'

/** A version of a policy. */
export const aHash = z.string().regex(/^[0-9a-f]{64}$/, '不是办法版本的编号')
/** A citation of an article, to be looked up. */
export const anArticle = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]+$/u, '不是条文的编号')
  .openapi({ example: '第九条第三款' })

const about = {
  hash: z.string(),
  effectiveOn: z.string(),
  given: z
    .object({ at: z.string(), by: z.string() })
    .nullable()
    .openapi({ description: '何时由何人载入; 没有载入为 null' }),
}
const part = z.object({
  unit: z.string().openapi({ description: '条号; 正文之前的为空, 附件为「附件」' }),
  chapter: z.string().nullable(),
  title: z.string().nullable(),
  paragraphs: z.array(z.string()),
})

/** An article in the regulation's own words. */
export const articleView = z
  .object({
    ...about,
    article: z.string(),
    unit: z.string(),
    chapter: z.string().nullable(),
    title: z.string().nullable(),
    paragraphs: z.array(z.string()).nullable(),
    meant: z.array(z.number().int()),
  })
  .openapi('RegulationArticle')

const readRoute = createRoute({
  method: 'get',
  path: '/{tenant}/policy/text',
  tags: ['policy'],
  summary: '办法的条文原文, 由本地管理员载入',
  request: { params: tenantParams, query: z.strictObject({ hash: aHash.optional() }) },
  responses: {
    200: jsonContent(
      z.object({ ...about, parts: z.array(part), missing: z.array(z.string()) }).openapi('Regulation'),
      '逐条原文, 以及办法有而原文没有的条',
    ),
    ...commonProblems,
  },
})

const articleRoute = createRoute({
  method: 'get',
  path: '/{tenant}/policy/articles/{article}',
  tags: ['policy'],
  summary: '一条的原文; 引到款、项的, 指明是哪几段',
  request: {
    params: tenantParams.extend({ article: anArticle }),
    query: z.strictObject({ hash: aHash.optional() }),
  },
  responses: {
    200: jsonContent(articleView, '原文; 没有载入或原文没有这一条时 paragraphs 为 null'),
    ...commonProblems,
  },
})

const giveRoute = createRoute({
  method: 'put',
  path: '/{tenant}/policy/text',
  tags: ['policy'],
  summary: '载入条文原文(管理员): 纯文本或 Markdown, 按条拆开; 空文本为撤下',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        hash: aHash,
        text: z.string().max(420_000),
        dryRun: z.boolean().default(false).openapi({ description: '只检查, 不保存' }),
      }),
    ),
  },
  responses: {
    200: jsonContent(
      z
        .object({
          hash: z.string(),
          found: z.number().int().openapi({ description: '与办法对得上的条数' }),
          problems: z.array(
            z.object({
              code: z.enum(['missing', 'duplicate', 'order', 'unknown']),
              unit: z.string(),
              line: z.number().int().optional(),
              cited: z.boolean().optional(),
            }),
          ),
          given: z.boolean(),
        })
        .openapi('GivenRegulation'),
      '拆开的结果, 以及缺少、重复、次序不对和办法没有的条',
    ),
    ...commonProblems,
  },
})

/** What the regulation itself says, where the tenant has given it. */
export const regulations = newRoutes()
  .openapi(readRoute, async (c) => {
    const { etag, ...view } = await readRegulation(tenantContext(c), c.req.valid('query'))
    c.header('etag', `"${etag}"`)
    return c.json(view, 200)
  })
  .openapi(articleRoute, async (c) => {
    const { article } = c.req.valid('param')
    return c.json(await readArticle(tenantContext(c), { article, ...c.req.valid('query') }), 200)
  })
  .openapi(giveRoute, async (c) => c.json(await giveRegulation(tenantContext(c), c.req.valid('json')), 200))
