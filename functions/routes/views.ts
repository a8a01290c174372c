import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { etagOf, requiredVersion } from '../http/etag.ts'
import { commonProblems, versionProblems } from '../http/problem.ts'
import { addView } from '../services/views/add-view.ts'
import { changeView, dropView } from '../services/views/change-view.ts'
import { listViews } from '../services/views/list-views.ts'
import { readPreferences, savePreferences } from '../services/views/preferences.ts'
import {
  aName,
  anId,
  ifMatchHeader,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  pageQuery,
  pageSchema,
  tenantId,
  tenantParams,
} from './parts.ts'

const short = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/)
const columns = z
  .record(
    short,
    z.strictObject({
      show: z.boolean().optional(),
      order: z.number().int().min(0).max(99).optional(),
      fixed: z.enum(['left', 'right']).optional(),
    }),
  )
  .refine((all) => Object.keys(all).length <= 40, '列太多')

const viewContent = z.strictObject({
  name: aName(40),
  shared: z.boolean(),
  query: z.string().max(2000),
  columns,
})
const view = z
  .object({
    ...viewContent.shape,
    id: z.string(),
    mine: z.boolean(),
    by: z.string(),
    version: z.number().int(),
  })
  .openapi('SavedView')

const preferences = z
  .strictObject({
    lists: z
      .record(
        short,
        z.strictObject({
          columns: columns.optional(),
          density: z.enum(['large', 'middle', 'small']).optional(),
          view: anId.optional(),
        }),
      )
      .refine((all) => Object.keys(all).length <= 10, '列表太多')
      .optional(),
  })
  .openapi('Preferences')

const viewParams = z.strictObject({ tenant: tenantId, id: anId })

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/views',
  tags: ['views'],
  summary: '保存的视图: 自己的, 与本单位共用的',
  request: { params: tenantParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(view), '一页视图'), ...commonProblems },
})

const addRoute = createRoute({
  method: 'post',
  path: '/{tenant}/views',
  tags: ['views'],
  summary: '保存视图: 筛选条件与列',
  parameters: [keyHeader],
  request: { params: tenantParams, body: jsonRequest(viewContent) },
  responses: { 201: jsonContent(view, '已保存'), ...commonProblems },
})

const changeRoute = createRoute({
  method: 'put',
  path: '/{tenant}/views/{id}',
  tags: ['views'],
  summary: '修改自己的视图',
  parameters: [ifMatchHeader],
  request: { params: viewParams, body: jsonRequest(viewContent) },
  responses: { 200: jsonContent(view, '已修改'), ...commonProblems, ...versionProblems },
})

const dropRoute = createRoute({
  method: 'delete',
  path: '/{tenant}/views/{id}',
  tags: ['views'],
  summary: '删除自己的视图',
  parameters: [ifMatchHeader],
  request: { params: viewParams },
  responses: { 204: { description: '已删除' }, ...commonProblems, ...versionProblems },
})

const readPreferencesRoute = createRoute({
  method: 'get',
  path: '/{tenant}/preferences',
  tags: ['views'],
  summary: '本人的偏好: 各列表的列、密度与默认视图; ETag 供保存时用',
  request: { params: tenantParams },
  responses: { 200: jsonContent(preferences, '偏好'), ...commonProblems },
})

const savePreferencesRoute = createRoute({
  method: 'put',
  path: '/{tenant}/preferences',
  tags: ['views'],
  summary: '保存本人的偏好',
  parameters: [ifMatchHeader],
  request: { params: tenantParams, body: jsonRequest(preferences) },
  responses: { 200: jsonContent(preferences, '已保存'), ...commonProblems, ...versionProblems },
})

/** What people keep of how they look at lists. */
export const views = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listViews(tenantContext(c), c.req.valid('query')), 200))
  .openapi(addRoute, async (c) => {
    const kept = await addView(tenantContext(c), c.req.valid('json'))
    c.header('etag', etagOf(kept.version))
    return c.json(kept, 201)
  })
  .openapi(changeRoute, async (c) => {
    const input = { viewId: c.req.valid('param').id, version: requiredVersion(c), ...c.req.valid('json') }
    const kept = await changeView(tenantContext(c), input)
    c.header('etag', etagOf(kept.version))
    return c.json(kept, 200)
  })
  .openapi(dropRoute, async (c) => {
    await dropView(tenantContext(c), { viewId: c.req.valid('param').id, version: requiredVersion(c) })
    return c.body(null, 204)
  })
  .openapi(readPreferencesRoute, async (c) => {
    const kept = await readPreferences(tenantContext(c))
    c.header('etag', etagOf(kept.version))
    return c.json(kept.content, 200)
  })
  .openapi(savePreferencesRoute, async (c) => {
    const input = { version: requiredVersion(c), content: c.req.valid('json') }
    const kept = await savePreferences(tenantContext(c), input)
    c.header('etag', etagOf(kept.version))
    return c.json(kept.content, 200)
  })
