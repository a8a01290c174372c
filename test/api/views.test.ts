import { afterAll, beforeAll, expect, it } from 'vitest'
import { personOf } from './harness.ts'
import { openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  player.tokens.colleague = (await personOf(player.world, player.tenant, 'unit')).token
})
afterAll(() => player.world.close())

const put = (who: string, path: string, json: unknown, tag?: string, method = 'PUT') =>
  player.world.call(method, `/api/hedong${path}`, {
    token: player.tokens[who],
    json,
    headers: tag ? { 'if-match': tag } : {},
  })
const VIEW = {
  name: '逾期的',
  shared: false,
  query: 'due=overdue',
  columns: { paid: { show: true, order: 2 } },
}

it('keeps a view for its maker, shares it with the organisation when he says so, and with nobody else', async () => {
  const made = await player.post('unit', '/views', VIEW)
  expect(made).toMatchObject({ status: 201, body: { ...VIEW, mine: true, version: 1 } })
  const names = async (who: string) =>
    (await player.get(who, '/views')).body.items.map((one: { name: string; mine: boolean }) => [
      one.name,
      one.mine,
    ])
  expect(await names('unit')).toEqual([['逾期的', true]])
  expect(await names('colleague')).toEqual([])
  const path = `/views/${made.body.id}`
  expect(await put('unit', path, { ...VIEW, shared: true })).toMatchObject({ status: 428 })
  expect(await put('unit', path, { ...VIEW, shared: true }, '"7"')).toMatchObject({ status: 412 })
  const shared = await put('unit', path, { ...VIEW, shared: true }, '"1"')
  expect(shared).toMatchObject({ status: 200, body: { shared: true, version: 2 } })
  expect(shared.headers.get('etag')).toBe('"2"')
  expect(await names('colleague')).toEqual([['逾期的', false]])
  expect(await names('other-unit')).toEqual([])
  expect(await put('colleague', path, VIEW, '"2"')).toMatchObject({ status: 404 })
  expect(await put('colleague', path, undefined, '"2"', 'DELETE')).toMatchObject({ status: 404 })
  expect(await put('unit', path, undefined, '"1"', 'DELETE')).toMatchObject({ status: 412 })
  expect(await put('unit', path, undefined, '"2"', 'DELETE')).toMatchObject({ status: 204 })
  expect(await names('unit')).toEqual([])
})

it('pages views, own and shared, in one order', async () => {
  for (const who of ['unit', 'colleague', 'unit']) await player.post(who, '/views', { ...VIEW, shared: true })
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await player.get('unit', `/views?limit=1${after}`)
    seen.push(...body.items.map((one: { id: string }) => one.id))
    after = body.next ? `&after=${body.next}` : ''
  } while (after)
  expect(new Set(seen).size).toBe(3)
})

it('keeps preferences of a person under their version', async () => {
  const first = await player.get('unit', '/preferences')
  expect([first.body, first.headers.get('etag')]).toEqual([{}, '"0"'])
  const content = { lists: { projects: { density: 'small', columns: { paid: { show: false } } } } }
  expect(await put('unit', '/preferences', content)).toMatchObject({ status: 428 })
  expect(await put('unit', '/preferences', content, '"1"')).toMatchObject({ status: 412 })
  expect(await put('unit', '/preferences', content, '"0"')).toMatchObject({ status: 200, body: content })
  expect(await put('unit', '/preferences', {}, '"0"')).toMatchObject({ status: 412 })
  const again = await player.get('unit', '/preferences')
  expect([again.body, again.headers.get('etag')]).toEqual([content, '"1"'])
  expect((await player.get('colleague', '/preferences')).body).toEqual({})
  const racers = await Promise.all([1, 2, 3].map(() => put('unit', '/preferences', {}, '"1"')))
  expect(racers.map((one) => one.status).sort()).toEqual([200, 412, 412])
})
