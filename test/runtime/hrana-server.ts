import { randomUUID, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import Libsql from 'libsql'
import { HranaStream, type StreamRequest } from './hrana-stream.ts'

const IDLE_MS = 5_000
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

/** Options of the development server. */
export interface HranaOptions {
  folder: string
  port?: number
  token?: string
}

/** A running server; a namespace's base URL is `${url}/dev/<namespace>/`. */
export interface HranaServer {
  url: string
  port: number
  close(): Promise<void>
}

interface Held {
  namespace: string
  stream: HranaStream
  timer: NodeJS.Timeout
}

/**
 * Stands in for sqld in development and tests: Hrana over HTTP, versions 2 and 3, JSON, over libSQL files.
 * Namespaces are path prefixes and are made by `POST /v1/namespaces/:name/create`, as sqld's admin API does.
 */
export async function startHrana(options: HranaOptions): Promise<HranaServer> {
  mkdirSync(options.folder, { recursive: true })
  const held = new Map<string, Held>()
  const idle = new Map<string, Libsql.Database[]>()

  const open = (namespace: string): Libsql.Database => {
    const pooled = idle.get(namespace)?.pop()
    if (pooled) return pooled
    const connection = new Libsql(join(options.folder, `${namespace}.db`), { timeout: 0 })
    connection.exec('PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON')
    return connection
  }
  const giveBack = (namespace: string, stream: HranaStream): void => {
    if (!stream.reusable) {
      stream.connection.close()
      return
    }
    const pool = idle.get(namespace) ?? []
    idle.set(namespace, [...pool, stream.connection])
  }
  const drop = (baton: string): void => {
    const entry = held.get(baton)
    if (!entry) return
    held.delete(baton)
    clearTimeout(entry.timer)
    entry.stream.rollback()
    giveBack(entry.namespace, entry.stream)
  }

  const pipeline = (
    namespace: string,
    body: { baton?: string | null; requests: StreamRequest[] },
  ): unknown => {
    let stream: HranaStream
    if (body.baton) {
      const entry = held.get(body.baton)
      if (!entry || entry.namespace !== namespace) throw new HttpError(400, 'invalid baton')
      held.delete(body.baton)
      clearTimeout(entry.timer)
      stream = entry.stream
    } else stream = new HranaStream(open(namespace))
    const results = body.requests.map((request) => stream.handle(request))
    if (stream.closed) {
      stream.rollback()
      giveBack(namespace, stream)
      return { baton: null, base_url: null, results }
    }
    const baton = randomUUID()
    held.set(baton, { namespace, stream, timer: setTimeout(() => drop(baton), IDLE_MS) })
    return { baton, base_url: null, results }
  }

  const answer = async (request: IncomingMessage): Promise<unknown> => {
    authorise(request, options.token)
    const path = (request.url ?? '').split('?')[0]!
    const made = /^\/v1\/namespaces\/([^/]+)\/create$/.exec(path)
    if (made && request.method === 'POST') {
      const namespace = checkedName(made[1]!)
      if (existsSync(join(options.folder, `${namespace}.db`))) throw new HttpError(409, 'namespace exists')
      open(namespace).close()
      return {}
    }
    const match = /^\/dev\/([^/]+)\/v[23](\/pipeline)?$/.exec(path)
    if (!match) throw new HttpError(404, 'not found')
    const namespace = checkedName(match[1]!)
    if (!existsSync(join(options.folder, `${namespace}.db`))) throw new HttpError(404, 'no such namespace')
    if (!match[2]) return {}
    return pipeline(namespace, JSON.parse(await textOf(request)) as never)
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (body) => send(response, 200, body),
      (error: unknown) =>
        send(response, error instanceof HttpError ? error.status : 500, {
          message: String(error),
          code: 'SERVER',
        }),
    )
  })
  await new Promise<void>((listening) => server.listen(options.port ?? 0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      for (const baton of [...held.keys()]) drop(baton)
      for (const connection of [...idle.values()].flat()) connection.close()
      await closeServer(server)
    },
  }
}

class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

function checkedName(name: string): string {
  if (!NAME.test(name)) throw new HttpError(404, 'no such namespace')
  return name
}

function authorise(request: IncomingMessage, token: string | undefined): void {
  if (token === undefined) return
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
    throw new HttpError(401, 'not authorised')
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function closeServer(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed())
    server.closeAllConnections()
  })
}
