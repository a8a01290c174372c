import { copyFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Database } from '../../db/database.ts'
import type { FileDatabase } from '../../db/file-database.ts'
import type { Statement } from '../../db/statement.ts'
import { createProject, openPlayer } from '../api/player.ts'

/**
 * The service on temporary files, and beside it bare routes on a second tenant's database: what a step writes and what
 * a list reads is recorded once from the service itself and played again with other ids.
 */

const PROJECTS = 2_100

const player = await openPlayer('2026-07-01')
const { world, tenant } = player
const recorded: { read: Statement[]; write: Statement[] } = { read: [], write: [] }
const trips: Record<string, number> = {}

const first = await createProject(player)
for (let i = 1; i < 60; i += 1) await createProject(player)
const database = world.deps.databases.tenant(tenant.id)
await recording(database, () => player.step('unit', first, 'declare', { materials: ['design'] }))
const write = recorded.write
await recording(database, () => player.get('unit', '/projects?limit=50'))
const list = recorded.read.filter((statement) => /FROM project(s|_parties) /i.test(statement.sql))
const kept = new Set(
  (await database.read([{ sql: 'SELECT hash FROM policies', args: [] }]))[0]!.map((row) => String(row.hash)),
)

const projects: string[] = []
for (let i = 0; i < PROJECTS; i += 1)
  projects.push(await createProject(player, 'unit', { estimate: `${500 + i}万元` }))
await copyTenant()

const bareDatabase = world.deps.databases.tenant('bare')
const bare = new Hono()
bare.post('/bare/step', async (c) => {
  const { n } = await c.req.json<{ n: number }>()
  await bareDatabase.write(again(write, projects[n]!, `z${n}`))
  return c.json({ ok: true })
})
bare.get('/bare/list', async (c) => {
  const [rows] = await bareDatabase.read(list)
  return c.json({ items: rows })
})
bare.get('/bare/trips', (c) => c.json({ step: most(/\/steps\//), list: most(/\/projects$/), all: trips }))

serve(
  {
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) =>
      new URL(request.url).pathname.startsWith('/bare/')
        ? bare.fetch(request)
        : world.app.fetch(request, { address: '127.0.0.1' }),
  },
  (info) => {
    process.send?.({
      url: `http://127.0.0.1:${info.port}`,
      token: player.tokens.unit,
      tenant: tenant.id,
      projects,
    })
  },
)

/** Notes the statements that the service sends while `act` runs. */
async function recording(target: Database, act: () => Promise<unknown>): Promise<void> {
  const prototype = Object.getPrototypeOf(target) as Database
  const { read, write: written } = prototype
  recorded.read = []
  recorded.write = []
  prototype.read = function (statements) {
    recorded.read.push(...statements)
    return read.call(this, statements)
  }
  prototype.write = function (statements) {
    recorded.write.push(...statements)
    return written.call(this, statements)
  }
  try {
    await act()
  } finally {
    Object.assign(prototype, { read, write: written })
  }
}

/** The same statements for another project, which stands in the copy as it stood in the service before the step. */
function again(statements: Statement[], project: string, mark: string): Statement[] {
  return statements.map(({ sql, args }) => ({
    sql,
    args: args.map((value) => (typeof value === 'string' ? renamed(value, project, mark) : value)),
  }))
}

/** The project's id, and hashes and keys with another tail, so that no unique row is met twice. */
function renamed(value: string, id: string, mark: string): string {
  if (value.length > 4_000 || kept.has(value)) return value
  if (/^[0-9a-f]{16}([0-9a-f]{48})?$/.test(value)) return value.slice(0, -mark.length) + mark
  return value.replaceAll(first, id)
}

/** A copy of the tenant's file without the triggers that guard the order of events. */
async function copyTenant(): Promise<void> {
  const source = database as FileDatabase
  source.checkpoint()
  copyFileSync(source.path, source.path.replace(tenant.id, 'bare'))
  const copy = world.deps.databases.tenant('bare')
  const [triggers] = await copy.read([
    { sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'", args: [] },
  ])
  await copy.write(triggers!.map((row) => ({ sql: `DROP TRIGGER ${String(row.name)}`, args: [] })))
}

/** The most database round trips of a request whose path holds `part`, from the log. */
function most(part: RegExp): number {
  let highest = 0
  for (const line of world.logs) {
    const path = String(line.path ?? line.route ?? '')
    const count = Number(line.roundTrips ?? line.trips ?? line.db ?? 0)
    const route = `${line.method ?? ''} ${path.replace(/[0-9a-f-]{36}/g, ':id').replace(`/${tenant.id}/`, '/:tenant/')}`
    if (count === 0) continue
    trips[route] = Math.max(trips[route] ?? 0, count)
    if (part.test(path)) highest = Math.max(highest, count)
  }
  return highest
}
