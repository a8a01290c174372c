import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { etagOf, requiredVersion } from '../http/etag.ts'
import { commonProblems, refusalProblem, versionProblems } from '../http/problem.ts'
import { correctFacts } from '../services/cases/correct-facts.ts'
import { createProject } from '../services/cases/create-project.ts'
import { readCase, readProject } from '../services/cases/read-project.ts'
import { caseAnswerView, standingView, written } from './case-schemas.ts'
import {
  aName,
  anId,
  ifMatchHeader,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  tenantId,
  tenantParams,
} from './parts.ts'

export const projectParams = z.strictObject({ tenant: tenantId, id: anId })

const projectView = z
  .object({
    id: z.string(),
    title: z.string(),
    code: z.string().nullable(),
    organisationId: z.string(),
    version: z.number().int(),
    policy: z.object({ hash: z.string(), effectiveOn: z.string(), title: z.string(), bound: z.boolean() }),
    facts: written,
    unit: written,
    stage: z.string(),
    stageTitle: z.string(),
    track: z.string().nullable(),
    settled: z.boolean(),
    ended: z.string().nullable(),
    createdAt: z.string(),
  })
  .openapi('Project')

const caseView = standingView
  .extend({
    project: z.object({
      id: z.string(),
      title: z.string(),
      organisationId: z.string(),
      version: z.number().int(),
    }),
    mine: z.array(z.string()),
    today: z.string(),
  })
  .openapi('Case')

const createProjectRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects',
  tags: ['projects'],
  summary: '建立本单位的项目',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.strictObject({
        title: aName(200),
        facts: written,
        dividedFrom: anId.optional().openapi({ description: '本项目出自本单位哪个已拆分的项目' }),
      }),
    ),
  },
  responses: { 201: jsonContent(caseAnswerView, '已建立'), ...commonProblems },
})

const readRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}',
  tags: ['projects'],
  summary: '项目及其要素',
  request: { params: projectParams },
  responses: { 200: jsonContent(projectView, '项目'), ...commonProblems },
})

const correctRoute = createRoute({
  method: 'patch',
  path: '/{tenant}/projects/{id}',
  tags: ['projects'],
  summary: '更正要素',
  parameters: [ifMatchHeader],
  request: {
    params: projectParams,
    body: jsonRequest(
      z.strictObject({
        facts: written,
        track: z
          .enum(['keep', 'change'])
          .optional()
          .openapi({ description: '更正会改变办理路径时, 由主管部门决定' }),
      }),
    ),
  },
  responses: { 200: jsonContent(caseAnswerView, '已更正'), ...commonProblems, ...versionProblems },
})

const caseRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/case',
  tags: ['projects'],
  summary: '办理情况: 阶段, 每个环节的状态、责任方、期限、欠缺的材料与判定, 待办, 程序',
  request: { params: projectParams },
  responses: { 200: jsonContent(caseView, '办理情况'), ...commonProblems },
})

/** Projects of a tenant. */
export const projects = newRoutes()
  .openapi(createProjectRoute, async (c) => {
    const result = await createProject(tenantContext(c), c.req.valid('json'))
    if (!result.ok) return refusalProblem(c, result.refusal)
    c.header('etag', etagOf(result.value.project.version))
    return c.json(result.value, 201)
  })
  .openapi(readRoute, async (c) => {
    const view = await readProject(tenantContext(c), c.req.valid('param').id)
    c.header('etag', etagOf(view.version))
    return c.json(view, 200)
  })
  .openapi(correctRoute, async (c) => {
    const version = requiredVersion(c)
    const projectId = c.req.valid('param').id
    const result = await correctFacts(tenantContext(c), { projectId, version, ...c.req.valid('json') })
    if (!result.ok) return refusalProblem(c, result.refusal)
    c.header('etag', etagOf(result.value.project.version))
    return c.json(result.value, 200)
  })
  .openapi(caseRoute, async (c) => {
    const view = await readCase(tenantContext(c), c.req.valid('param').id)
    c.header('etag', etagOf(view.project.version))
    return c.json(view, 200)
  })
