import { createRoute, z } from '@hono/zod-openapi'
import { caseResponse } from '../http/case-response.ts'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { attest } from '../services/cases/attest.ts'
import { drawExperts } from '../services/cases/draw-experts.ts'
import { executeStep } from '../services/cases/execute-step.ts'
import { giveOpinions } from '../services/cases/give-opinion.ts'
import { withdrawStep } from '../services/cases/withdraw-step.ts'
import { asParty, caseAnswerView, stepBody } from './case-schemas.ts'
import { ONE_OR_SEVERAL, opinionFields, saysOpinions, wordsOf } from './opinion-schemas.ts'
import { jsonContent, jsonRequest, keyHeader, newRoutes, policyName } from './parts.ts'
import { projectParams } from './projects.ts'

const stepParams = projectParams.extend({ step: policyName })
/** An instance of a procedure, such as `change-1`. */
const instanceName = z.string().regex(/^[a-z][a-z0-9-]{0,99}$/)

const opinionBody = z
  .strictObject({ ...opinionFields, procedure: instanceName.optional() })
  .refine(saysOpinions, ONE_OR_SEVERAL)

const answers = { 200: jsonContent(caseAnswerView, '已办理'), ...commonProblems }

const executeRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/steps/{step}',
  tags: ['projects'],
  summary: '办理环节',
  parameters: [keyHeader],
  request: { params: stepParams, body: jsonRequest(stepBody) },
  responses: answers,
})

const executeInProcedureRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/procedures/{pid}/steps/{step}',
  tags: ['projects'],
  summary: '办理程序中的环节',
  parameters: [keyHeader],
  request: { params: stepParams.extend({ pid: instanceName }), body: jsonRequest(stepBody) },
  responses: answers,
})

const opinionRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/steps/{step}/opinions',
  tags: ['projects'],
  summary: '会签意见, 一条或几条; 几条为一次办理, 全部或全不',
  parameters: [keyHeader],
  request: { params: stepParams, body: jsonRequest(opinionBody) },
  responses: answers,
})

const attestRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/steps/{step}/attestations',
  tags: ['projects'],
  summary: '见证',
  parameters: [keyHeader],
  request: {
    params: stepParams,
    body: jsonRequest(z.strictObject({ as: asParty, procedure: instanceName.optional() })),
  },
  responses: answers,
})

const drawBody = z.strictObject({
  as: asParty,
  count: z.number().int().min(1).max(99).optional().openapi({ description: '办法没有规定人数时写明' }),
  aside: z
    .array(z.strictObject({ name: z.string().min(1).max(60), reason: z.string().trim().min(1).max(1000) }))
    .max(200)
    .optional()
    .openapi({ description: '另须回避的专家和理由' }),
  reason: z.string().trim().min(1).max(4000).optional().openapi({ description: '重新抽取须说明理由' }),
})

const drawRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/steps/{step}/draw',
  tags: ['projects'],
  summary: '从名录随机抽取专家',
  parameters: [keyHeader],
  request: { params: stepParams, body: jsonRequest(drawBody) },
  responses: answers,
})

const drawInProcedureRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/procedures/{pid}/steps/{step}/draw',
  tags: ['projects'],
  summary: '为程序中的环节随机抽取专家',
  parameters: [keyHeader],
  request: { params: stepParams.extend({ pid: instanceName }), body: jsonRequest(drawBody) },
  responses: answers,
})

const withdrawalBody = z.strictObject({ reason: z.string().trim().min(1).max(4000) })

const withdrawRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/steps/{step}/withdrawal',
  tags: ['projects'],
  summary: '撤回本单位刚办理的环节: 其后没有别的事项, 且没有项目以外的后果',
  parameters: [keyHeader],
  request: { params: stepParams, body: jsonRequest(withdrawalBody) },
  responses: answers,
})

const withdrawInProcedureRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/procedures/{pid}/steps/{step}/withdrawal',
  tags: ['projects'],
  summary: '撤回程序中刚办理的环节',
  parameters: [keyHeader],
  request: { params: stepParams.extend({ pid: instanceName }), body: jsonRequest(withdrawalBody) },
  responses: answers,
})

const withdrawStartRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/procedures/{pid}/withdrawal',
  tags: ['projects'],
  summary: '撤回刚发起、还没有办理任何环节的程序',
  parameters: [keyHeader],
  request: { params: projectParams.extend({ pid: instanceName }), body: jsonRequest(withdrawalBody) },
  responses: answers,
})

/** Steps of a project and what other organisations say to them. */
export const steps = newRoutes()
  .openapi(executeRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    return caseResponse(c, await executeStep(tenantContext(c), { projectId, step, ...c.req.valid('json') }))
  })
  .openapi(executeInProcedureRoute, async (c) => {
    const { id: projectId, step, pid: procedure } = c.req.valid('param')
    return caseResponse(
      c,
      await executeStep(tenantContext(c), { projectId, step, procedure, ...c.req.valid('json') }),
    )
  })
  .openapi(drawRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    return caseResponse(c, await drawExperts(tenantContext(c), { projectId, step, ...c.req.valid('json') }))
  })
  .openapi(drawInProcedureRoute, async (c) => {
    const { id: projectId, step, pid: procedure } = c.req.valid('param')
    const input = { projectId, step, procedure, ...c.req.valid('json') }
    return caseResponse(c, await drawExperts(tenantContext(c), input))
  })
  .openapi(withdrawStartRoute, async (c) => {
    const { id: projectId, pid: procedure } = c.req.valid('param')
    return caseResponse(
      c,
      await withdrawStep(tenantContext(c), { projectId, procedure, ...c.req.valid('json') }),
    )
  })
  .openapi(withdrawRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    return caseResponse(c, await withdrawStep(tenantContext(c), { projectId, step, ...c.req.valid('json') }))
  })
  .openapi(withdrawInProcedureRoute, async (c) => {
    const { id: projectId, step, pid: procedure } = c.req.valid('param')
    return caseResponse(
      c,
      await withdrawStep(tenantContext(c), { projectId, step, procedure, ...c.req.valid('json') }),
    )
  })
  .openapi(opinionRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    const { procedure, ...said } = c.req.valid('json')
    const input = { projectId, step, procedure, words: wordsOf(said) }
    return caseResponse(c, await giveOpinions(tenantContext(c), input))
  })
  .openapi(attestRoute, async (c) => {
    const { id: projectId, step } = c.req.valid('param')
    return caseResponse(c, await attest(tenantContext(c), { projectId, step, ...c.req.valid('json') }))
  })
