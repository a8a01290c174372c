import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What `npm start --` was given. */
export interface StartOptions {
  data: string
  port: number
  host?: string
  /** What browsers use when a proxy ends TLS. */
  origin?: string
  behindProxy: boolean
  demo: boolean
}

const USAGE = `用法: npm start -- [选项]
  --data DIR       数据目录, 默认 .data
  --port N         端口, 默认 8787
  --host ADDRESS   监听地址, 默认 127.0.0.1
  --origin URL     浏览器使用的地址, 如 https://zx.example.gov.cn
  --behind-proxy   由反向代理转发, 从 X-Forwarded-For 取客户端地址
  --no-demo        不生成演示数据`

/** Reads the command line. Throws what is wrong and how to write it, before anything is founded in the data folder. */
export function startOptions(args: string[]): StartOptions {
  const { values, tokens } = parseArgs({
    args,
    strict: false,
    tokens: true,
    options: {
      data: { type: 'string', default: '.data' },
      port: { type: 'string', default: '8787' },
      host: { type: 'string' },
      origin: { type: 'string' },
      'behind-proxy': { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
    },
  })
  for (const token of tokens) {
    if (token.kind === 'positional') throw misuse(`没有「${token.value}」这个选项`)
    if (token.kind !== 'option') continue
    if (!KNOWN.has(token.name)) throw misuse(`没有「${token.rawName}」这个选项`)
    const swallowed = token.inlineValue === false && token.value.startsWith('--')
    if (TEXTS.has(token.name) !== (token.value !== undefined && !swallowed))
      throw misuse(TEXTS.has(token.name) ? `${token.rawName} 后缺少值` : `${token.rawName} 不带值`)
  }
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const port = text('port') ?? ''
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw misuse(`端口「${port}」须是 0 至 65535 之间的整数`)
  const origin = text('origin')
  if (origin !== undefined && !isOrigin(origin))
    throw misuse(`地址「${origin}」须写作 https://主机[:端口], 不带路径`)
  return {
    data: resolve(text('data') ?? '.data'),
    port: Number(port),
    host: text('host'),
    origin: origin && new URL(origin).origin,
    behindProxy: values['behind-proxy'] === true,
    demo: values['no-demo'] !== true,
  }
}

/** What to tell the operator when the server could not start. */
export function startFailure(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用, 请停止占用它的程序, 或用 --port 另选一个`
  if (code === 'EACCES') return `没有使用端口 ${port} 的权限, 请用 --port 另选一个`
  return error instanceof Error ? error.message : String(error)
}

const TEXTS = new Set(['data', 'port', 'host', 'origin'])
const KNOWN = new Set([...TEXTS, 'behind-proxy', 'no-demo'])

function misuse(what: string): Error {
  return new Error(`${what}\n\n${USAGE}`)
}

function isOrigin(text: string): boolean {
  try {
    return new URL(text).origin === text.replace(/\/$/, '')
  } catch {
    return false
  }
}
