import { createMiddleware } from 'hono/factory'
import { AppError } from '../services/errors.ts'
import type { AppEnv } from './env.ts'

const LIMIT = 1024 * 1024
const MAX_DEPTH = 24

/**
 * Reads a JSON body once, counting the bytes that really come, and refuses what no store can keep unchanged:
 * invalid UTF-8, lone surrogates, NUL, prototype keys, bottomless nesting.
 */
export const jsonBody = createMiddleware<AppEnv>(async (c, next) => {
  const type = c.req.header('content-type')
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || !type || !/^application\/json\s*(;|$)/i.test(type))
    return next()
  const text = decode(await boundedBytes(c.req.raw, LIMIT))
  if (depthOf(text) > MAX_DEPTH) throw new AppError('malformed', `JSON 嵌套不得超过 ${MAX_DEPTH} 层`)
  refuseUnstorable(text)
  // Hono's own cache of the read body: what follows parses this text instead of the spent stream.
  c.req.bodyCache.text = Promise.resolve(text) as unknown as string
  return next()
})

/** The body's bytes, refused as soon as more than `limit` have come; Content-Length is only a first hint. */
export async function boundedBytes(request: Request, limit: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? '0')
  if (announced > limit) throw tooLarge(limit)
  // The servers end a body at its announced length; what was never on a wire is counted after the fact.
  if (announced > 0) {
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.byteLength > limit) throw tooLarge(limit)
    return bytes
  }
  if (!request.body) return new Uint8Array()
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await reader.cancel()
      throw tooLarge(limit)
    }
    chunks.push(value)
  }
  if (chunks.length === 1) return chunks[0]!
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function tooLarge(limit: number): AppError {
  return new AppError('too-large', `请求体不得超过 ${limit} 字节`)
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AppError('malformed', '请求体不是 UTF-8')
  }
}

/** How deep brackets nest outside strings; JSON.parse alone would go as deep as the sender likes. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 92) i++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 91 || code === 123) deepest = Math.max(deepest, ++depth)
    else if (code === 93 || code === 125) depth--
  }
  return deepest
}

function refuseUnstorable(text: string): void {
  if (text.includes('"__proto__"')) throw new AppError('malformed', '不允许的键')
  if (!text.includes('\\u')) return
  let normal: string
  try {
    normal = JSON.stringify(JSON.parse(text))
  } catch {
    return
  }
  if (/\\ud[89a-f]|\\u0000|"__proto__"/i.test(normal))
    throw new AppError('malformed', '文字含有不能保存的字符')
}
