import { createRoute, z } from '@hono/zod-openapi'
import { NOTICE_CATEGORIES } from '../core/case/told.ts'
import { tenantContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { countUnread } from '../services/notices/count-unread.ts'
import { listNotices } from '../services/notices/list-notices.ts'
import { markRead } from '../services/notices/mark-read.ts'
import { keepPreferences, readPreferences } from '../services/notices/notice-preferences.ts'
import { aDay, jsonContent, jsonRequest, newRoutes, pageQuery, pageSchema, tenantParams } from './parts.ts'

const category = z.enum(NOTICE_CATEGORIES)

const notice = z
  .object({
    id: z.string(),
    category,
    at: z.string(),
    step: z.string().nullable(),
    about: z.record(z.string(), z.unknown()),
    read: z.boolean(),
    project: z.object({ id: z.string(), title: z.string(), organisationId: z.string() }).nullable(),
    batch: z.object({ id: z.string(), title: z.string() }).nullable(),
  })
  .openapi('Notice')

/** How many are unread, by category. */
export const unread = z
  .object({
    unread: z.number().int(),
    byCategory: z.array(z.object({ category, count: z.number().int(), muted: z.boolean() })),
  })
  .openapi('UnreadNotices')

const preferences = z.strictObject({ muted: z.array(category).max(20) }).openapi('NoticePreferences')

/** Starts with the instant at which it came. */
const noticeId = z.string().regex(/^\d{4}-\d\d-\d\dT[^\p{Cc}]{1,400}$/u, '不是消息的编号')

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/notices',
  tags: ['notices'],
  summary: '发给本人和本单位的消息, 新的在前',
  request: {
    params: tenantParams,
    query: pageQuery.extend({
      after: z.string().max(600).optional(),
      category: category.optional(),
      since: aDay.optional(),
      unread: z
        .enum(['true', 'false'])
        .optional()
        .transform((value) => value === 'true'),
    }),
  },
  responses: { 200: jsonContent(pageSchema(notice), '一页消息'), ...commonProblems },
})

const unreadRoute = createRoute({
  method: 'get',
  path: '/{tenant}/notices/unread',
  tags: ['notices'],
  summary: '未读消息数, 各类分别计到 100; 查询它不延长登录',
  request: { params: tenantParams },
  responses: { 200: jsonContent(unread, '未读数'), ...commonProblems },
})

const readRoute = createRoute({
  method: 'post',
  path: '/{tenant}/notices/read',
  tags: ['notices'],
  summary: '标为已读: 若干条, 或某一条及更早的全部; 只影响本人',
  request: {
    params: tenantParams,
    body: jsonRequest(
      z.union([
        z.strictObject({ ids: z.array(noticeId).min(1).max(200) }),
        z.strictObject({ upTo: noticeId }),
      ]),
    ),
  },
  responses: { 204: { description: '已标记' }, ...commonProblems },
})

const preferencesRoute = createRoute({
  method: 'get',
  path: '/{tenant}/me/notice-preferences',
  tags: ['notices'],
  summary: '本人的消息偏好',
  request: { params: tenantParams },
  responses: { 200: jsonContent(preferences, '消息偏好'), ...commonProblems },
})

const keepRoute = createRoute({
  method: 'put',
  path: '/{tenant}/me/notice-preferences',
  tags: ['notices'],
  summary: '设定哪些类别不计入铃铛的未读数',
  request: { params: tenantParams, body: jsonRequest(preferences) },
  responses: { 200: jsonContent(preferences, '已保存'), ...commonProblems },
})

/** What people must learn that is no to-do. */
export const notices = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listNotices(tenantContext(c), c.req.valid('query')), 200))
  .openapi(unreadRoute, async (c) => c.json(await countUnread(tenantContext(c)), 200))
  .openapi(readRoute, async (c) => {
    await markRead(tenantContext(c), c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(preferencesRoute, async (c) => c.json(await readPreferences(tenantContext(c)), 200))
  .openapi(keepRoute, async (c) => c.json(await keepPreferences(tenantContext(c), c.req.valid('json')), 200))
