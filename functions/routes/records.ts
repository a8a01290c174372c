import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems, findingSchema, refusalProblem } from '../http/problem.ts'
import { explainFacts } from '../services/cases/explain-facts.ts'
import { listDocuments, readHistory } from '../services/cases/read-history.ts'
import { standingView, written } from './case-schemas.ts'
import { fieldView } from './form-schemas.ts'
import { aDay, jsonContent, jsonRequest, newRoutes, pageQuery, pageSchema, tenantParams } from './parts.ts'
import { projectParams } from './projects.ts'

const historyEntry = z
  .object({
    version: z.number().int(),
    type: z.string(),
    on: z.string(),
    recordedAt: z.string(),
    actor: z.object({ user: z.string(), name: z.string(), organisation: z.string().optional() }),
    cause: z.string().nullable(),
    event: z.record(z.string(), z.unknown()),
  })
  .openapi('HistoryEntry')

const document = z
  .object({
    id: z.string(),
    document: z.string(),
    title: z.string(),
    step: z.string(),
    outcome: z.string().nullable(),
    issuedOn: z.string(),
    version: z.number().int(),
  })
  .openapi('Document')

const explanation = z
  .object({
    policy: z.object({ hash: z.string(), effectiveOn: z.string(), title: z.string() }),
    findings: z.array(findingSchema),
    standing: standingView,
    fields: z.array(fieldView),
  })
  .openapi('Explanation')

const historyRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/history',
  tags: ['projects'],
  summary: '项目的全部记录, 旧的在前',
  request: { params: projectParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(historyEntry), '一页记录'), ...commonProblems },
})

const documentsRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/documents',
  tags: ['projects'],
  summary: '各环节产生的文书',
  request: { params: projectParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(document), '一页文书'), ...commonProblems },
})

const explainRoute = createRoute({
  method: 'post',
  path: '/{tenant}/explain',
  tags: ['policy'],
  summary: '试算: 这样的项目有哪些环节, 由谁、何时、依据哪一条(不保存)',
  request: {
    params: tenantParams,
    body: jsonRequest(z.strictObject({ facts: written, on: aDay.optional() })),
  },
  responses: { 200: jsonContent(explanation, '试算结果'), ...commonProblems },
})

/** What is read of cases beside their standing. */
export const records = newRoutes()
  .openapi(historyRoute, async (c) =>
    c.json(await readHistory(tenantContext(c), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(documentsRoute, async (c) =>
    c.json(await listDocuments(tenantContext(c), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(explainRoute, async (c) => {
    const result = await explainFacts(tenantContext(c), c.req.valid('json'))
    return result.ok ? c.json(result.value, 200) : refusalProblem(c, result.refusal)
  })
