import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { listOwnActs } from '../services/workbench/list-own-acts.ts'
import { seeWorkbench } from '../services/workbench/see-workbench.ts'
import { unread } from './notices.ts'
import { jsonContent, newRoutes, pageQuery, pageSchema, tenantParams } from './parts.ts'

const count = z.number().int()

const workbenchView = z
  .object({
    today: z.string(),
    todos: z.object({ overdue: count, soon: count, open: count, mine: count }),
    drafts: count,
    projects: count,
    notices: unread,
    lead: z
      .object({
        receivedSinceMonday: count,
        monday: z.string(),
        receivedSinceFirst: count,
        first: z.string(),
        overdue: count,
        money: z.object({
          year: count,
          projects: count,
          estimateFen: count.nullable(),
          approvedFen: count.nullable(),
          budgetFen: count.nullable(),
          contractFen: count.nullable(),
          paidFen: count.nullable(),
        }),
      })
      .nullable(),
  })
  .openapi('Workbench')

const ownAct = z
  .object({
    seq: count,
    type: z.string(),
    on: z.string(),
    at: z.string(),
    what: z.string().nullable(),
    outcome: z.string().nullable(),
    project: z
      .object({ id: z.string(), title: z.string(), stage: z.string(), ended: z.string().nullable() })
      .nullable(),
    batch: z.object({ id: z.string(), title: z.string() }).nullable(),
  })
  .openapi('OwnAct')

const workbenchRoute = createRoute({
  method: 'get',
  path: '/{tenant}/workbench',
  tags: ['todos'],
  summary: '工作台上的数字; 每个数字都有对应的列表',
  request: { params: tenantParams },
  responses: { 200: jsonContent(workbenchView, '工作台'), ...commonProblems },
})

const actsRoute = createRoute({
  method: 'get',
  path: '/{tenant}/me/acts',
  tags: ['todos'],
  summary: '本人发起的(begun)或已办的(done), 新的在前',
  request: { params: tenantParams, query: pageQuery.extend({ kind: z.enum(['begun', 'done']) }) },
  responses: { 200: jsonContent(pageSchema(ownAct), '一页'), ...commonProblems },
})

/** What a person opens in the morning. */
export const workbench = newRoutes()
  .openapi(workbenchRoute, async (c) => c.json(await seeWorkbench(tenantContext(c)), 200))
  .openapi(actsRoute, async (c) => c.json(await listOwnActs(tenantContext(c), c.req.valid('query')), 200))
