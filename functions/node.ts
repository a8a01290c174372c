import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, Server } from 'node:http'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { objectsOnDisk } from '../db/objects-on-disk.ts'
import { openFiles, ownFolder } from '../db/open-files.ts'
import manifest from '../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import { startFailure, startOptions } from './cli/start-options.ts'
import { prepareDemoFolder, refuseHalfSeeded, type SeedPlace } from './demo/demo-folder.ts'
import { type DemoClock, demoIds } from './demo/seed-demo.ts'
import { signInTable } from './demo/sign-in-table.ts'
import { type Deps, idMaker } from './deps.ts'
import { feedingOf } from './jobs/feed-oversight.ts'
import { policyProver } from './jobs/policy-prover.ts'
import { startSweeping } from './jobs/sweep.ts'
import { turnLog } from './jobs/turn-log.ts'
import { ensurePlatformAdministrator } from './services/people/ensure-platform-administrator.ts'
import { migrateFleet } from './services/tenants/migrate-fleet.ts'
import { PolicyCache } from './services/tenants/policies.ts'

const REFERENCE = new URL('../node_modules/@scalar/api-reference/dist/browser/standalone.js', import.meta.url)
const PORTAL = fileURLToPath(new URL('../web/dist/', import.meta.url))

/** How this process runs. */
export interface NodeOptions {
  data: string
  port: number
  host?: string
  /** What browsers use when a proxy ends TLS. */
  publicOrigin?: string
  /** Take the client's address from the last entry of X-Forwarded-For. */
  behindProxy?: boolean
  log?: Deps['log']
  now?: Deps['now']
  /** The folder is built aside and synced as a whole before it is used. */
  scratch?: boolean
}

/** A running server with everything in one data folder. */
export interface RunningNode {
  url: string
  deps: Deps
  close(): Promise<void>
}

/** Everything outside the program for one data folder, which the caller must own. */
export async function nodeDeps(options: Omit<NodeOptions, 'port'>): Promise<Deps> {
  const now = options.now ?? (() => new Date())
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  return {
    now,
    newId: idMaker(now, random),
    randomBytes: random,
    databases: await openFiles(options.data, now, { scratch: options.scratch }),
    files: objectsOnDisk(join(options.data, 'files')),
    assets: {
      get: async (name) => fileOf(name === 'reference.js' ? fileURLToPath(REFERENCE) : join(PORTAL, name)),
    },
    policies: new PolicyCache(),
    provePolicy: policyProver(),
    log: options.log ?? turnLog(now, (text) => process.stdout.write(text)),
    build: { version: manifest.version, revision: process.env.REVISION ?? 'local' },
    publicOrigin: options.publicOrigin,
  }
}

/** A file of the program's own; names come from `portalPage`, which lets none through that leaves the folder. */
async function fileOf(path: string): Promise<ReadableStream<Uint8Array> | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? (Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>) : undefined
}

/** Takes the data folder and serves it. Throws when another process has the folder. */
export async function startNode(options: NodeOptions): Promise<RunningNode> {
  const owner = ownFolder(options.data)
  const feeding = feedingOf(await nodeDeps(options))
  const { deps } = feeding
  await migrateFleet(deps)
  const app = createApp(() => deps)
  const hostname = options.host ?? '127.0.0.1'
  const server = await new Promise<Server>((listening, failed) => {
    const started = serve(
      {
        port: options.port,
        hostname,
        fetch: (request, env) =>
          app.fetch(request, { address: addressOf(env.incoming as IncomingMessage, options) }),
        serverOptions: { requestTimeout: 120_000, headersTimeout: 15_000, keepAliveTimeout: 10_000 },
      },
      () => listening(started as Server),
    )
    started.once('error', failed)
  })
  const sweeping = startSweeping(deps)
  feeding.start()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return {
    url: options.publicOrigin ?? `http://${hostname}:${port}`,
    deps,
    async close() {
      sweeping.stop()
      feeding.stop()
      await new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 10_000).unref()
      })
      await Promise.all([sweeping.finished(), feeding.finished()])
      deps.databases.close()
      owner.release()
    },
  }
}

function addressOf(incoming: IncomingMessage, options: NodeOptions): string {
  const forwarded = options.behindProxy ? incoming.headers['x-forwarded-for'] : undefined
  const last = forwarded === undefined ? undefined : String(forwarded).split(',').at(-1)?.trim()
  return last || incoming.socket.remoteAddress || 'unknown'
}

async function main(): Promise<void> {
  const options = startOptions(process.argv.slice(2))
  if (options.demo) await prepareDemo(options.data)
  else refuseHalfSeeded(options.data)
  const running = await startNode({ ...options, publicOrigin: options.origin }).catch((error: unknown) => {
    throw new Error(startFailure(error, options.port))
  })
  const password = await ensurePlatformAdministrator(running.deps)
  const table = await signInTable(running.deps)
  if (table) console.log(`\n${table}`)
  console.log(`\n政项 ${running.url}  (接口说明 ${running.url}/api/docs)`)
  if (password) console.log(`平台管理员: admin / ${password}  (只显示这一次)`)
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (closing) return
      closing = true
      running.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(String(error))
          process.exit(1)
        },
      )
    })
}

async function prepareDemo(folder: string): Promise<void> {
  const began = Date.now()
  const { seeded, report } = await prepareDemoFolder(folder, new Date(), openForSeeding)
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (seeded) console.log(`演示数据已就位(项目 ${report?.projects ?? ''} 个, ${seconds} 秒)`)
  for (const problem of report?.problems ?? []) console.error(`演示数据: ${problem}`)
}

/** An installation whose clock the seeding sets and whose log stays quiet but for errors. */
export async function openForSeeding(folder: string, clock: DemoClock): Promise<SeedPlace> {
  const now = (): Date => clock.now
  const log: Deps['log'] = (line) => {
    if (line.level === 'error') console.error(JSON.stringify(line))
  }
  const deps = { ...(await nodeDeps({ data: folder, now, log, scratch: true })), newId: demoIds(now) }
  const app = createApp(() => deps)
  return { deps, send: async (request) => app.fetch(request) }
}

const started = process.argv[1] ?? ''
if (/[\\/]node\.[jt]s$/.test(started) && import.meta.url === pathToFileURL(resolve(started)).href)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exit(1)
  })
