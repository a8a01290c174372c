import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyFile } from '../../functions/cli/audit-verify.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
beforeAll(async () => {
  small = await openSmall(`
  steps:
    declare:
    dividing: {by: lead, after: declare, owed: never, outcomes: {keep: {}, divide: {title: 拆分, divides: true}}}
    build: {after: declare}
`)
})
afterAll(() => small.world.close())

const open = (who: string, dividedFrom: string | undefined, key?: string) =>
  small.post(who, '/projects', { title: '一期', facts: {}, ...(dividedFrom && { dividedFrom }) }, key)

it('a divided project ends, and the projects that its unit opens out of it name it for good', async () => {
  const id = await small.project({})
  await small.step('unit', id, 'declare')
  expect((await open('unit', id)).status).toBe(400)
  const divided = await small.post('lead', `/projects/${id}/steps/dividing`, { outcome: 'divide' })
  expect(divided).toMatchObject({ status: 200, body: { project: { ended: 'divided' } } })

  const first = await open('unit', id, 'first')
  expect(first.status).toBe(201)
  expect((await open('unit', id, 'first')).body).toEqual(first.body)
  expect((await open('unit', id)).status).toBe(201)
  const child = first.body.project.id
  const { items } = (await small.get('unit', `/projects/${child}/history`)).body
  expect(items[0]).toMatchObject({ type: 'opened', event: { dividedFrom: { id, title: '某项目' } } })
  expect(small.world.logs.filter(({ trips }) => Number(trips) > 2)).toEqual([])
  expect(await small.said(small.step('unit', child, 'declare'))).toBe('200')

  const { deps } = small.world
  const before = await derivedContent(deps, 'small')
  await rebuildTenant(deps, 'small')
  expect(await derivedContent(deps, 'small')).toEqual(before)
  const file = join(small.world.folder, 'tenants', 'small.db')
  expect(verifyFile(file, new Map()).bad).toBeUndefined()
})

it('nobody else takes a part of it, and what was never divided has no parts', async () => {
  const id = await small.project({})
  await small.step('unit', id, 'declare')
  await small.post('lead', `/projects/${id}/steps/dividing`, { outcome: 'divide' })
  expect((await open('other-unit', id)).status).toBe(404)
  expect((await open('unit', '00000000-0000-7000-8000-000000000000')).status).toBe(404)
  expect((await open('unit', 'no-id')).status).toBe(400)
  const whole = await small.project({})
  const refused = await open('unit', whole)
  expect(refused).toMatchObject({ status: 400, body: { detail: '「某项目」没有办过拆分' } })
})
