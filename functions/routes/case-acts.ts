import { createRoute, z } from '@hono/zod-openapi'
import { caseResponse } from '../http/case-response.ts'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { adoptProject } from '../services/cases/adopt-project.ts'
import { changeSanction } from '../services/cases/change-sanction.ts'
import { startProcedure } from '../services/cases/start-procedure.ts'
import { takeDecision } from '../services/cases/take-decision.ts'
import { asParty, caseAnswerView, written } from './case-schemas.ts'
import { aDay, jsonContent, jsonRequest, keyHeader, newRoutes, policyName } from './parts.ts'
import { projectParams } from './projects.ts'

const reason = z.string().trim().min(1).max(4000)
const answers = { 200: jsonContent(caseAnswerView, '已办理'), ...commonProblems }

const startRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/procedures',
  tags: ['projects'],
  summary: '发起程序: 变更、延期、拨付等',
  parameters: [keyHeader],
  request: {
    params: projectParams,
    body: jsonRequest(z.strictObject({ procedure: policyName, facts: written.default({}), as: asParty })),
  },
  responses: answers,
})

const decideRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/decisions/{decision}',
  tags: ['projects'],
  summary: '裁量认定, 须说明理由',
  parameters: [keyHeader],
  request: {
    params: projectParams.extend({ decision: policyName }),
    body: jsonRequest(z.strictObject({ value: policyName, reason, as: asParty })),
  },
  responses: answers,
})

const sanctionRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/sanctions/{sanction}',
  tags: ['projects'],
  summary: '实施或解除惩戒(主管部门)',
  parameters: [keyHeader],
  request: {
    params: projectParams.extend({ sanction: policyName }),
    body: jsonRequest(z.strictObject({ act: z.enum(['impose', 'lift']), reason, as: asParty })),
  },
  responses: answers,
})

const adoptRoute = createRoute({
  method: 'post',
  path: '/{tenant}/projects/{id}/adoption',
  tags: ['projects'],
  summary: '存量接入: 录入平台之前已经办理的环节(管理员, 一次)',
  parameters: [keyHeader],
  request: {
    params: projectParams,
    body: jsonRequest(
      z.strictObject({
        reason,
        steps: z
          .array(
            z.strictObject({
              step: policyName,
              on: aDay,
              outcome: policyName.optional(),
              records: written.optional(),
            }),
          )
          .min(1)
          .max(200),
      }),
    ),
  },
  responses: answers,
})

/** Acts on a project beside its steps. */
export const caseActs = newRoutes()
  .openapi(startRoute, async (c) => {
    const { id: projectId } = c.req.valid('param')
    return caseResponse(c, await startProcedure(tenantContext(c), { projectId, ...c.req.valid('json') }))
  })
  .openapi(decideRoute, async (c) => {
    const { id: projectId, decision } = c.req.valid('param')
    return caseResponse(
      c,
      await takeDecision(tenantContext(c), { projectId, decision, ...c.req.valid('json') }),
    )
  })
  .openapi(sanctionRoute, async (c) => {
    const { id: projectId, sanction } = c.req.valid('param')
    return caseResponse(
      c,
      await changeSanction(tenantContext(c), { projectId, sanction, ...c.req.valid('json') }),
    )
  })
  .openapi(adoptRoute, async (c) => {
    const { id: projectId } = c.req.valid('param')
    return caseResponse(c, await adoptProject(tenantContext(c), { projectId, ...c.req.valid('json') }))
  })
