import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  const open = (who: string, title: string) => player.post(who, '/projects', { title, facts: {} })
  for (const title of ['社会救助一体化平台', '智慧停车平台', '社会救助精准识别系统'])
    expect((await open('unit', title)).status).toBe(201)
  expect((await open('other-unit', '社会救助数据专题')).status).toBe(201)
})
afterAll(() => player.world.close())

const titles = async (who: string, query: string) =>
  (await player.get(who, `/similar?${query}`)).body.items.map((one: { title: string }) => one.title)

it('an authority is shown what may be built twice, the closest first; a unit only its own', async () => {
  const [closest, ...others] = await titles('lead', 'title=社会救助一体化平台二期')
  expect(closest).toBe('社会救助一体化平台')
  expect(others.sort()).toEqual(['社会救助数据专题', '社会救助精准识别系统'].sort())
  expect(await titles('unit', 'title=社会救助专题')).not.toContain('社会救助数据专题')
  expect(await titles('other-unit', 'title=社会救助专题')).toEqual(['社会救助数据专题'])
  expect(await titles('lead', 'title=智慧教育平台')).toEqual([])
})

it('leaves out the project that is looked at, and takes any text', async () => {
  const { items } = (await player.get('lead', '/similar?title=智慧停车')).body
  expect(items).toMatchObject([{ title: '智慧停车平台', stage: expect.any(String), estimateFen: null }])
  expect(await titles('lead', `title=智慧停车&except=${items[0].id}`)).toEqual([])
  for (const odd of ['"', '（）', "' OR 1=1 --", '🙂🙂', '*', 'NEAR(停车)', '停'.repeat(200)])
    expect((await player.get('lead', `/similar?title=${encodeURIComponent(odd)}`)).status).toBe(200)
  expect((await player.get('lead', '/similar?title=')).status).toBe(400)
})
