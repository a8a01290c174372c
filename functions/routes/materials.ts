import { createRoute, z } from '@hono/zod-openapi'
import { tenantContext } from '../http/context.ts'
import { commonProblems, problemSchema } from '../http/problem.ts'
import { AppError } from '../services/errors.ts'
import { fetchMaterial } from '../services/files/fetch-material.ts'
import { storeMaterial } from '../services/files/store-material.ts'
import {
  aName,
  anId,
  attachmentNamed,
  jsonContent,
  keyHeader,
  newRoutes,
  tenantId,
  tenantParams,
} from './parts.ts'

const material = z
  .object({
    id: z.string(),
    name: z.string(),
    mediaType: z.string(),
    size: z.number().int(),
    sha256: z.string(),
  })
  .openapi('Material')

const storeRoute = createRoute({
  method: 'post',
  path: '/{tenant}/materials',
  tags: ['materials'],
  summary: '上传文件: 请求体就是文件内容',
  parameters: [keyHeader],
  request: {
    params: tenantParams,
    query: z.strictObject({ name: aName(200).refine((name) => !/[/\\]/.test(name), '文件名不得含路径') }),
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
  },
  responses: {
    201: jsonContent(material, '已保存'),
    ...commonProblems,
    411: { description: '须说明长度', content: { 'application/problem+json': { schema: problemSchema } } },
  },
})

const fetchRoute = createRoute({
  method: 'get',
  path: '/{tenant}/materials/{id}',
  tags: ['materials'],
  summary: '下载文件',
  request: { params: z.strictObject({ tenant: tenantId, id: anId }) },
  responses: {
    200: {
      description: '文件内容',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    },
    ...commonProblems,
  },
})

/** Files of a tenant. */
export const materials = newRoutes()
  .openapi(storeRoute, async (c) => {
    const body = c.req.raw.body
    if (!body) throw new AppError('malformed', '文件是空的')
    const announced = c.req.header('content-length')
    const size = announced === undefined ? undefined : Number(announced)
    const { name } = c.req.valid('query')
    return c.json(await storeMaterial(tenantContext(c), { name, size, body }), 201)
  })
  .openapi(fetchRoute, async (c) => {
    const file = await fetchMaterial(tenantContext(c), c.req.valid('param').id)
    return c.body(file.body, 200, {
      'content-type': file.mediaType,
      'content-length': String(file.size),
      'content-disposition': attachmentNamed(file.name),
      'content-security-policy': "sandbox; default-src 'none'",
      etag: `"${file.sha256}"`,
    })
  })
