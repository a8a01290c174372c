import { copyFileSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { devNull } from 'node:os'
import { serialize } from 'node:v8'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Database } from '../../db/database.ts'
import type { FileDatabase } from '../../db/file-database.ts'
import type { Statement } from '../../db/statement.ts'
import type { Deps } from '../../functions/deps.ts'
import { turnLog } from '../../functions/jobs/turn-log.ts'
import { createProject, openPlayer } from '../api/player.ts'
import type { Recorded } from './recorded.ts'

/**
 * The service on temporary files, and copies of its database, schema, triggers and all, for the bare routes. Half of the
 * projects are for the service. The other half are declared through the service beforehand and their write statements
 * recorded: the bare routes send exactly these to copies in which nothing has been declared yet.
 */

/** Projects of each half: the warm-up and five rounds of 700 steps. */
const PROJECTS = 5_500

const player = await openPlayer('2026-07-01')
const { world, tenant } = player
const recorded: { read: Statement[]; write: Statement[] } = { read: [], write: [] }
const trips: Record<string, number> = {}
const database = world.deps.databases.tenant(tenant.id)
world.deps.log = countingLog()

const projects: string[] = []
const forBare: string[] = []
for (let i = 0; i < PROJECTS; i += 1)
  for (const half of [projects, forBare])
    half.push(await createProject(player, 'unit', { estimate: `${500 + i}万元` }))
const source = database as FileDatabase
source.checkpoint()
const copyNamed = (name: string) => source.path.replace(tenant.id, name)
for (const name of ['bare', 'single', 'plain']) copyFileSync(source.path, copyNamed(name))

const writes: Statement[][] = []
for (const project of forBare) {
  await recording(database, () => player.step('unit', project, 'declare', { materials: ['design'] }))
  writes.push(recorded.write)
}
await recording(database, () => player.get('lead', '/projects?limit=50'))
const list = recorded.read.filter((statement) => /FROM project(s|_parties) /i.test(statement.sql))

const recordedFile = copyNamed('recorded')
const handed: Recorded = {
  writes: writes.splice(0),
  list,
  paths: { bare: copyNamed('bare'), single: copyNamed('single'), plain: copyNamed('plain') },
}
writeFileSync(recordedFile, serialize(handed))

const tally = new Hono()
tally.get('/trips', (c) => c.json({ step: most(/\/steps\//), list: most(/\/projects$/), all: trips }))

serve(
  {
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) =>
      request.url.endsWith('/trips')
        ? tally.fetch(request)
        : world.app.fetch(request, { address: '127.0.0.1' }),
  },
  (info) => {
    process.send?.({
      url: `http://127.0.0.1:${info.port}`,
      token: player.tokens.unit,
      authority: player.tokens.lead,
      tenant: tenant.id,
      projects,
      recorded: recordedFile,
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

/** Writes the log as the service does, to nowhere, and notes the most database round trips of each route. */
function countingLog(): Deps['log'] {
  const nowhere = openSync(devNull, 'w')
  const write = turnLog(world.deps.now, (text) => writeSync(nowhere, text))
  return (line) => {
    write(line)
    const count = Number(line.trips ?? 0)
    const path = String(line.path ?? '').replace(/[0-9a-f-]{36}/g, ':id')
    const route = `${line.method} ${path.replace(`/${tenant.id}/`, '/:tenant/')}`
    if (count > (trips[route] ?? 0)) trips[route] = count
  }
}

/** The most round trips of the routes whose path holds `part`. */
function most(part: RegExp): number {
  return Math.max(0, ...Object.entries(trips).flatMap(([route, count]) => (part.test(route) ? [count] : [])))
}
