import { afterEach, expect, it } from 'vitest'
import { openSmall, type SmallWorld } from '../small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

/** A yearly quota that is given out in the order of the category, the cheaper first. */
const POLICY = `
  facts: {planYear: year, cost: {type: money, optional: true}, category: {type: choice, ordered: true, options: {A: 甲类, B: 乙类}}}
  parameters: {quota: {type: money, values: {"2027": 100万元}}}
  steps:
    declare: {}
    listing: {through: adopt, after: declare, outcomes: {listed: {title: 列入}, deferred: {title: 缓列, again: true}}}
  procedures:
    plan:
      on: batch
      each: year
      fill: {order: [category, cost], amount: cost, within: quota, over: deferred}
      article: 第十三条
      steps:
        compile: {by: lead, composes: [listing]}
        adopt: {by: government, after: compile, outcomes: {approve: {carries: {items: listed, rest: deferred}}}}
`

it('a plan tells who would be in it by the order and the quota of the policy', async () => {
  small = await openSmall(POLICY, '2026-09-01')
  const ids: Record<string, string> = {}
  for (const [name, category, cost] of [
    ['large', 'A', '90万元'],
    ['cheap', 'A', '20万元'],
    ['later', 'B', '70万元'],
    ['unknown', 'A', undefined],
  ] as const) {
    ids[name] = await small.project({ planYear: 2027, category, ...(cost ? { cost } : {}) })
    expect(await small.said(small.step('unit', ids[name], 'declare'))).toBe('200')
  }
  const opened = await small.post('lead', '/batches', { procedure: 'plan', year: 2027 })
  expect(opened.status).toBe(201)
  const plan = opened.body.batch.id
  const proposal = async () => (await small.get('lead', `/batches/${plan}`)).body.proposal
  const before = await proposal()
  expect(before.withinFen).toBe(100_000_000)
  expect(before.article).toEqual(['第十三条'])
  const line = (name: string, rest: object) =>
    expect.objectContaining({ project: ids[name], step: 'listing', ...rest })
  // 20 fits, 90 after it does not, 70 still does; what is not known fits nowhere.
  expect(before.lines).toEqual([
    line('cheap', { amountFen: 20_000_000, totalFen: 20_000_000, proposed: true }),
    line('large', { amountFen: 90_000_000, proposed: false, outcome: 'deferred' }),
    line('unknown', { amountFen: null, proposed: false }),
    line('later', { amountFen: 70_000_000, totalFen: 90_000_000, proposed: true }),
  ])
  const items = before.lines
    .filter((one: { proposed: boolean }) => one.proposed)
    .map(({ project, step }: { project: string; step: string }) => ({ project, step }))
  expect((await small.post('lead', `/batches/${plan}/items`, { items })).status).toBe(200)
  const after = (await small.get('lead', `/batches/${plan}`)).body
  expect(after.items.map((one: { project: string }) => one.project).sort()).toEqual(
    [ids.cheap, ids.later].sort(),
  )
  expect(after.proposal.lines).toEqual(before.lines)
})

it('a plan of a policy without such a rule proposes nothing', async () => {
  small = await openSmall(POLICY.replace(/ +fill: .*\n/, ''), '2026-09-01')
  const opened = await small.post('lead', '/batches', { procedure: 'plan', year: 2027 })
  expect((await small.get('lead', `/batches/${opened.body.batch.id}`)).body.proposal).toBeNull()
})
