import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { TENANT_MIGRATIONS } from '../../db/tenant/migrations.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { migrateFleet } from '../../functions/services/tenants/migrate-fleet.ts'
import { addTenant } from './harness.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  await addTenant(player.world, 'hexi')
  await addTenant(player.world, 'henan')
})
afterAll(() => player.world.close())

const control = () => player.world.deps.databases.control()

describe('a new schema', () => {
  const next = [
    ...TENANT_MIGRATIONS,
    {
      name: '0003-notes',
      statements: ['CREATE TABLE notes (id TEXT PRIMARY KEY) STRICT', 'CREATE INDEX notes_id ON notes (id)'],
    },
  ]

  it('comes to every tenant but those that fail, which stay as they are and are named', async () => {
    const broken = player.world.deps.databases.tenant('hexi')
    await broken.write([sql`CREATE TABLE notes (other TEXT)`])
    const report = await migrateFleet(player.world.deps, next)
    expect(report.migrated).toEqual(['hedong', 'henan'])
    expect(report.failed).toMatchObject([{ tenant: 'hexi', error: expect.stringContaining('notes') }])
    const [fleet] = await control().read([sql`SELECT tenant_id, state FROM fleet ORDER BY tenant_id`])
    expect(fleet).toEqual([
      { tenant_id: 'hedong', state: 'current' },
      { tenant_id: 'henan', state: 'current' },
      { tenant_id: 'hexi', state: 'failed' },
    ])
    const [applied] = await broken.read([sql`SELECT name FROM migrations`])
    expect(applied).toEqual(TENANT_MIGRATIONS.map(({ name }) => ({ name })))
    expect((await player.get('unit', '/projects')).status).toBe(200)
  })

  it('goes on where it was cut off, and has nothing to do a third time', async () => {
    await player.world.deps.databases.tenant('hexi').write([sql`DROP TABLE notes`])
    expect(await migrateFleet(player.world.deps, next)).toEqual({ migrated: ['hexi'], failed: [] })
    expect(await migrateFleet(player.world.deps, next)).toEqual({ migrated: [], failed: [] })
  })

  it('is refused by a program that does not know it, or knows it otherwise', async () => {
    const other = [
      { ...TENANT_MIGRATIONS[0]!, statements: [...TENANT_MIGRATIONS[0]!.statements, 'SELECT 1'] },
    ]
    expect((await migrateFleet(player.world.deps)).failed).toHaveLength(3)
    expect((await migrateFleet(player.world.deps, other)).failed[0]?.error).toContain(
      'is not the one that was applied',
    )
  })
})

describe('the sweep', () => {
  it('lets a step open by mere time, and a due day pass', async () => {
    const id = await createProject(player)
    await player.step('unit', id, 'declare', { materials: ['design'] })
    const due = async () =>
      (
        await player.world.deps.databases
          .tenant('hedong')
          .read([sql`SELECT as_of, next_change_on FROM projects WHERE id = ${id}`])
      )[0]![0]!
    const { next_change_on: next } = await due()
    expect(String(next) > '2026-06-15').toBe(true)
    await player.on(String(next))
    await sweep(player.world.deps)
    expect(await due()).toMatchObject({ as_of: next })
    expect(String((await due()).next_change_on) > String(next)).toBe(true)
  })

  it('drops what has run out, and at night the files that no row names', async () => {
    const db = player.world.deps.databases.tenant('hedong')
    const file = await player.world.call('POST', '/api/hedong/materials?name=a.txt', {
      token: player.tokens.unit,
      body: 'kept',
      headers: { 'content-type': 'application/octet-stream' },
    })
    const folder = join(player.world.folder, 'files', 'hedong')
    mkdirSync(folder, { recursive: true })
    const old = new Date('2026-01-01')
    const orphans = ['a'.repeat(48), `${'b'.repeat(48)}.new`].map((name) => join(folder, name))
    for (const path of orphans) {
      writeFileSync(path, 'orphan')
      utimesSync(path, old, old)
    }
    const [stored] = await db.read([sql`SELECT storage_key FROM materials WHERE id = ${file.body.id}`])
    const kept = join(player.world.folder, 'files', String(stored![0]!.storage_key))
    utimesSync(kept, old, old)
    player.world.clock.now = new Date('2026-12-01T19:10:00.000Z')
    await sweep(player.world.deps)
    expect(orphans.map((path) => existsSync(path))).toEqual([false, false])
    expect(existsSync(kept)).toBe(true)
    const [keys] = await db.read([sql`SELECT count(*) AS n FROM idempotency`])
    expect(keys).toEqual([{ n: 0 }])
    expect(player.world.logs.filter((line) => line.event === 'sweep' || line.event === 'refresh')).toEqual([])
  })
})
