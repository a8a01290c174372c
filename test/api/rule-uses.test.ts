import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { gatherRuleUses } from '../../functions/services/tenants/gather-rule-uses.ts'
import { rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

const uses = async (): Promise<Record<string, number>> => {
  const { body } = await player.get('auditor', '/policy/uses')
  return Object.fromEntries(
    (body.items as { kind: string; rule: string; projects: number }[]).map((one) => [
      `${one.kind} ${one.rule}`,
      one.projects,
    ]),
  )
}

const reviewed = { materialsComplete: true }

it('counts the projects that met a rule, each once, gathered or not, and again after a rebuild', async () => {
  expect(await uses()).toEqual({})
  const first = await createProject(player)
  const second = await createProject(player)
  await player.step('unit', first, 'declare', { materials: ['design'] })
  await player.step('unit', second, 'declare', { materials: ['design'] })
  expect(await uses()).toEqual({ 'step declare': 2 })
  const { deps } = player.world
  await gatherRuleUses(deps, 'hedong')
  expect(await uses()).toEqual({ 'step declare': 2 })

  await player.on('2026-07-01')
  const back = await player.step('lead', first, 'preliminary-review', {
    outcome: 'return',
    records: reviewed,
  })
  expect(back.status).toBe(200)
  await player.step('unit', first, 'declare', { materials: ['design'] })
  const after = await uses()
  expect(after).toEqual({ 'step declare': 2, 'step preliminary-review': 1 })

  await gatherRuleUses(deps, 'hedong')
  expect(await uses()).toEqual(after)
  await rebuildTenant(deps, 'hedong')
  expect(await uses()).toEqual(after)
  const [[kept] = []] = await deps.databases.tenant('hedong').read([sql`SELECT count(*) AS n FROM rule_uses`])
  expect(kept?.n).toBe(3)
})
