import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { openWorld, POLICY, type World } from '../api/harness.ts'
import { contentOf, foundFrom } from './province.ts'
import type { Scribe } from './scribe.ts'
import { declare, firstReview, life } from './steps.ts'

/** Secret projects never go up: not as rows, not as folds, not as the name of a stream. */

let world: World
let scribe: Scribe
beforeAll(async () => {
  world = await openWorld('2026-06-15')
  scribe = await foundFrom(world, POLICY, 'policy.yaml')
})
afterAll(() => world.close())

const content = () => contentOf(world.deps.databases.oversight())
const shown = async (): Promise<unknown[]> =>
  (await world.deps.databases.oversight().read([sql`SELECT id FROM projects ORDER BY id`]))[0]!.map(
    (row) => row.id,
  )
/** The files of the read model as they lie on the disk. */
const bytes = (): string =>
  ['', '-wal'].map((part) => readFileSync(join(world.folder, `oversight.db${part}`), 'latin1')).join('')

it('a secret project leaves no trace, however long it runs', async () => {
  const open = await life(scribe, '公开项目', '2026-06-15', {}, declare('2026-06-15'))
  const secret = await life(scribe, '机密之事', '2026-06-15', { secret: true }, declare('2026-06-15'))
  await catchUp(world.deps)
  await scribe.must(secret, firstReview('2026-06-20'))
  await catchUp(world.deps)
  expect(await shown()).toEqual([open])
  expect(await content()).not.toContain(secret)
  expect(bytes()).not.toContain(secret)
  expect(bytes()).not.toContain(Buffer.from('机密之事').toString('latin1'))
})

it('a project that becomes secret goes, and stays away from a rebuild', async () => {
  const id = await life(scribe, '后来涉密', '2026-06-21', {}, declare('2026-06-21'))
  await catchUp(world.deps)
  expect(await shown()).toContain(id)
  await scribe.must(id, { on: '2026-06-22', by: 'unit', facts: { secret: true } })
  await catchUp(world.deps)
  expect(await content()).not.toContain(id)
  await scribe.must(id, firstReview('2026-06-23'))
  await catchUp(world.deps)
  const left = await content()
  expect(left).not.toContain(id)
  await rebuildOversight({ ...world.deps, log: () => {} })
  expect(await content()).toBe(left)
})

it('one that is opened again to the superior comes back with its whole life', async () => {
  const id = await life(scribe, '曾经涉密', '2026-06-24', { secret: true }, declare('2026-06-24'))
  await scribe.must(id, firstReview('2026-06-25'))
  await catchUp(world.deps)
  expect(await content()).not.toContain(id)
  await scribe.must(id, { on: '2026-06-30', by: 'unit', facts: { secret: false } })
  await catchUp(world.deps)
  const [spans = []] = await world.deps.databases
    .oversight()
    .read([sql`SELECT stage, entered_on FROM stage_spans WHERE project_id = ${id} ORDER BY n`])
  expect(spans[0]).toEqual({ stage: 'review', entered_on: '2026-06-24' })
  const left = await content()
  await rebuildOversight({ ...world.deps, log: () => {} })
  expect(await content()).toBe(left)
})

it('not even that a secret project cannot be read is told', async () => {
  const id = await life(scribe, '读不懂的秘密', '2026-07-01', { secret: true }, declare('2026-07-01'))
  await catchUp(world.deps)
  await scribe.raw(id, { type: 'executed', on: '2026-07-01' })
  const fed = await catchUp(world.deps)
  expect(fed).toMatchObject([{ state: 'current', error: undefined }])
  await scribe.raw(id, { type: 'facts', on: '2026-07-02' })
  await catchUp(world.deps)
  expect(await content()).not.toContain(id)
  const left = await content()
  await rebuildOversight({ ...world.deps, log: () => {} })
  expect(await content()).toBe(left)
})
