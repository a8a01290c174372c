import type { Context } from 'hono'
import type { AppEnv } from './env.ts'

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json; charset=utf-8',
  woff2: 'font/woff2',
}

/** Scripts only from this host and never inline; styles inline, since the component library writes them as it goes. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const NAME = /^\/(assets\/)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.([a-z0-9]+)$/

/**
 * The built portal: its files, and its page for every other address that a browser may be sent to, so that links into
 * the portal work. Undefined for what is not the portal's: the API, unknown files, requests that are no reads.
 */
export async function portalPage(c: Context<AppEnv>): Promise<Response | undefined> {
  const { path, method } = c.req
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (/^\/api(\/|$)/.test(path)) return undefined
  const file = NAME.exec(path)
  const name = file ? path.slice(1) : 'index.html'
  const type = TYPES[file ? file[3]! : 'html']
  if (!type || (!file && path.startsWith('/assets/'))) return undefined
  const small = await compressed(c, name)
  const body = small?.body ?? (await c.get('deps').assets.get(name))
  if (!body) return undefined
  return c.body(body, 200, {
    'content-type': type,
    'content-security-policy': POLICY,
    'cache-control': file?.[1] ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
    ...(small ? { 'content-encoding': small.encoding } : {}),
  })
}

/** The file as the build compressed it, where the browser takes that. */
async function compressed(c: Context<AppEnv>, name: string) {
  const accepted = c.req.header('accept-encoding') ?? ''
  for (const [encoding, ending] of [
    ['br', 'br'],
    ['gzip', 'gz'],
  ] as const) {
    if (!new RegExp(`\\b${encoding}\\b`).test(accepted)) continue
    const body = await c.get('deps').assets.get(`${name}.${ending}`)
    if (body) return { encoding, body }
  }
  return undefined
}
