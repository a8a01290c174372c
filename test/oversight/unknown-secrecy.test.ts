import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { openSmall, type SmallWorld } from '../api/small-world.ts'
import { contentOf } from './province.ts'

let small: SmallWorld
beforeAll(async () => {
  small = await openSmall(`
    facts: {secret: {title: 涉密, type: boolean, when: {kind: {not: maintenance}}}, kind: {title: 性质, type: choice, options: {new: 新建, maintenance: 运维}}}
    steps: {declare: {}, review: declare}
  `)
})
afterAll(() => small.world.close())

it('a project of which it is not known whether it is secret does not go up until it is known not to be', async () => {
  const { deps } = small.world
  const quiet = { ...deps, log: () => {} }
  const unknown = await small.project({ kind: 'new' })
  const open = await small.project({ kind: 'new', secret: false })
  const secret = await small.project({ kind: 'new', secret: true })
  const unasked = await small.project({ kind: 'maintenance' })
  const shown = async () => {
    await catchUp(quiet)
    const [rows = []] = await deps.databases.oversight().read([sql`SELECT id FROM projects ORDER BY id`])
    return rows.map((row) => row.id)
  }
  expect(await shown()).toEqual([open, unasked])
  const stated = await small.world.call('PATCH', `/api/small/projects/${unknown}`, {
    token: small.tokens.unit,
    json: { facts: { secret: false } },
    headers: { 'if-match': '"1"' },
  })
  expect(stated.status).toBe(200)
  expect(await shown()).toEqual([unknown, open, unasked])
  expect(await shown()).not.toContain(secret)
  const content = await contentOf(deps.databases.oversight())
  await rebuildOversight(quiet)
  expect(await contentOf(deps.databases.oversight())).toBe(content)
})
