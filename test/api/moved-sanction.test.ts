import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
beforeAll(async () => {
  small = await openSmall(`
    sanctions: {ban: {on: unit, bars: [{step: declare}], lifted: {by: lead}}}
    steps:
      declare: {}
      report: {after: declare, due: {within: 10 days, of: declare, missed: {imposes: ban}}}
      extend: {owed: never, after: declare, records: {to: day}, postpones: {step: report, to: to}}
  `)
})
afterAll(() => small.world.close())

it('a day that moves has the other projects of the unit looked at again, although as many acts are ahead', async () => {
  const { deps } = small.world
  const [first, other] = [await small.project(), await small.project()]
  await small.step('unit', first, 'declare')
  await sweep(deps)
  const nextLook = async () => {
    const [rows = []] = await deps.databases
      .tenant('small')
      .read([sql`SELECT next_change_on FROM projects WHERE id = ${other}`])
    return rows[0]?.next_change_on
  }
  expect(await nextLook()).not.toBe('2026-03-02')
  expect(await small.said(small.step('unit', first, 'extend', { records: { to: '2026-06-30' } }))).toBe('200')
  expect(await nextLook()).toBe('2026-03-02')
})
