import { afterEach, expect, it } from 'vitest'
import { drawFrom } from '../../functions/core/policy/engine/draw.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

it('experts are drawn from the whole register, and the log tells how', async () => {
  small = await openSmall(`
    registers: {pool: {of: experts, keptBy: lead}}
    steps:
      declare: {}
      review: {by: lead, after: declare, experts: {from: pool, count: 5, odd: true, drawn: true, apart: [unit]}, outcomes: {pass: {}}}
  `)
  const id = await small.project()
  const { organisationId } = (await small.get('unit', `/projects/${id}`)).body
  const { items } = (await small.get('unit', '/organisations')).body
  const own: string = items.find((one: { id: string }) => one.id === organisationId).name
  for (let n = 0; n < 60; n++)
    await small.post('lead', '/registers/pool/entries', {
      name: `专家${n}`,
      ...(n < 10 ? { organisation: own } : {}),
    })
  await small.step('unit', id, 'declare')
  const path = `/projects/${id}/steps/review/draw`
  expect(await small.said(small.post('unit', path))).toBe('actor')
  expect(await small.said(small.post('other-unit', path))).toBe('404')
  const drawn = await small.post('lead', path, { aside: [{ name: '专家59', reason: '参与编制' }] }, 'lot')
  expect(drawn.status).toBe(200)
  expect(small.world.logs.at(-1)?.trips).toBe(2)
  expect(
    (await small.post('lead', path, { aside: [{ name: '专家59', reason: '参与编制' }] }, 'lot')).body,
  ).toEqual(drawn.body)
  expect(await small.said(small.post('lead', path))).toBe('record')
  const { event } = (await small.get('lead', `/projects/${id}/history`)).body.items.at(-1)
  expect(event.pool).toHaveLength(49)
  expect(event.aside).toHaveLength(11)
  expect(event.seed).toMatch(/^[0-9a-f]{32}$/)
  expect(event.experts).toEqual(drawFrom(event.pool, 5, event.seed))
  const seen = (await small.get('lead', `/projects/${id}/case`)).body.steps.find(
    (one: { id: string }) => one.id === 'review',
  )
  expect(seen.experts).toMatchObject({ register: 'pool', count: 5, drawn: event.experts })
  expect(
    await small.said(small.step('lead', id, 'review', { outcome: 'pass', experts: ['专家0'] })),
  ).toContain('record')
  expect(
    await small.said(small.step('lead', id, 'review', { outcome: 'pass', experts: event.experts })),
  ).toBe('200')
  await sweep(small.world.deps)
  const before = await derivedContent(small.world.deps, 'small')
  await rebuildTenant(small.world.deps, 'small')
  expect(await derivedContent(small.world.deps, 'small')).toEqual(before)
})
