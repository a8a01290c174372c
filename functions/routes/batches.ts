import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { tenantContext } from '../http/context.ts'
import type { AppEnv } from '../http/env.ts'
import { commonProblems, findingSchema, refusalProblem } from '../http/problem.ts'
import type { BatchAnswer } from '../services/batches/batch-answer.ts'
import { composeBatch } from '../services/batches/compose-batch.ts'
import {
  executeBatchStep,
  giveBatchOpinions,
  previewBatchStep,
} from '../services/batches/execute-batch-step.ts'
import { openBatch } from '../services/batches/open-batch.ts'
import { listBatches, readBatch } from '../services/batches/read-batch.ts'
import type { Result } from '../services/result.ts'
import { obligationView, standingView, stepBody, written } from './case-schemas.ts'
import { ONE_OR_SEVERAL, opinionFields, saysOpinions, wordsOf } from './opinion-schemas.ts'
import {
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

const batchParams = tenantParams.extend({ id: anId })
const stepParams = batchParams.extend({ step: policyName })

const batchItem = z
  .object({
    id: z.string(),
    procedure: z.string(),
    year: z.number().int().nullable(),
    title: z.string(),
    ended: z.string().nullable(),
    projects: z.number().int().openapi({ description: '列入的项目数' }),
    latest: z
      .object({ step: z.string(), outcome: z.string(), on: z.string() })
      .nullable()
      .openapi({ description: '最近办理的环节' }),
    updatedAt: z.string(),
  })
  .openapi('BatchItem')

const batchAnswer = z
  .object({
    batch: z.object({ id: z.string(), version: z.number().int(), ended: z.string().nullable() }),
    complete: z.boolean(),
    awaiting: z.array(z.string()),
    findings: z.array(findingSchema),
    obligations: z.array(obligationView),
    carried: z.array(z.object({ project: z.string(), version: z.number().int(), stage: z.string() })),
  })
  .openapi('BatchAnswer')

const batchView = z
  .object({
    batch: z.object({
      id: z.string(),
      title: z.string(),
      procedure: z.string(),
      year: z.number().int().nullable(),
      version: z.number().int(),
    }),
    standing: standingView,
    mine: z.array(z.string()),
    items: z.array(
      z.object({
        project: z.string(),
        title: z.string(),
        step: z.string(),
        outcome: z.string().nullable(),
        records: written,
      }),
    ),
    candidates: z.array(z.object({ project: z.string(), title: z.string(), step: z.string() })),
    proposal: z
      .object({
        withinFen: z.number().int().nullable(),
        lines: z.array(
          z.object({
            project: z.string(),
            step: z.string(),
            amountFen: z.number().int().nullable(),
            totalFen: z.number().int(),
            proposed: z.boolean(),
            outcome: z.string().optional(),
          }),
        ),
        article: z.array(z.string()),
      })
      .nullable()
      .openapi({ description: '按办法的次序和额度建议编列哪些项目; 由责任方决定' }),
  })
  .openapi('Batch')

const preview = z
  .object({ ok: z.boolean(), findings: z.array(findingSchema), carried: z.array(z.string()) })
  .openapi('BatchPreview')

const items = z
  .array(
    z.strictObject({
      project: anId,
      step: policyName.optional(),
      outcome: policyName.optional(),
      records: written.optional(),
    }),
  )
  .max(1000)

const batchStepBody = stepBody.extend({
  items: items.optional().openapi({ description: '列入的项目; outcome 为 removed 时移出' }),
})

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/batches',
  tags: ['batches'],
  summary: '批次: 年度计划、打捆等, 新的在前',
  request: { params: tenantParams, query: pageQuery.extend({ procedure: policyName.optional() }) },
  responses: { 200: jsonContent(pageSchema(batchItem), '一页批次'), ...commonProblems },
})

const openRoute = createRoute({
  method: 'post',
  path: '/{tenant}/batches',
  tags: ['batches'],
  summary: '建立批次',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({ procedure: policyName, year: z.number().int().min(1949).max(2200).optional() }),
    ),
  },
  responses: { 201: jsonContent(batchAnswer, '已建立'), ...commonProblems },
})

const readRoute = createRoute({
  method: 'get',
  path: '/{tenant}/batches/{id}',
  tags: ['batches'],
  summary: '批次: 环节、列入的项目、可列入的项目',
  request: { params: batchParams },
  responses: { 200: jsonContent(batchView, '批次'), ...commonProblems },
})

const composeRoute = createRoute({
  method: 'post',
  path: '/{tenant}/batches/{id}/items',
  tags: ['batches'],
  summary: '编列项目, 不办理环节: 先编列, 后征求各单位意见; outcome 为 removed 时移出',
  parameters: [keyHeader],
  request: { params: batchParams, body: jsonRequest(z.strictObject({ items: items.min(1) })) },
  responses: { 200: jsonContent(batchAnswer, '已编列'), ...commonProblems },
})

const executeRoute = createRoute({
  method: 'post',
  path: '/{tenant}/batches/{id}/steps/{step}',
  tags: ['batches'],
  summary: '办理批次的环节; 结果一并写入各项目, 全部或全不',
  parameters: [keyHeader],
  request: { params: stepParams, body: jsonRequest(batchStepBody) },
  responses: { 200: jsonContent(batchAnswer, '已办理'), ...commonProblems },
})

const previewRoute = createRoute({
  method: 'post',
  path: '/{tenant}/batches/{id}/steps/{step}/preview',
  tags: ['batches'],
  summary: '试办: 不保存, 看哪些项目会被拒绝',
  request: { params: stepParams, body: jsonRequest(batchStepBody) },
  responses: { 200: jsonContent(preview, '试办结果'), ...commonProblems },
})

const opinionRoute = createRoute({
  method: 'post',
  path: '/{tenant}/batches/{id}/steps/{step}/opinions',
  tags: ['batches'],
  summary: '对批次环节的会签意见, 一条或几条; 几条为一次办理, 全部或全不',
  parameters: [keyHeader],
  request: {
    params: stepParams,
    body: jsonRequest(z.strictObject(opinionFields).refine(saysOpinions, ONE_OR_SEVERAL)),
  },
  responses: { 200: jsonContent(batchAnswer, '已记录'), ...commonProblems },
})

/** Batches: acts on many projects at once. */
export const batches = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listBatches(tenantContext(c), c.req.valid('query')), 200))
  .openapi(openRoute, async (c) => c.json(await openBatch(tenantContext(c), c.req.valid('json')), 201))
  .openapi(readRoute, async (c) => c.json(await readBatch(tenantContext(c), c.req.valid('param').id), 200))
  .openapi(composeRoute, async (c) => {
    const { id: batchId } = c.req.valid('param')
    return batchResponse(c, await composeBatch(tenantContext(c), { batchId, ...c.req.valid('json') }))
  })
  .openapi(executeRoute, async (c) => {
    const { id: batchId, step } = c.req.valid('param')
    return batchResponse(
      c,
      await executeBatchStep(tenantContext(c), { batchId, step, ...c.req.valid('json') }),
    )
  })
  .openapi(previewRoute, async (c) => {
    const { id: batchId, step } = c.req.valid('param')
    return c.json(await previewBatchStep(tenantContext(c), { batchId, step, ...c.req.valid('json') }), 200)
  })
  .openapi(opinionRoute, async (c) => {
    const { id: batchId, step } = c.req.valid('param')
    return batchResponse(
      c,
      await giveBatchOpinions(tenantContext(c), { batchId, step, words: wordsOf(c.req.valid('json')) }),
    )
  })

function batchResponse(c: Context<AppEnv>, result: Result<BatchAnswer>) {
  return result.ok ? c.json(result.value, 200) : refusalProblem(c, result.refusal)
}
