import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { Miniflare, Response } from 'miniflare'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { remoteDeps } from '../../functions/cli/remote-deps.ts'
import { type RunningNode, startNode } from '../../functions/node.ts'
import { ensurePlatformAdministrator } from '../../functions/services/people/ensure-platform-administrator.ts'
import { type HranaServer, startHrana } from './hrana-server.ts'
import { playSmoke } from './smoke.ts'

const root = new URL('../..', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'runtime-'))
let node: RunningNode
let hrana: HranaServer
let worker: Miniflare
const passwords: Record<string, string> = {}

beforeAll(async () => {
  node = await startNode({ data: join(folder, 'node'), port: 0, log: () => undefined })
  passwords.node = (await ensurePlatformAdministrator(node.deps))!
  const built = spawnSync('npx', ['wrangler', 'deploy', '--dry-run', '--outdir', join(folder, 'worker')], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
  })
  expect({ status: built.status, errors: built.status ? built.stderr + built.stdout : '' }).toEqual({
    status: 0,
    errors: '',
  })
  hrana = await startHrana({ folder: join(folder, 'hrana'), token: 'secret' })
  const config = {
    controlUrl: `${hrana.url}/dev/control/`,
    oversightUrl: `${hrana.url}/dev/oversight/`,
    tenantUrl: `${hrana.url}/dev/{tenant}/`,
    adminUrl: hrana.url,
    token: 'secret',
  }
  const deps = await remoteDeps(config, () => undefined)
  passwords.worker = (await ensurePlatformAdministrator(deps))!
  const bundle = readdirSync(join(folder, 'worker')).find((name) => name.endsWith('.js'))!
  worker = new Miniflare({
    modules: [
      { type: 'ESModule', path: bundle, contents: readFileSync(join(folder, 'worker', bundle), 'utf8') },
    ],
    cf: false,
    handleRuntimeStdio: (out: Readable, errors: Readable) => {
      out.resume()
      errors.resume()
    },
    compatibilityDate: '2026-04-20',
    compatibilityFlags: ['nodejs_compat'],
    bindings: {
      CONTROL_URL: config.controlUrl,
      OVERSIGHT_URL: config.oversightUrl,
      TENANT_URL: config.tenantUrl,
      DATABASE_ADMIN_URL: config.adminUrl,
      DATABASE_TOKEN: config.token,
    },
    r2Buckets: ['FILES'],
    serviceBindings: { ASSETS: (request: { url: string }) => asset(new URL(request.url).pathname) },
  })
  await worker.ready
}, 120_000)

/** The built portal as the platform would serve it: a file, or nothing. */
function asset(path: string): Response {
  const file = new URL(`web/dist${path}`, root)
  return existsSync(file) ? new Response(readFileSync(file)) : new Response(null, { status: 404 })
}

afterAll(async () => {
  await worker.dispose()
  await hrana.close()
  await node.close()
  rmSync(folder, { recursive: true, force: true })
})

it('answers the same on Node as in workerd', async () => {
  const onNode = await playSmoke(node.url, passwords.node!)
  const onWorker = await playSmoke(String(await worker.ready).replace(/\/$/, ''), passwords.worker!)
  expect(onNode.filter((answer) => answer.status >= 500)).toEqual([])
  for (const [i, answer] of onWorker.entries()) expect(answer).toEqual(onNode[i])
  expect(onWorker).toHaveLength(onNode.length)
  expect(new Set(onNode.map((answer) => answer.status))).toEqual(
    new Set([200, 201, 204, 400, 401, 403, 404, 409, 412, 413, 415, 422]),
  )
}, 120_000)

it('sweeps by cron in workerd', async () => {
  const fetcher = (await worker.getWorker()) as unknown as {
    scheduled(event: object): Promise<{ outcome: string }>
  }
  const scheduled = await fetcher.scheduled({ cron: '7 * * * *' })
  expect(scheduled.outcome).toBe('ok')
})

it('does not open a data folder twice', async () => {
  await expect(startNode({ data: join(folder, 'node'), port: 0 })).rejects.toThrow('正由另一个进程使用')
})
