import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { etagOf, requiredVersion } from '../http/etag.ts'
import { commonProblems, versionProblems } from '../http/problem.ts'
import { beginDraft, dropDraft, keepDraft } from '../services/drafts/keep-draft.ts'
import { listDrafts, readDraft } from '../services/drafts/list-drafts.ts'
import {
  anId,
  ifMatchHeader,
  jsonContent,
  jsonRequest,
  keyHeader,
  newRoutes,
  pageQuery,
  pageSchema,
  tenantParams,
} from './parts.ts'

const draftItem = z
  .object({
    id: z.string(),
    kind: z.enum(['declaration']),
    title: z.string(),
    version: z.number().int(),
    updatedAt: z.string(),
  })
  .openapi('DraftItem')

const draft = draftItem.extend({ content: z.record(z.string(), z.unknown()) }).openapi('Draft')

const params = tenantParams.extend({ id: anId })
/** A draft may have no title yet. */
const title = z.string().trim().max(200)
const content = z.record(z.string(), z.unknown())

const listRoute = createRoute({
  method: 'get',
  path: '/{tenant}/drafts',
  tags: ['drafts'],
  summary: '本人的草稿, 新的在前',
  request: { params: tenantParams, query: pageQuery },
  responses: { 200: jsonContent(pageSchema(draftItem), '一页草稿'), ...commonProblems },
})

const beginRoute = createRoute({
  method: 'post',
  path: '/{tenant}/drafts',
  tags: ['drafts'],
  summary: '新建草稿',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    body: jsonRequest(z.strictObject({ kind: z.enum(['declaration']), title, content })),
  },
  responses: { 201: jsonContent(draftItem, '已新建, 版本在 ETag'), ...commonProblems },
})

const readRoute = createRoute({
  method: 'get',
  path: '/{tenant}/drafts/{id}',
  tags: ['drafts'],
  summary: '一份草稿',
  request: { params },
  responses: { 200: jsonContent(draft, '草稿, 版本在 ETag'), ...commonProblems },
})

const keepRoute = createRoute({
  method: 'put',
  path: '/{tenant}/drafts/{id}',
  tags: ['drafts'],
  summary: '保存草稿; 已在别处保存过则 412',
  parameters: [ifMatchHeader],
  request: { params, body: jsonRequest(z.strictObject({ title, content })) },
  responses: { 200: jsonContent(draftItem, '已保存, 版本在 ETag'), ...commonProblems, ...versionProblems },
})

const dropRoute = createRoute({
  method: 'delete',
  path: '/{tenant}/drafts/{id}',
  tags: ['drafts'],
  summary: '删去草稿',
  request: { params },
  responses: { 204: { description: '已删去' }, ...commonProblems },
})

/** Forms that people have begun and not yet handed in. */
export const drafts = newRoutes()
  .openapi(listRoute, async (c) => c.json(await listDrafts(tenantContext(c), c.req.valid('query')), 200))
  .openapi(beginRoute, async (c) => {
    const begun = await beginDraft(tenantContext(c), c.req.valid('json'))
    c.header('etag', etagOf(begun.version))
    return c.json(begun, 201)
  })
  .openapi(readRoute, async (c) => {
    const read = await readDraft(tenantContext(c), c.req.valid('param').id)
    c.header('etag', etagOf(read.version))
    return c.json(read, 200)
  })
  .openapi(keepRoute, async (c) => {
    const version = requiredVersion(c)
    const { id } = c.req.valid('param')
    const kept = await keepDraft(tenantContext(c), { id, version, ...c.req.valid('json') })
    c.header('etag', etagOf(kept.version))
    return c.json(kept, 200)
  })
  .openapi(dropRoute, async (c) => {
    await dropDraft(tenantContext(c), c.req.valid('param').id)
    return c.body(null, 204)
  })
