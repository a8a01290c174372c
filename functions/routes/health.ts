import { createRoute, z } from '@hono/zod-openapi'
import { requestContext } from '../http/context.ts'
import { commonProblems } from '../http/problem.ts'
import { checkReady } from '../services/check-ready.ts'
import { jsonContent, newRoutes } from './parts.ts'

const ok = z.object({ status: z.literal('ok') })

const liveRoute = createRoute({
  method: 'get',
  path: '/livez',
  tags: ['operations'],
  summary: '进程在运行',
  responses: { 200: jsonContent(ok, '在运行') },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['operations'],
  summary: '能够服务: 控制库可读',
  responses: { 200: jsonContent(ok, '可用'), 503: commonProblems[503] },
})

const versionRoute = createRoute({
  method: 'get',
  path: '/version',
  tags: ['operations'],
  summary: '程序版本',
  responses: { 200: jsonContent(z.object({ version: z.string(), revision: z.string() }), '版本') },
})

/** For whoever watches the process. */
export const health = newRoutes()
  .openapi(liveRoute, (c) => c.json({ status: 'ok' as const }, 200))
  .openapi(readyRoute, async (c) => {
    await checkReady(requestContext(c))
    return c.json({ status: 'ok' as const }, 200)
  })
  .openapi(versionRoute, (c) => c.json(c.get('deps').build, 200))
