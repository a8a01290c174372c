import { afterEach, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { PolicyCache } from '../../functions/services/tenants/policies.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

const ONE_AT_A_TIME = `
  facts:
    planYear: year
    running: {title: 在建项目, count: unit.projects, where: {approval: done, acceptance: not-done}}
    taken: {title: 本年度立项数, count: year.projects, where: {approval: done}}
  steps:
    declare: {}
    approval:
      after: declare
      by: approver
      requires: [{that: {running: {lessThan: 1}}, article: 第三条}, {that: {taken: {lessThan: 2}}, article: 第四条}]
    acceptance: approval
`

it('two commands at once never both pass a limit of one', async () => {
  small = await openSmall(ONE_AT_A_TIME)
  for (let round = 0; round < 4; round++) {
    const ids = await Promise.all([1, 2, 3].map(() => small.project({ planYear: 2030 + round })))
    for (const id of ids) expect(await small.said(small.step('unit', id, 'declare'))).toBe('200')
    const said = await Promise.all(ids.map((id) => small.said(small.step('approver', id, 'approval'))))
    expect([...said].sort()).toEqual(['200', 'requires', 'requires'])
    const winner = ids[said.indexOf('200')]!
    const other = ids.find((id) => id !== winner)!
    const refused = await small.step('approver', other, 'approval')
    expect(refused.body.findings[0]).toMatchObject({ article: ['第三条'], facts: { running: 1 } })
    expect(await small.said(small.step('unit', winner, 'acceptance'))).toBe('200')
  }
})

it('over the projects of the plan year, whose unit they are; another year has its own', async () => {
  small = await openSmall(ONE_AT_A_TIME)
  const mine = await small.project({ planYear: 2031 })
  const theirs = await small.project({ planYear: 2031 }, 'other-unit')
  const third = await small.project({ planYear: 2031 }, 'other-unit')
  const later = await small.project({ planYear: 2032 }, 'other-unit')
  const who = (id: string) => (id === mine ? 'unit' : 'other-unit')
  for (const id of [mine, theirs, third, later]) await small.step(who(id), id, 'declare')
  expect(await small.said(small.step('approver', mine, 'approval'))).toBe('200')
  expect(await small.said(small.step('approver', theirs, 'approval'))).toBe('200')
  expect(await small.said(small.step('other-unit', theirs, 'acceptance'))).toBe('200')
  expect(await small.said(small.step('approver', third, 'approval'))).toBe('requires')
  expect(await small.said(small.step('approver', later, 'approval'))).toBe('200')
})

it('what others do shows in the to-dos after the next look; a rebuild makes the same rows; two trips', async () => {
  small = await openSmall(ONE_AT_A_TIME)
  const { deps, logs } = small.world
  const [first, second] = [await small.project({ planYear: 2031 }), await small.project({ planYear: 2031 })]
  for (const id of [first!, second!]) await small.step('unit', id, 'declare')
  const open = async () =>
    (await small.get('approver', '/todos')).body.items.map((one: { open: boolean }) => one.open)
  expect(await open()).toEqual([true, true])
  expect(await small.said(small.step('approver', first!, 'approval'))).toBe('200')
  expect(logs.at(-1)?.trips).toBe(2)
  await sweep(deps)
  expect(await open()).toEqual([])
  const before = await derivedContent(deps, 'small')
  await rebuildTenant(deps, 'small')
  expect(await derivedContent(deps, 'small')).toEqual(before)
  // A process that has just started does not know yet which versions there are.
  Object.assign(deps, { policies: new PolicyCache() })
  expect(await small.said(small.step('approver', second!, 'approval'))).toBe('requires')
  expect(logs.at(-1)?.trips).toBe(1)
  const seen = await small.get('unit', `/projects/${second}/case`)
  const approval = seen.body.steps.find((one: { id: string }) => one.id === 'approval')
  expect(approval).toMatchObject({
    state: 'blocked',
    findings: [{ code: 'requires', facts: { running: 1 } }],
  })
  const [rows = []] = await deps.databases
    .tenant('small')
    .read([
      sql`SELECT payload ->> 'counts' AS counts FROM events WHERE type = 'executed' ORDER BY seq LIMIT 1`,
    ])
  expect(JSON.parse(String(rows[0]?.counts))).toEqual({ running: 0, taken: 0 })
})
