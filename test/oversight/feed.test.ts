import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../../db/canonical.ts'
import { positionOf } from '../../db/ledger.ts'
import { integer, type Row, sql } from '../../db/statement.ts'
import { append } from '../../db/tenant/append.ts'
import type { Deps } from '../../functions/deps.ts'
import { nodeDeps } from '../../functions/node.ts'
import { feedOversight } from '../../functions/services/oversight/feed-oversight.ts'
import { oversightStatus } from '../../functions/services/oversight/oversight-status.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { openWorld, POLICY, type World } from '../api/harness.ts'
import { FACTS } from '../api/player.ts'
import { badLine } from './faults.ts'
import { contentOf, foundFrom } from './province.ts'
import type { Scribe } from './scribe.ts'
import { declare, firstReview, life, review } from './steps.ts'

let world: World
let scribe: Scribe
let other: Scribe
beforeEach(async () => {
  world = await openWorld('2026-06-15')
  scribe = await foundFrom(world, POLICY, 'policy.yaml')
  other = await foundFrom(
    world,
    POLICY.replace('id: hedong', 'id: hexi').replace('990100', '990200'),
    'policy.yaml',
  )
})
afterEach(() => world.close())

const rowsOf = async (deps: Deps = world.deps): Promise<Row[]> =>
  (
    await deps.databases
      .oversight()
      .read([sql`SELECT tenant_id, id, stage, nature FROM projects ORDER BY id`])
  )[0]!
const day = (today: string): void => {
  world.clock.now = new Date(`${today}T02:00:00.000Z`)
}
const declared = (writer: Scribe, title = '甲'): Promise<string> =>
  life(writer, title, '2026-06-15', {}, declare('2026-06-15'))
/** The read model is what a rebuild makes of the logs as they are. */
async function expectRebuilt(deps: Deps = world.deps): Promise<void> {
  const content = await contentOf(deps.databases.oversight())
  await rebuildOversight({ ...deps, log: () => {} })
  expect(await contentOf(deps.databases.oversight())).toBe(content)
}

describe('another log under the same name', () => {
  /** Sets the database back to a copy made now, then lets `change` happen to it. */
  async function restored(change: (deps: Deps) => Promise<unknown>): Promise<Deps> {
    const file = join(world.folder, 'tenants', 'hedong.db')
    const deps = (): Promise<Deps> =>
      nodeDeps({ data: world.folder, now: () => world.clock.now, log: (line) => world.logs.push(line) })
    const parts = ['', '-wal'].filter((part) => existsSync(`${file}${part}`))
    world.deps.databases.close()
    for (const part of parts) copyFileSync(`${file}${part}`, `${file}${part}.kept`)
    world.deps = await deps()
    for (let n = 0; n < 5; n++) await declared(scribe, `丙${n}`)
    await catchUp(world.deps)
    world.deps.databases.close()
    for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true })
    for (const part of parts) copyFileSync(`${file}${part}.kept`, `${file}${part}`)
    world.deps = await deps()
    await change(world.deps)
    return world.deps
  }

  const goneOn = (deps: Deps) =>
    deps.databases.tenant('hedong').write(
      [...Array(40).keys()].map(
        (n) => sql`INSERT INTO events (stream, version, type, effective_on, recorded_at, actor, payload)
          VALUES (${`user:${n}`}, 1, 'user-added', '2026-06-15', '2026-06-15T02:00:00.000Z', '{}', '{}')`,
      ),
    )
  const newEpoch = (deps: Deps) =>
    deps.databases.tenant('hedong').write([sql`UPDATE meta SET value = 'restored' WHERE key = 'epoch'`])

  it.each<[string, string, (deps: Deps) => Promise<unknown>]>([
    ['a new epoch', 'epoch', (deps) => newEpoch(deps).then(() => goneOn(deps))],
    ['a log that is shorter than what was read', 'shorter', async () => undefined],
    ['a log that has gone on otherwise', 'different', goneOn],
  ])('%s: the tenant is read anew, not read on', async (_, reason, change) => {
    const first = await declared(scribe)
    const neighbour = await declared(other)
    const deps = await restored(change)
    expect(await rowsOf(deps)).toHaveLength(7)
    await catchUp(deps)
    expect(world.logs).toContainEqual({ level: 'warn', event: 'oversight-anew', tenant: 'hedong', reason })
    expect((await rowsOf(deps)).map((row) => row.id)).toEqual([first, neighbour])
    await expectRebuilt(deps)
  })
})

describe('what surrounds projects', () => {
  it('changes those of a unit when its facts change, by the log alone', async () => {
    const id = await scribe.open('甲', { ...FACTS, unitKind: 'party-government' }, '2026-06-15')
    await scribe.open('乙', { ...FACTS, unitKind: 'party-government' }, '2026-06-15', 1)
    await catchUp(world.deps)
    const tracks = async () =>
      (
        await world.deps.databases.oversight().read([sql`SELECT track FROM projects ORDER BY title DESC`])
      )[0]!.map((row) => row.track)
    expect(await tracks()).toEqual(['construction', 'construction'])
    await scribe.unitFacts(scribe.projects.get(id)!.organisationId, { unitKind: 'other' }, '2026-06-15')
    await catchUp(world.deps)
    expect((await tracks()).sort()).toEqual(['construction', 'out'])
    await expectRebuilt()
  })

  it('is judged by the versions adopted, also those adopted later', async () => {
    await scribe.open('甲', FACTS, '2026-06-15')
    await catchUp(world.deps)
    const text = POLICY.replace('effective: 2021-08-06', 'effective: 2026-06-01').replace(
      '{when: {nature: {in: [new, continuing]}}, track: construction',
      '{when: {nature: {in: [new, continuing]}}, track: service',
    )
    const db = world.deps.databases.tenant('hedong')
    const [heads = []] = await db.read([
      sql`SELECT 1 AS version, n, hash FROM audit WHERE chain = 'directory' ORDER BY n DESC LIMIT 1`,
    ])
    const payload = { hash: sha256(text), effectiveOn: '2026-06-01' }
    const events = [{ type: 'policy-adopted', on: '2026-06-15', payload }]
    const act = { at: world.deps.now(), actor: { user: 'u', name: 'n' }, requestId: 'r' }
    await append(db, {
      act,
      others: [{ stream: 'directory', position: positionOf(heads[0]), action: 'adopt-policy', events }],
      projections: [
        sql`INSERT INTO policies (hash, effective_on, text, adopted_at) VALUES (${payload.hash}, '2026-06-01', ${text}, '')`,
      ],
    })
    await catchUp(world.deps)
    const [rows = []] = await world.deps.databases.oversight().read([sql`SELECT track FROM projects`])
    expect(rows).toEqual([{ track: 'service' }])
    await expectRebuilt()
  })

  it('is a day, and a clock that was put back is followed', async () => {
    const id = await declared(scribe)
    await scribe.must(id, firstReview('2026-06-15'))
    for (const today of ['2026-06-15', '2027-03-01', '2026-06-20']) {
      day(today)
      await catchUp(world.deps)
      await expectRebuilt()
    }
  })

  it('is the program too: another one reads every log anew', async () => {
    await declared(scribe)
    await catchUp(world.deps)
    const next = { ...world.deps, build: { version: 'next', revision: 'x' } }
    await world.deps.databases
      .oversight()
      .write([sql`UPDATE projects SET stage = 'as an old program saw it'`])
    expect(await feedOversight(next)).toMatchObject([{ applied: expect.any(Number), state: 'current' }, {}])
    expect(await rowsOf()).toMatchObject([{ stage: 'review' }])
  })
})

describe('a feed in trouble', () => {
  it('goes on with the others while a tenant is down, and tells it', async () => {
    await declared(scribe)
    await declared(other)
    const down = new Set(['hedong'])
    const line = { ...badLine(world.deps, () => 1, down), log: () => {} }
    const [first, second] = await feedOversight(line)
    expect([first, second]).toMatchObject([
      { state: 'down', error: expect.stringContaining('no route') },
      { state: 'current' },
    ])
    expect(await rowsOf()).toMatchObject([{ tenant_id: 'hexi' }])
    down.clear()
    day('2026-06-16')
    expect((await feedOversight(line)).map(({ state }) => state)).toEqual(['current', 'current'])
    expect((await oversightStatus(world.deps)).map(({ error }) => error)).toEqual([undefined, undefined])
    await expectRebuilt()
  })

  it('takes nothing across a gap, and says so until it is filled', async () => {
    await declared(scribe)
    await catchUp(world.deps)
    await declared(scribe, '乙')
    const gap = (lost: boolean): Deps => ({
      ...world.deps,
      log: () => {},
      databases: {
        ...world.deps.databases,
        tenant(id) {
          const database = world.deps.databases.tenant(id)
          return {
            ...database,
            write: (statements) => database.write(statements),
            async read(statements) {
              const rows = await database.read(statements)
              return rows.map((part, i) =>
                lost && statements[i]!.sql.includes('ORDER BY seq LIMIT') ? part.slice(1) : part,
              )
            },
          }
        },
      },
    })
    const before = await contentOf(world.deps.databases.oversight())
    expect(await feedOversight(gap(true))).toMatchObject([
      { error: expect.stringMatching(/gap: \d+ has not come/) },
      {},
    ])
    expect(await contentOf(world.deps.databases.oversight())).toBe(before)
    expect(await feedOversight(gap(false))).toMatchObject([{ error: undefined, state: 'current' }, {}])
    await expectRebuilt()
  })

  it('parks what cannot be read after ten tries, and nothing else waits for it longer', async () => {
    const bad = await declared(scribe, '坏')
    await catchUp(world.deps)
    await scribe.raw(bad, { type: 'executed', on: '2026-06-15' })
    const good = await declared(scribe, '好')
    await declared(other)
    for (let tries = 1; tries < 10; tries++) {
      expect(await feedOversight(world.deps)).toMatchObject([{ state: 'stuck' }, { state: 'current' }])
      expect((await rowsOf()).map((row) => row.id)).toContain(bad)
      expect((await rowsOf()).map((row) => row.id)).not.toContain(good)
    }
    expect(await feedOversight(world.deps)).toMatchObject([{ state: 'current', error: undefined }, {}])
    const ids = (await rowsOf()).map((row) => row.id)
    expect(ids).toContain(good)
    expect(ids).not.toContain(bad)
    expect(await oversightStatus(world.deps)).toMatchObject([{ tenant: 'hedong', parked: 1 }, { parked: 0 }])
    await scribe.raw(bad, { type: 'facts', on: '2026-06-15' })
    await catchUp(world.deps)
    await expectRebuilt()
  })

  it('lets one of two feeders win', async () => {
    for (let n = 0; n < 6; n++) await declared(scribe, `项目${n}`)
    const slow: Deps = {
      ...world.deps,
      databases: {
        ...world.deps.databases,
        oversight() {
          const database = world.deps.databases.oversight()
          const later = async (): Promise<void> => new Promise((go) => setTimeout(go, 2))
          return {
            read: (statements) => database.read(statements),
            write: (statements) => later().then(() => database.write(statements)),
          }
        },
      },
    }
    const both = await Promise.all([feedOversight(slow), feedOversight(slow), feedOversight(slow)])
    expect(both.flat().some(({ state }) => state === 'raced')).toBe(true)
    expect(both.flat().every(({ state }) => state !== 'down')).toBe(true)
    await catchUp(world.deps)
    expect(await rowsOf()).toHaveLength(6)
    await expectRebuilt()
  })

  it('reads an act on several projects at once', async () => {
    const steps = [declare('2026-06-15'), firstReview('2026-07-01'), review('2026-07-02')]
    const ids: string[] = []
    for (const title of ['甲', '乙', '丙']) ids.push(await life(scribe, title, '2026-06-15', {}, ...steps))
    day('2026-12-01')
    await catchUp(world.deps)
    const items = ids.slice(0, 2).map((project) => ({
      project,
      step: 'plan-listing',
      records: { category: 'construction', budget: '100万元' },
    }))
    const plan = { on: '2026-12-01', batch: 'annual-plan', year: 2027 }
    await scribe.must(
      ids[0]!,
      { ...plan, step: 'plan-compilation', by: ['lead', 'finance'], items },
      { ...plan, step: 'plan-approval', by: 'government', outcome: 'approve' },
    )
    await catchUp(world.deps)
    const [rows = []] = await world.deps.databases
      .oversight()
      .read([sql`SELECT id, category, budget, stage FROM projects ORDER BY id`])
    expect(rows.slice(0, 2)).toMatchObject([
      { category: 'construction', budget: 100_000_000 },
      { category: 'construction', budget: 100_000_000 },
    ])
    expect(rows[2]).toMatchObject({ id: ids[2], category: null, budget: null, stage: 'declaration' })
    const [cursor = []] = await world.deps.databases
      .oversight()
      .read([sql`SELECT seq FROM cursors WHERE tenant_id = 'hedong'`])
    const [head = []] = await world.deps.databases
      .tenant('hedong')
      .read([sql`SELECT max(seq) AS seq FROM events`])
    expect(integer(cursor[0]!, 'seq')).toBe(integer(head[0]!, 'seq'))
    await expectRebuilt()
  })
})
