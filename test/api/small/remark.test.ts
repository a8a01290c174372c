import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuildTenant } from '../../../functions/services/tenants/rebuild-tenant.ts'
import { openSmall, type SmallWorld } from '../small-world.ts'

const POLICY = `
  steps:
    declare: {}
    review: {by: lead, after: declare, outcomes: {pass: {}, return: {title: 退回, reopens: declare}, drop: {ends: rejected}, later: {reopens: {from: declare, anew: true}}}}
    accept: {by: {all: [unit, lead]}, after: review}
    check: {by: {all: [unit, lead]}, after: accept, outcomes: {pass: {}, fail: {reopens: accept}}}
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

  it('must be there where something is sent back, and only there', async () => {
    const other = await small.project()
    const at = (path: string) => `/projects/${other}/steps/${path}`
    await small.step('unit', other, 'declare')
    const silent = await small.step('lead', other, 'review', { outcome: 'return' })
    expect(silent.status).toBe(400)
    expect(silent.body).toMatchObject({ code: 'malformed', errors: [{ pointer: '#/remark' }] })
    expect(silent.body.detail).toContain('理由')
    // Trying it is not doing it: what the law would say is told without the words.
    expect((await small.post('lead', at('review/preview'), { outcome: 'return' })).body.ok).toBe(true)
    const { outcomes } = (await small.get('lead', at('review/form'))).body
    expect(outcomes.map((one: { id: string; returns: boolean }) => [one.id, one.returns])).toEqual([
      ['pass', false],
      ['return', true],
      ['drop', false],
      ['later', false],
    ])
    expect(await small.said(small.step('lead', other, 'review', { outcome: 'later' }))).toBe('200')
  })

  it('of those who send back together one says it', async () => {
    const other = await small.project()
    await small.step('unit', other, 'declare')
    await small.step('lead', other, 'review', { outcome: 'pass' })
    await small.step('unit', other, 'accept')
    await small.step('lead', other, 'accept')
    const fail = { outcome: 'fail' }
    expect(await small.said(small.step('unit', other, 'check', fail))).toBe('400')
    expect((await small.step('unit', other, 'check', { ...fail, remark: why })).body.complete).toBe(false)
    expect((await small.step('lead', other, 'check', fail)).body.complete).toBe(true)
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
