import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { listOverdue, listTodos } from '../services/cases/list-todos.ts'
import { claimTodo, giveBackTodo, handOverTodo } from '../services/desk/hand-over-todo.ts'
import { listProjectTodos } from '../services/desk/list-project-todos.ts'
import { readDeskLog } from '../services/desk/read-desk-log.ts'
import { urgeTodo } from '../services/desk/urge-todo.ts'
import {
  aName,
  anId,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  pageQuery,
  pageSchema,
  tenantParams,
} from './parts.ts'
import { projectParams } from './projects.ts'

const named = z.object({ id: z.string(), name: z.string() })

const todo = z
  .object({
    kind: z.string(),
    item: z.string(),
    step: z.string(),
    title: z.string(),
    party: z.string(),
    organisation: named,
    dueOn: z.string().nullable(),
    provisional: z.boolean(),
    overdue: z.boolean(),
    open: z.boolean(),
    holder: named.nullable(),
    note: z.string().nullable(),
    urgedOn: z.string().nullable(),
    project: z.object({ id: z.string(), title: z.string(), stage: z.string() }).nullable(),
    batch: z.object({ id: z.string(), title: z.string() }).nullable(),
  })
  .openapi('Todo')

const projectTodo = z
  .object({
    item: z.string(),
    kind: z.string(),
    step: z.string(),
    title: z.string(),
    dueOn: z.string().nullable(),
    open: z.boolean(),
    organisation: named,
    holder: named.nullable(),
    note: z.string().nullable(),
    urgedOn: z.string().nullable(),
  })
  .openapi('ProjectTodo')

const deskView = z
  .object({
    subject: z.string(),
    item: z.string(),
    organisationId: z.string(),
    holder: named.nullable(),
    heldSince: z.string().nullable(),
    note: z.string().nullable(),
    urgedOn: z.string().nullable(),
    urges: z.number().int(),
  })
  .openapi('TodoDesk')

/** A to-do by the project or batch that it belongs to and its name there. */
const ref = { subject: anId, item: z.string().min(1).max(300) }
const note = aName(200).optional()

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/todos',
  tags: ['todos'],
  summary: '本单位的待办, 急的在前',
  request: {
    params: tenantParams,
    query: pageQuery.extend({
      held: z
        .enum(['mine', 'nobody'])
        .optional()
        .openapi({ description: '在我手上的, 或尚无人认领的; 不写则为全部' }),
      due: z
        .enum(['overdue', 'soon', 'open'])
        .optional()
        .openapi({ description: '已逾期, 三天内到期, 或现在可以办理的' }),
    }),
  },
  responses: { 200: jsonContent(pageSchema(todo), '一页待办'), ...commonProblems },
})

const overdueRoute = createRoute({
  method: 'get',
  path: '/{tenant}/todos/overdue',
  tags: ['todos'],
  summary: '全部单位逾期未办的事项, 逾期久的在前(主管部门, 审计)',
  request: { params: tenantParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(todo), '一页逾期事项'), ...commonProblems },
})

const ofProjectRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/todos',
  tags: ['todos'],
  summary: '一个项目里各单位的待办、经办人与催办情况',
  request: { params: projectParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(projectTodo), '一页待办'), ...commonProblems },
})

const deskEntry = z
  .object({
    version: z.number().int(),
    type: z.enum(['urged', 'handed-over', 'claimed', 'given-back']),
    recordedAt: z.string(),
    actor: z.object({ user: z.string(), name: z.string(), organisation: z.string().optional() }),
    title: z.string(),
    step: z.string(),
    organisationId: z.string(),
    to: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('DeskEntry')

const deskRoute = createRoute({
  method: 'get',
  path: '/{tenant}/projects/{id}/desk',
  tags: ['todos'],
  summary: '一个项目的催办、认领与转办记录, 新的在前',
  request: { params: projectParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(deskEntry), '一页记录'), ...commonProblems },
})

const urgeRoute = createRoute({
  method: 'post',
  path: '/{tenant}/todos/urge',
  tags: ['todos'],
  summary: '催办: 提醒另一单位办理它的待办, 每项每天一次',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(z.strictObject({ ...ref, organisationId: anId, note })),
  },
  responses: { 200: jsonContent(deskView, '已催办'), ...commonProblems },
})

const handOverRoute = createRoute({
  method: 'post',
  path: '/{tenant}/todos/hand-over',
  tags: ['todos'],
  summary: '转办: 把本单位的待办交给同事, 办理权限不变',
  parameters: [keyHeader],
  request: { params: tenantParams, body: jsonRequest(z.strictObject({ ...ref, to: anId, note })) },
  responses: { 200: jsonContent(deskView, '已转交'), ...commonProblems },
})

const claimRoute = createRoute({
  method: 'post',
  path: '/{tenant}/todos/claim',
  tags: ['todos'],
  summary: '认领本单位的待办',
  parameters: [keyHeader],
  request: { params: tenantParams, body: jsonRequest(z.strictObject(ref)) },
  responses: { 200: jsonContent(deskView, '已认领'), ...commonProblems },
})

const giveBackRoute = createRoute({
  method: 'post',
  path: '/{tenant}/todos/give-back',
  tags: ['todos'],
  summary: '把手上的待办退回本单位',
  parameters: [keyHeader],
  request: { params: tenantParams, body: jsonRequest(z.strictObject({ ...ref, note })) },
  responses: { 200: jsonContent(deskView, '已退回'), ...commonProblems },
})

/** What is to be done, and whose hands it is in. */
export const todos = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listTodos(tenantContext(c), c.req.valid('query')), 200))
  .openapi(overdueRoute, async (c) => c.json(await listOverdue(tenantContext(c), c.req.valid('query')), 200))
  .openapi(ofProjectRoute, async (c) =>
    c.json(await listProjectTodos(tenantContext(c), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(deskRoute, async (c) =>
    c.json(await readDeskLog(tenantContext(c), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(urgeRoute, async (c) => c.json(await urgeTodo(tenantContext(c), c.req.valid('json')), 200))
  .openapi(handOverRoute, async (c) => c.json(await handOverTodo(tenantContext(c), c.req.valid('json')), 200))
  .openapi(claimRoute, async (c) => c.json(await claimTodo(tenantContext(c), c.req.valid('json')), 200))
  .openapi(giveBackRoute, async (c) => c.json(await giveBackTodo(tenantContext(c), c.req.valid('json')), 200))
