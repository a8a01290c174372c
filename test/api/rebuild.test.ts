import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

it('makes from the events the same tables as were written step by step', async () => {
  const entries = '/registers/expert-pool/entries'
  expect(await player.post('unit', entries, { name: '张三' })).toMatchObject({ status: 403 })
  const entry = await player.post('lead', entries, { name: '张三' })
  expect(entry).toMatchObject({ status: 201 })
  expect(await player.post('lead', entries, { name: '张三' })).toMatchObject({ status: 409 })
  await player.post('lead', entries, { name: '李四' })
  await player.post('lead', `${entries}/${entry.body.id}/end`, { to: '2026-12-31' })

  const ids = [
    await createProject(player),
    await createProject(player, 'other-unit', { estimate: '80万元', nature: 'maintenance' }),
  ]
  const file = await player.world.call('POST', '/api/hedong/materials?name=design.pdf', {
    token: player.tokens.unit,
    body: '%PDF-1.7 design',
    headers: { 'content-type': 'application/octet-stream' },
  })
  await player.step('unit', ids[0]!, 'declare', { materials: [{ id: 'design', file: file.body.id }] })
  await player.step('other-unit', ids[1]!, 'declare', { materials: ['design'] })
  const reviewed = { integrated: true, sharing: true, governmentNetwork: true }
  await player.step('lead', ids[0]!, 'preliminary-review', {
    outcome: 'return',
    remark: '请补正',
    records: reviewed,
  })
  await player.on('2026-07-01')
  await player.step('unit', ids[0]!, 'declare', { materials: [{ id: 'design', file: file.body.id }] })
  await player.step('lead', ids[0]!, 'preliminary-review', { outcome: 'pass', records: reviewed })
  await player.post('finance', `/projects/${ids[0]}/steps/expert-review/opinions`, {
    value: 'object',
    remark: '概算偏高',
  })
  await player.world.call('PATCH', `/api/hedong/projects/${ids[0]}`, {
    token: player.tokens.unit,
    json: { facts: { estimate: '550万元', unitKind: 'institution' } },
    headers: { 'if-match': '"6"' },
  })
  const plan = await player.post('lead', '/batches', { procedure: 'annual-plan', year: 2027 })
  await player.post('lead', `/batches/${plan.body.batch.id}/steps/plan-compilation`, {
    items: [
      { project: ids[0], step: 'plan-listing', records: { category: 'construction', budget: '500万元' } },
    ],
  })
  await player.on('2026-11-01')

  const { deps } = player.world
  await deps.databases.tenant('hedong').write([sql`UPDATE projects SET next_change_on = '2026-01-01'`])
  await sweep(deps)
  const before = await derivedContent(deps, 'hedong')
  expect(before.projects).toHaveLength(2)
  expect(before.todos!.length).toBeGreaterThan(3)
  const made = await rebuildTenant(deps, 'hedong')
  expect(made.events).toBeGreaterThan(12)
  expect(await derivedContent(deps, 'hedong')).toEqual(before)
  const after = await player.step('lead', ids[1]!, 'preliminary-review', {
    outcome: 'pass',
    records: reviewed,
  })
  expect(after.status).toBe(200)
})
