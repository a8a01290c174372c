import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuildTenant } from '../../../functions/services/tenants/rebuild-tenant.ts'
import { openSmall, type SmallWorld } from '../small-world.ts'

const POLICY = `
  steps:
    declare: {}
    review: {by: lead, after: declare, outcomes: {pass: {}, return: {title: 退回, reopens: declare}}}
    accept: {by: {all: [unit, lead]}, after: review}
`

let small: SmallWorld
let id: string
beforeAll(async () => {
  small = await openSmall(POLICY)
  id = await small.project()
  await small.step('unit', id, 'declare')
})
afterAll(() => small.world.close())

const why = '第三章缺少数据共享目录, 请补充后再报'
const remarks = async (): Promise<(string | undefined)[]> =>
  (await small.get('unit', `/projects/${id}/dossier`)).body.runs.map((one: { remark?: string }) => one.remark)

describe('what an actor says with a step', () => {
  it('reaches whoever has to do it again: on the step, in the notice, in the history', async () => {
    const returned = await small.step('lead', id, 'review', { outcome: 'return', remark: `  ${why} ` })
    expect(returned.status).toBe(200)
    expect(await remarks()).toEqual([undefined, why])
    const [declare] = (await small.get('unit', `/projects/${id}/case`)).body.steps
    expect(declare.returned).toMatchObject({ step: 'review', outcome: '退回', n: 1 })
    const notices = (await small.get('unit', '/notices?category=returned')).body.items
    expect(notices).toMatchObject([{ about: { note: why } }])
    const history = (await small.get('unit', `/projects/${id}/history`)).body.items
    expect(history.at(-1).event.remark).toBe(why)
  })

  it('of those who act together each keeps his own words', async () => {
    await small.step('unit', id, 'declare')
    await small.step('lead', id, 'review', { outcome: 'pass' })
    expect((await small.step('unit', id, 'accept', { remark: '已自查' })).body.complete).toBe(false)
    expect((await small.step('lead', id, 'accept', { remark: '现场已核' })).body.complete).toBe(true)
    expect((await remarks()).at(-1)).toBe('已自查\n现场已核')
  })

  it('is the same after the rows are made again, and no empty words are taken', async () => {
    const before = await remarks()
    await rebuildTenant(small.world.deps, 'small')
    expect(await remarks()).toEqual(before)
    expect(await small.said(small.step('unit', id, 'declare', { remark: '   ' }))).toBe('400')
  })
})
