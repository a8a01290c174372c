import { describe, expect, it, vi } from 'vitest'
import { sql, text } from '../../db/statement.ts'
import { standing } from '../../functions/core/case/standing.ts'
import { shanghaiDay } from '../../functions/services/context.ts'
import { feedOversight } from '../../functions/services/oversight/feed-oversight.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { badLine } from './faults.ts'
import { chance, contentOf, JURISDICTIONS, openProvince, seeds } from './province.ts'
import type { Scribe } from './scribe.ts'
import { Story } from './story.ts'

vi.setConfig({ testTimeout: 240_000 })

describe('what was fed step by step is what a rebuild makes', () => {
  it.each(seeds([1, 7], 1))('over a bad line, seed %i', async (seed) => {
    const random = chance(seed)
    const { world, scribes } = await openProvince()
    const down = new Set<string>()
    const feeding = { ...badLine(world.deps, random, down), log: () => {} }
    const story = new Story(world, scribes, random, 5)
    const length = 250 + Math.floor(random() * 250)
    let told = 0
    while (told < length && (await story.next())) {
      told++
      for (const id of JURISDICTIONS) if (random() < 0.02) down.has(id) ? down.delete(id) : down.add(id)
      if (random() < 0.15) await feedOversight(feeding).catch(() => undefined)
      if (random() < 0.02)
        await Promise.all([feedOversight(feeding), feedOversight(feeding)]).catch(() => undefined)
      if (random() < 0.01) world.clock.now = new Date(world.clock.now.getTime() + 90 * 86_400_000)
    }
    world.clock.now = new Date(world.clock.now.getTime() + 40 * 86_400_000)
    const { deps } = world
    const fed = await catchUp({ ...deps, log: () => {} })
    expect(fed.map(({ tenant, state, error }) => ({ tenant, state, error }))).toEqual(
      JURISDICTIONS.map((tenant) => ({ tenant, state: 'current', error: undefined })),
    )
    const oversight = deps.databases.oversight()
    const content = await contentOf(oversight)
    await rebuildOversight({ ...deps, log: () => {} })
    expect(await contentOf(oversight)).toBe(content)
    for (const scribe of scribes.values()) await expectAsTheTenantSeesIt(scribe, shanghaiDay(deps.now()))
    const [spans = [], owed = []] = await oversight.read([
      sql`SELECT count(*) AS n FROM stage_spans`,
      sql`SELECT count(*) AS n FROM obligations`,
    ])
    expect(Number(spans[0]!.n)).toBeGreaterThan(50)
    expect(Number(owed[0]!.n)).toBeGreaterThan(0)
    world.close()
  })
})

/** Stage, end and due days are those of the tenant's own standing, and nothing is told of secret projects. */
async function expectAsTheTenantSeesIt(scribe: Scribe, day: string): Promise<void> {
  const [rows = [], owed = []] = await scribe.world.deps.databases
    .oversight()
    .read([
      sql`SELECT id, stage, ended, settled FROM projects WHERE tenant_id = ${scribe.tenant.id}`,
      sql`SELECT project_id, step, due_on, reason FROM obligations WHERE tenant_id = ${scribe.tenant.id}`,
    ])
  const shown = [...scribe.projects.values()].filter(({ state }) => state.facts.secret !== true)
  expect(new Set(rows.map((row) => row.id))).toEqual(new Set(shown.map(({ id }) => id)))
  for (const { id, state, organisationId } of shown) {
    const seen = standing(scribe.policy, state, scribe.outside(organisationId, day), day)
    expect(rows.find((row) => row.id === id)).toEqual({
      id,
      stage: seen.stage,
      ended: seen.ended?.result ?? null,
      settled: seen.settled ? 1 : 0,
    })
    const due = seen.obligations.flatMap(({ step, dueOn }) => (dueOn ? [`${step} ${dueOn}`] : []))
    const told = owed.filter((row) => row.project_id === id).map((row) => `${row.step} ${row.due_on}`)
    expect(told.toSorted(byText)).toEqual(due.toSorted(byText))
    for (const row of owed.filter((one) => one.project_id === id)) {
      const same = seen.obligations.filter((one) => one.step === row.step && one.dueOn === row.due_on)
      const said = same.map(({ due: { workdaysLeft: _, ...reason } = { workdaysLeft: 0 } }) => reason)
      expect(said).toContainEqual(JSON.parse(text(row, 'reason')))
    }
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1
}
