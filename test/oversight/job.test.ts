import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Row, sql } from '../../db/statement.ts'
import { feedingOf } from '../../functions/jobs/feed-oversight.ts'
import { openWorld, POLICY, type World } from '../api/harness.ts'
import { foundFrom } from './province.ts'
import { Scribe } from './scribe.ts'
import { declare, life } from './steps.ts'

let world: World
beforeEach(async () => {
  world = await openWorld('2026-06-15')
})
afterEach(() => world.close())

const shown = async (): Promise<Row[]> =>
  (await world.deps.databases.oversight().read([sql`SELECT title FROM projects ORDER BY title`]))[0]!

async function until(done: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await done()) return
    await new Promise((go) => setTimeout(go, 10))
  }
  throw new Error('nothing came of it')
}

it('feeds what is written through its dependencies, without asking the others', async () => {
  const { tenant, policy } = await foundFrom(world, POLICY, 'policy.yaml')
  const asked: string[] = []
  const { databases } = world.deps
  const watched = {
    ...databases,
    tenant(id: string) {
      asked.push(id)
      return databases.tenant(id)
    },
  }
  await foundFrom(world, POLICY.replace('id: hedong', 'id: hexi').replace('990100', '990200'), 'policy.yaml')
  const feeding = feedingOf({ ...world.deps, databases: watched }, 1000)
  feeding.start()
  await feeding.finished()
  expect(new Set(asked)).toEqual(new Set(['hedong', 'hexi']))
  const written: World = { ...world, deps: feeding.deps }
  await life(new Scribe(written, tenant, policy), '甲', '2026-06-15', {}, declare('2026-06-15'))
  asked.length = 0
  await until(async () => (await shown()).length === 1)
  expect(new Set(asked)).toEqual(new Set(['hedong']))
  feeding.stop()
  await feeding.finished()
})

it('tries again what went wrong, and stops when told', async () => {
  const scribe = await foundFrom(world, POLICY, 'policy.yaml')
  await life(scribe, '甲', '2026-06-15', {}, declare('2026-06-15'))
  const { databases } = world.deps
  const down = new Set(['hedong'])
  const unsteady = {
    ...databases,
    tenant(id: string) {
      if (down.has(id)) throw new Error('no route to host')
      return databases.tenant(id)
    },
  }
  const feeding = feedingOf({ ...world.deps, databases: unsteady }, 20)
  feeding.start()
  await until(async () => world.logs.filter(({ event }) => event === 'oversight').length > 2)
  expect(await shown()).toEqual([])
  down.clear()
  await until(async () => (await shown()).length === 1)
  feeding.stop()
  await feeding.finished()
})
