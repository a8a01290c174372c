import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { readPolicy, readPolicyGraph } from '../services/tenants/read-policy.ts'
import { readRuleUses } from '../services/tenants/read-rule-uses.ts'
import { aDay, jsonContent, newRoutes, tenantParams } from './parts.ts'

const effectiveChosen = z.boolean().openapi({ description: '文本看不到施行日期, 由采用者确定' })

const version = z.object({
  hash: z.string(),
  effectiveOn: z.string(),
  effectiveChosen,
  title: z.string(),
  number: z.string().nullable(),
})

const readRoute = createRoute({
  method: 'get',
  path: '/{tenant}/policy',
  tags: ['policy'],
  summary: '办法: 当日有效的版本, 或指定的版本',
  request: {
    params: tenantParams,
    query: z.strictObject({ on: aDay.optional(), hash: z.string().length(64).optional() }),
  },
  responses: {
    200: jsonContent(
      z
        .object({
          versions: z.array(version),
          hash: z.string(),
          effectiveOn: z.string(),
          effectiveChosen,
          text: z.string(),
          document: z.record(z.string(), z.unknown()),
        })
        .openapi('Policy'),
      '办法全文与结构',
    ),
    ...commonProblems,
  },
})

const graphRoute = createRoute({
  method: 'get',
  path: '/{tenant}/policy/graph',
  tags: ['policy'],
  summary: '办法的环节与相互关系, 供画流程图',
  request: { params: tenantParams, query: z.strictObject({ hash: z.string().length(64).optional() }) },
  responses: {
    200: jsonContent(
      z
        .object({
          hash: z.string(),
          steps: z.array(
            z.object({
              id: z.string(),
              title: z.string(),
              stage: z.string(),
              procedure: z.string().optional(),
              article: z.array(z.string()),
            }),
          ),
          edges: z.array(
            z.object({
              from: z.string(),
              to: z.string(),
              kind: z.enum(['after', 'due', 'unless', 'reopens', 'demands']),
              outcome: z.string().optional(),
              span: z.string().optional(),
              conditional: z.boolean(),
              article: z.array(z.string()),
            }),
          ),
        })
        .openapi('PolicyGraph'),
      '环节与关系',
    ),
    ...commonProblems,
  },
})

const usesRoute = createRoute({
  method: 'get',
  path: '/{tenant}/policy/uses',
  tags: ['policy'],
  summary: '每条规则已涉及多少个项目: 环节与其条件、期限、材料、结果, 判定表各行, 不予办理情形, 惩戒, 条文等',
  request: { params: tenantParams, query: z.strictObject({ hash: z.string().length(64).optional() }) },
  responses: {
    200: jsonContent(
      z
        .object({
          items: z.array(
            z.object({
              rule: z.string().openapi({
                description: '规则的键, 可作项目列表的 rule 筛选; 内容不变的规则在新版办法中键不变',
                example: 'step:declare',
              }),
              projects: z.number().int(),
            }),
          ),
          complete: z.boolean().openapi({ description: '否: 后台还在统计, 数字会继续增加' }),
        })
        .openapi('RuleUses'),
      '没有涉及任何项目的规则不列出',
    ),
    ...commonProblems,
  },
})

/** A tenant's policy. */
export const policy = newRoutes()
  .openapi(readRoute, async (c) => {
    const view = await readPolicy(tenantContext(c), c.req.valid('query'))
    c.header('etag', `"${view.hash}"`)
    return c.json(view, 200)
  })
  .openapi(graphRoute, async (c) => {
    const view = await readPolicyGraph(tenantContext(c), c.req.valid('query'))
    c.header('etag', `"${view.hash}"`)
    return c.json(view, 200)
  })
  .openapi(usesRoute, async (c) => c.json(await readRuleUses(tenantContext(c), c.req.valid('query')), 200))
