import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { createProject, openPlayer, type Player } from '../api/player.ts'
import { contentOf } from './province.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

it('what is urged and handed over moves the cursor and nothing that an overseer sees', async () => {
  const { deps } = player.world
  const id = await createProject(player)
  await player.step('unit', id, 'declare', { materials: ['design'] })
  await catchUp(deps)
  const oversight = deps.databases.oversight()
  const seen = async () => (await contentOf(oversight)).split('\n\n').slice(1)
  const cursor = async () => (await oversight.read([sql`SELECT seq FROM cursors`]))[0]![0]!.seq
  const before = { content: await seen(), seq: await cursor() }
  const lead = player.tenant.organisations.find((one) => one.parties.includes('lead'))!
  const ref = { subject: id, item: 'step:preliminary-review' }
  expect((await player.post('lead', '/todos/claim', ref)).status).toBe(200)
  expect((await player.post('unit', '/todos/urge', { ...ref, organisationId: lead.id })).status).toBe(200)
  const [fed] = await catchUp(deps)
  expect(fed).toMatchObject({ applied: 2, state: 'current' })
  expect(await cursor()).toBe(Number(before.seq) + 2)
  expect(await seen()).toEqual(before.content)
  await rebuildOversight(deps)
  expect(await seen()).toEqual(before.content)
})
