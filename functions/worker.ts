import { objectsInR2 } from '../db/objects-in-r2.ts'
import { openRemote } from '../db/open-remote.ts'
import manifest from '../package.json' with { type: 'json' }
import { createApp } from './app.ts'
import { type Deps, idMaker } from './deps.ts'
import type { Bindings } from './http/env.ts'
import { sweep } from './jobs/sweep.ts'
import { feedOversight } from './services/oversight/feed-oversight.ts'
import { PolicyCache } from './services/tenants/policies.ts'

/** What wrangler.toml and the account's secrets give the Worker. */
export interface WorkerEnv {
  CONTROL_URL: string
  OVERSIGHT_URL: string
  /** Holds `{tenant}`. */
  TENANT_URL: string
  DATABASE_ADMIN_URL?: string
  DATABASE_TOKEN?: string
  PUBLIC_ORIGIN?: string
  REVISION?: string
  FILES: Parameters<typeof objectsInR2>[0]
  ASSETS: { fetch(url: string): Promise<Response> }
}

const EVERY_MINUTE = '* * * * *'

// Compiled policies and the order of ids are data, not I/O: all that requests of an isolate share.
const policies = new PolicyCache()
const now = (): Date => new Date()
const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
const newId = idMaker(now, randomBytes)
const app = createApp((bindings) => workerDeps(bindings as Bindings & { env: WorkerEnv }))

/** Deps of one request: clients and bindings must not outlive it. */
function workerDeps({ env }: { env: WorkerEnv }): Deps {
  return {
    now,
    newId,
    randomBytes,
    databases: openRemote(
      {
        controlUrl: env.CONTROL_URL,
        oversightUrl: env.OVERSIGHT_URL,
        tenantUrl: env.TENANT_URL,
        adminUrl: env.DATABASE_ADMIN_URL,
        token: env.DATABASE_TOKEN,
      },
      now,
    ),
    files: objectsInR2(env.FILES),
    assets: {
      async get(name) {
        // What leaves a Worker is compressed at the edge.
        if (/\.(br|gz)$/.test(name)) return undefined
        const found = await env.ASSETS.fetch(`https://assets.local/${name}`)
        return found.ok ? (found.body ?? undefined) : undefined
      },
    },
    policies,
    log: (line) => console.log(JSON.stringify({ at: now().toISOString(), ...line })),
    build: { version: manifest.version, revision: env.REVISION ?? 'local' },
    publicOrigin: env.PUBLIC_ORIGIN,
  }
}

export default {
  fetch(request: Request, env: WorkerEnv): Promise<Response> | Response {
    const address = request.headers.get('cf-connecting-ip') ?? 'unknown'
    return app.fetch(request, { address, env } as Bindings)
  },
  /** Feeds the oversight read model each time, and sweeps unless the cron is the one that only feeds. */
  async scheduled({ cron }: { cron: string }, env: WorkerEnv): Promise<void> {
    const deps = workerDeps({ env })
    try {
      await feedOversight(deps)
    } finally {
      if (cron !== EVERY_MINUTE) await sweep(deps)
    }
  },
}
