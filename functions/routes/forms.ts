import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems, findingSchema } from '../http/problem.ts'
import { previewStart, previewStep, readStartForm, readStepForm } from '../services/cases/preview-act.ts'
import { asParty, standingView, stepBody, written } from './case-schemas.ts'
import { fieldView, materialForm, outcomeForm } from './form-schemas.ts'
import { jsonContent, jsonRequest, newRoutes, policyName } from './parts.ts'
import { projectParams } from './projects.ts'

const articles = z.array(z.string())
const instanceName = z.string().regex(/^[a-z][a-z0-9-]{0,99}$/)
const stepParams = projectParams.extend({ step: policyName })

const stepFormView = z
  .object({
    step: z.string(),
    title: z.string(),
    article: articles,
    fields: z.array(fieldView),
    materials: z.array(materialForm),
    outcomes: z.array(outcomeForm),
    checks: z.array(
      z.object({ id: z.string(), title: z.string(), required: z.boolean(), article: articles }),
    ),
    minute: z.boolean(),
    norms: z.array(z.object({ title: z.string(), article: articles })),
    known: written,
  })
  .openapi('StepForm')

const startFormView = z
  .object({ procedure: z.string(), title: z.string(), article: articles, fields: z.array(fieldView) })
  .openapi('StartForm')

const previewView = z
  .object({ ok: z.boolean(), findings: z.array(findingSchema), standing: standingView.nullable() })
  .openapi('ActPreview')

const stepFormRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/steps/{step}/form',
  tags: ['projects'],
  summary: '办理环节要填什么、交什么, 每种结果会带来什么',
  request: { params: stepParams, query: z.strictObject({ procedure: instanceName.optional() }) },
  responses: { 200: jsonContent(stepFormView, '表单'), ...commonProblems },
})

const stepPreviewRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/steps/{step}/preview',
  tags: ['projects'],
  summary: '试办: 不保存, 看会不会被拒绝, 办理后到哪一步',
  request: {
    params: stepParams,
    body: jsonRequest(stepBody.extend({ procedure: instanceName.optional() })),
  },
  responses: { 200: jsonContent(previewView, '试办结果'), ...commonProblems },
})

const startFormRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/procedures/{procedure}/form',
  tags: ['projects'],
  summary: '发起程序要填什么',
  request: { params: projectParams.extend({ procedure: policyName }) },
  responses: { 200: jsonContent(startFormView, '表单'), ...commonProblems },
})

const startPreviewRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/procedures/preview',
  tags: ['projects'],
  summary: '试发起: 不保存, 看依这些内容走哪条路',
  request: {
    params: projectParams,
    body: jsonRequest(z.strictObject({ procedure: policyName, facts: written.default({}), as: asParty })),
  },
  responses: { 200: jsonContent(previewView, '试办结果'), ...commonProblems },
})

/** What acts ask for and what they would bring about. */
export const forms = newRoutes()
  .openapi(stepFormRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    return c.json(await readStepForm(tenantContext(c), { projectId, step, ...c.req.valid('query') }), 200)
  })
  .openapi(stepPreviewRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    return c.json(await previewStep(tenantContext(c), { projectId, step, ...c.req.valid('json') }), 200)
  })
  .openapi(startFormRoute, async (c) => {
    const { id: projectId, procedure } = c.req.valid('param')
    return c.json(await readStartForm(tenantContext(c), { projectId, procedure }), 200)
  })
  .openapi(startPreviewRoute, async (c) => {
    const { id: projectId } = c.req.valid('param')
    return c.json(await previewStart(tenantContext(c), { projectId, ...c.req.valid('json') }), 200)
  })
