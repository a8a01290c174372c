import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from '../../db/statement.ts'
import { createApp } from '../../functions/app.ts'
import type { Deps, LogLine } from '../../functions/deps.ts'
import { nodeDeps } from '../../functions/node.ts'
import {
  addPlatformUser,
  type PlatformUser,
} from '../../functions/services/people/ensure-platform-administrator.ts'
import { controlStatements } from '../../functions/services/tenants/add-tenant.ts'
import { loadedPolicy } from '../../functions/services/tenants/checked-policy.ts'
import { type ProvisionedTenant, provisionTenant } from '../../functions/services/tenants/provision-tenant.ts'

export const POLICY = readFileSync(new URL('policy.yaml', import.meta.url), 'utf8')
export const PASSWORD = 'correct horse battery'

/** One installation on temporary files, with a clock that the test moves. */
export interface World {
  app: ReturnType<typeof createApp>
  deps: Deps
  logs: LogLine[]
  folder: string
  clock: { now: Date }
  call: Caller
  close(): void
}

export interface CallOptions {
  token?: string
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
  /** Idempotency-Key; `false` sends none. Without it every unsafe call gets a fresh one. */
  key?: string | false
}

export interface Answer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
}

export type Caller = (method: string, path: string, options?: CallOptions) => Promise<Answer>

/** Opens an empty installation. */
export async function openWorld(today = '2026-03-02'): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'api-'))
  const clock = { now: new Date(`${today}T02:00:00.000Z`) }
  const logs: LogLine[] = []
  const deps = await nodeDeps({ data: folder, now: () => clock.now, log: (line) => logs.push(line) })
  const app = createApp(() => deps)
  const call: Caller = async (method, path, options = {}) => {
    const headers: Record<string, string> = { ...options.headers }
    if (options.token) headers.authorization = `Bearer ${options.token}`
    if (options.json !== undefined) headers['content-type'] ??= 'application/json'
    const key = options.key ?? (method === 'POST' ? randomBytes(8).toString('hex') : false)
    if (key) headers['idempotency-key'] = key
    const body = options.json === undefined ? options.body : JSON.stringify(options.json)
    const init = { method, headers, body, ...(body instanceof ReadableStream && { duplex: 'half' }) }
    const response = await app.request(`http://localhost${path}`, init as RequestInit)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: parsed(text) }
  }
  return {
    app,
    deps,
    logs,
    folder,
    clock,
    call,
    close() {
      deps.databases.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Adds the test policy's tenant under another id, with an administrator `admin`. */
export async function addTenant(
  world: Pick<World, 'deps'>,
  id = 'hedong',
  policy = POLICY,
  units?: string[],
): Promise<ProvisionedTenant> {
  const plan = {
    text: policy.replace('id: hedong', `id: ${id}`),
    file: 'policy.yaml',
    units,
    administrator: { login: 'admin', name: '管理员', password: PASSWORD },
  }
  const act = { at: world.deps.now(), actor: { user: 'test', name: 'test' }, requestId: 'test' }
  const tenant = await provisionTenant(world.deps, act, plan, async () => false, loadedPolicy)
  await world.deps.databases.control().write(controlStatements(tenant, plan, act))
  return tenant
}

/** A person of the platform. */
export function addPlatform(world: World, user: Omit<PlatformUser, 'password'>): Promise<void> {
  return addPlatformUser(world.deps, { ...user, password: PASSWORD })
}

/** Adds a person to the organisation that holds a party and signs him in; the token is put straight into the database. */
export async function personOf(
  world: Pick<World, 'deps'>,
  tenant: ProvisionedTenant,
  party: string,
  role: 'handler' | 'auditor' | 'administrator' = 'handler',
  nth = 0,
): Promise<{ token: string; userId: string; organisationId: string }> {
  const organisation = tenant.organisations.filter((one) => one.parties.includes(party))[nth]
  if (!organisation) throw new Error(`no organisation holds ${party}`)
  const userId = world.deps.newId()
  const now = world.deps.now()
  const { newToken } = await import('../../functions/services/people/session-token.ts')
  const { token, hash } = newToken(tenant.id, world.deps.randomBytes)
  await world.deps.databases.tenant(tenant.id).write([
    sql`INSERT INTO users (id, organisation_id, login, name, role, status, password, created_at) VALUES (${userId},
      ${organisation.id}, ${`p-${userId}`}, ${`${organisation.name}经办人`}, ${role}, 'active', 'none', ${now.toISOString()})`,
    sql`INSERT INTO sessions (token_hash, user_id, seen_at, ends_at, created_at) VALUES (${hash}, ${userId},
      ${now.toISOString()}, '2099-01-01T00:00:00.000Z', ${now.toISOString()})`,
  ])
  return { token, userId, organisationId: organisation.id }
}

/** Moves the clock to a day, keeping sessions alive. */
export async function moveTo(world: World, tenant: string, day: string): Promise<void> {
  world.clock.now = new Date(`${day}T02:00:00.000Z`)
  await world.deps.databases
    .tenant(tenant)
    .write([sql`UPDATE sessions SET seen_at = ${world.clock.now.toISOString()}`])
}
