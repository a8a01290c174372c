import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSmall, type SmallWorld } from '../small-world.ts'

const POLICY = `
  facts: {until: {type: day, optional: true}}
  steps:
    declare: {due: {fact: until}}
    report: {after: declare, due: {fact: until}}
    review: {by: lead, after: declare}
`

let small: SmallWorld
beforeAll(async () => {
  small = await openSmall(POLICY, '2026-03-10')
  // Overdue, due today, in three days, in four; one without a day. The report of each waits for its declaration.
  for (const until of ['2026-03-09', '2026-03-10', '2026-03-13', '2026-03-14', undefined])
    await small.project(until ? { until } : {})
})
afterAll(() => small.world.close())

const listed = async (query: string) =>
  (await small.get('unit', `/todos?limit=200${query}`)).body.items.map(
    (one: { step: string; dueOn: string | null }) => `${one.step} ${one.dueOn?.slice(5) ?? '-'}`,
  )

describe('to-dos by their day', () => {
  it('overdue and soon count what waits for something as well as what is open', async () => {
    expect(await listed('&due=overdue')).toEqual(['declare 03-09', 'report 03-09'])
    expect(await listed('&due=soon')).toEqual([
      'declare 03-10',
      'declare 03-13',
      'report 03-10',
      'report 03-13',
    ])
    expect(await listed('&due=open')).toEqual([
      'declare 03-09',
      'declare 03-10',
      'declare 03-13',
      'declare 03-14',
      'declare -',
    ])
    expect((await small.get('unit', '/todos?due=late')).status).toBe(400)
  })

  it('the filter is kept from page to page', async () => {
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 5; page++) {
      const { body } = await small.get('unit', `/todos?due=soon&limit=1${after}`)
      seen.push(...body.items.map((one: { item: string; dueOn: string }) => `${one.item} ${one.dueOn}`))
      if (!body.next) break
      after = `&after=${body.next}`
    }
    expect(seen).toHaveLength(4)
    expect(new Set(seen).size).toBe(4)
  })

  it('the figures of the desk are those of the lists', async () => {
    const { todos } = (await small.get('unit', '/workbench')).body
    expect(todos).toMatchObject({ overdue: 2, soon: 4, open: 5 })
  })
})
