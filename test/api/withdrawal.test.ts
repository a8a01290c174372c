import { afterEach, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { contentOf } from '../oversight/province.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

const POLICY = `
  steps:
    declare: {stage: declaration, yields: {receipt: {title: 回执}}, withdrawable: true}
    review: {stage: review, by: lead, after: declare, due: {within: 20 days, of: declare}, outcomes: {pass: {}, return: {reopens: declare}}}
    approval: {stage: approval, by: approver, after: review, outcomes: {approve: {}}, yields: {reply: {title: 批复}}}
    start: {stage: implementation, after: approval}
  procedures:
    change:
      after: declare
      steps: {change-application: {by: unit}, change-decision: {by: lead, after: change-application, outcomes: {approve: {ends: approved}}}}
`
const back = (who: string, id: string, step: string, key?: string) =>
  small.post(who, `/projects/${id}/steps/${step}/withdrawal`, { reason: '材料有误' }, key)
const steps = async (who: string, id: string) => (await small.get(who, `/projects/${id}/case`)).body.steps
const canTakeBack = async (who: string, id: string) =>
  (await steps(who, id)).flatMap((one: { id: string; withdrawable?: boolean }) =>
    one.withdrawable ? [one.id] : [],
  )
const todos = async (who: string) =>
  (await small.get(who, '/todos')).body.items.map((one: { step: string }) => one.step)

describe('POST …/steps/:step/withdrawal', () => {
  it('takes back what was done last, with its to-dos and documents; the log keeps both', async () => {
    small = await openSmall(POLICY)
    const id = await small.project()
    const before = (await small.get('unit', `/projects/${id}/case`)).body
    await small.step('unit', id, 'declare')
    expect(await canTakeBack('unit', id)).toEqual(['declare'])
    expect(await canTakeBack('lead', id)).toEqual([])
    expect(await todos('lead')).toEqual(['review'])
    expect((await small.get('unit', `/projects/${id}/documents`)).body.items).toHaveLength(1)
    await small.on('2026-03-05')
    const taken = await back('unit', id, 'declare', 'once')
    expect(taken).toMatchObject({ status: 200, body: { project: { id, version: 3, stage: 'declaration' } } })
    expect(small.world.logs.at(-1)?.trips).toBe(2)
    expect((await back('unit', id, 'declare', 'once')).body).toEqual(taken.body)
    const after = (await small.get('unit', `/projects/${id}/case`)).body
    expect({ ...after, today: '', project: { ...after.project, version: 1 } }).toEqual({
      ...before,
      today: '',
    })
    expect(await todos('lead')).toEqual([])
    expect(await todos('unit')).toEqual(['declare'])
    expect((await small.get('unit', `/projects/${id}/documents`)).body.items).toEqual([])
    const history = (await small.get('unit', `/projects/${id}/history`)).body.items
    expect(history.map((one: { type: string }) => one.type)).toEqual(['opened', 'executed', 'withdrawn'])
    expect(history[2].event).toMatchObject({ step: 'declare', by: ['unit'], reason: '材料有误', takes: 1 })
    const done = async () => (await small.get('unit', '/me/acts?kind=done')).body.items
    expect(await done()).toEqual([])
    expect(await small.said(back('unit', id, 'declare'))).toBe('withdrawal')
    expect(await small.said(small.step('unit', id, 'declare'))).toBe('200')
  })

  it('is refused to others, later, and where a document has gone out', async () => {
    small = await openSmall(POLICY)
    const id = await small.project()
    await small.step('unit', id, 'declare')
    expect(await small.said(back('lead', id, 'declare'))).toBe('403')
    expect(await small.said(back('other-unit', id, 'declare'))).toBe('404')
    expect(await small.said(back('auditor', id, 'declare'))).toBe('403')
    expect(await small.said(small.post('unit', `/projects/${id}/steps/declare/withdrawal`, {}))).toBe('400')
    await small.step('lead', id, 'review', { outcome: 'pass' })
    expect(await small.said(back('unit', id, 'declare'))).toBe('403')
    expect(await small.said(back('lead', id, 'declare'))).toBe('withdrawal')
    await small.step('approver', id, 'approval')
    const refused = await back('approver', id, 'approval')
    expect(refused.body.findings).toMatchObject([
      {
        code: 'withdrawal',
        article: ['第一条'],
        facts: { because: 'document' },
        message: '「approval」不能撤回: 已出具「批复」(第一条)',
      },
    ])
  })

  it('within a procedure, and raced by what comes next: one of the two, never both', async () => {
    small = await openSmall(POLICY)
    const id = await small.project()
    await small.step('unit', id, 'declare')
    await small.post('unit', `/projects/${id}/procedures`, { procedure: 'change', facts: {} })
    const inner = `/projects/${id}/procedures/change-1/steps`
    for (let round = 0; round < 3; round++) {
      expect(await small.said(small.post('unit', `${inner}/change-application`))).toBe('200')
      if (round === 2) break
      expect(
        await small.said(small.post('unit', `${inner}/change-application/withdrawal`, { reason: '重填' })),
      ).toBe('200')
    }
    const [taken, decided] = await Promise.all([
      small.said(small.post('unit', `${inner}/change-application/withdrawal`, { reason: '重填' })),
      small.said(small.post('lead', `${inner}/change-decision`, { outcome: 'approve' })),
    ])
    expect([
      ['200', 'not-done'],
      ['403', '200'],
    ]).toContainEqual([taken, decided])
  })

  it('a procedure that was started and not gone on with; not once a step of it is done', async () => {
    small = await openSmall(POLICY)
    const id = await small.project()
    await small.step('unit', id, 'declare')
    const start = () => small.post('unit', `/projects/${id}/procedures`, { procedure: 'change', facts: {} })
    const path = `/projects/${id}/procedures/change-1`
    const undo = (who: string) => small.said(small.post(who, `${path}/withdrawal`, { reason: '发起有误' }))
    expect(await undo('unit')).toBe('withdrawal')
    await start()
    expect(await undo('lead')).toBe('403')
    expect(await undo('unit')).toBe('200')
    expect((await small.get('unit', `/projects/${id}/case`)).body.procedures).toEqual([])
    await start()
    expect(await small.said(small.post('unit', `${path}/steps/change-application`))).toBe('200')
    expect(await undo('unit')).toBe('withdrawal')
    const { deps } = small.world
    await sweep(deps)
    const before = await derivedContent(deps, 'small')
    await rebuildTenant(deps, 'small')
    expect(await derivedContent(deps, 'small')).toEqual(before)
  })

  it('a rebuild makes the same rows, and the province sees what a fresh look at the log sees', async () => {
    small = await openSmall(POLICY)
    const { deps } = small.world
    const quiet = { ...deps, log: () => {} }
    const ids = [await small.project(), await small.project(), await small.project()]
    for (const id of ids) await small.step('unit', id, 'declare')
    await catchUp(quiet)
    await small.on('2026-03-09')
    await back('unit', ids[0]!, 'declare')
    await small.step('lead', ids[1]!, 'review', { outcome: 'return', remark: '请补正' })
    await back('lead', ids[1]!, 'review')
    await small.step('lead', ids[2]!, 'review', { outcome: 'pass' })
    await back('lead', ids[2]!, 'review')
    await small.on('2026-03-12')
    await small.step('lead', ids[2]!, 'review', { outcome: 'pass' })
    await deps.databases.tenant('small').write([sql`UPDATE projects SET next_change_on = '2026-01-01'`])
    await sweep(deps)
    const before = await derivedContent(deps, 'small')
    await rebuildTenant(deps, 'small')
    expect(await derivedContent(deps, 'small')).toEqual(before)
    await catchUp(quiet)
    const content = await contentOf(deps.databases.oversight())
    const [rows = []] = await deps.databases
      .oversight()
      .read([sql`SELECT id, stage FROM projects ORDER BY id`])
    expect(rows.map((row) => row.stage)).toEqual(['declaration', 'review', 'approval'])
    await rebuildOversight(quiet)
    expect(await contentOf(deps.databases.oversight())).toBe(content)
  })
})
