import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSmall, type SmallWorld } from '../small-world.ts'

const POLICY = `
  facts: {estimate: {type: money, from: approval, optional: true}}
  steps:
    approval: {by: approver, records: {estimate: money}}
    acceptance: {after: approval}
  tables:
    route:
      title: 变更方式
      values: {again: 重新立项, change: 变更手续, minor: 备查}
      rows:
        - {when: {change.newTotal: {atLeast: 110%, of: estimate}}, is: again, article: 第二十条第二款}
        - {when: {change.newTotal: {moreThan: 100%, of: estimate}}, is: change, article: 第二十条}
        - {else: true, is: minor, article: 第二十条}
  procedures:
    change:
      after: approval
      facts: {content: {type: text}, newTotal: {type: money}}
      steps:
        apply: {by: unit, outcomes: {go: {title: 申请变更}, redo: {title: 重新立项, when: {route: again}, ends: redone}}}
        review: {by: lead, after: apply, when: {route: change}}
        ask-again: {by: approver, after: apply, when: {route: again}}
        note: {by: lead, after: apply, when: {route: minor}, outcomes: {noted: {ends: noted}}}
`

let small: SmallWorld
let id: string
beforeAll(async () => {
  small = await openSmall(POLICY)
  id = await small.project()
  const approved = await small.step('approver', id, 'approval', { records: { estimate: '200万元' } })
  expect(approved.status).toBe(200)
})
afterAll(() => small.world.close())

async function way(facts: object, who = 'unit') {
  const { status, body } = await small.post(who, `/projects/${id}/procedures/preview`, {
    procedure: 'change',
    facts,
  })
  expect(status).toBe(200)
  const steps = body.standing?.procedures.at(-1)?.steps ?? []
  const route = body.standing?.tables.find((one: { id: string }) => one.id === 'route')
  return {
    ok: body.ok,
    barred: steps[0]?.outcomes.flatMap((one: { id: string; barred?: true }) => (one.barred ? [one.id] : [])),
    route: route?.value,
    article: route?.article,
    out: steps
      .filter((one: { state: string }) => one.state === 'excluded')
      .map((one: { id: string }) => one.id),
    codes: body.findings.map((one: { code: string }) => one.code),
  }
}

describe('the way of a change while it is filled in', () => {
  it('follows the new amount although the rest is still empty; both sides of the edge', async () => {
    expect(await way({ newTotal: '220万元' })).toEqual({
      ok: false,
      barred: [],
      route: 'again',
      article: ['第二十条第二款'],
      out: ['review', 'note'],
      codes: ['undetermined'],
    })
    expect(await way({ newTotal: '219.999999万元' })).toMatchObject({
      ok: false,
      route: 'change',
      barred: ['redo'],
    })
    expect(await way({ newTotal: '200万元' })).toMatchObject({ ok: false, route: 'minor' })
  })

  it('leaves open what hangs on what is not stated', async () => {
    expect(await way({})).toMatchObject({ ok: false, route: null, out: [], barred: [] })
  })

  it('is a start once all is stated; nothing is stored by looking', async () => {
    expect(await way({ content: '增加模块', newTotal: '210万元' })).toMatchObject({
      ok: true,
      route: 'change',
    })
    expect((await small.get('unit', `/projects/${id}/case`)).body.procedures).toEqual([])
    const start = { procedure: 'change', facts: { newTotal: '210万元' } }
    expect(await small.said(small.post('unit', `/projects/${id}/procedures`, start))).toBe('undetermined')
  })

  it('shows no way to what the law refuses', async () => {
    expect(await way({ newTotal: '一百' })).toMatchObject({ ok: false, route: undefined })
    expect((await way({ content: '甲', newTotal: '210万元' }, 'finance')).codes).toEqual(['actor'])
  })
})
