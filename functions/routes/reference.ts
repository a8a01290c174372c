import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from '../http/env.ts'
import { newRoutes } from './parts.ts'

const SCRIPT = '/api/docs/reference.js'

/** The OpenAPI document of `app`, and a page that shows it with nothing from another host. */
export function mountReference(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
  })
  let document: string | undefined
  app.get('/api/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: '政项 API', version: c.get('deps').build.version },
        security: [{ bearer: [] }, { cookie: [] }],
      }),
    )
    return c.body(document, 200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-cache',
    })
  })
  app.route('/api/docs', referencePage())
}

function referencePage(): OpenAPIHono<AppEnv> {
  const routes = newRoutes()
  routes.get('/', (c) =>
    c.html(PAGE, 200, {
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    }),
  )
  routes.get('/reference.js', async (c) => {
    const script = await c.get('deps').assets.get('reference.js')
    if (!script) return c.notFound()
    return c.body(script, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    })
  })
  return routes
}

const SETTINGS = JSON.stringify({
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
}).replaceAll('"', '&quot;')

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>政项 API</title>
</head>
<body>
<script id="api-reference" data-url="/api/openapi.json" data-configuration="${SETTINGS}"></script>
<script src="${SCRIPT}"></script>
</body>
</html>
`
