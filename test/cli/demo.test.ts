import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCity } from '../../functions/demo/city.ts'
import { readDemoTenants } from '../../functions/demo/demo-files.ts'
import { type LivedLife, liveLife } from '../../functions/demo/live.ts'
import type { Scene } from '../../functions/demo/play.ts'
import { headingOf, summaryOf, toldAct } from '../../functions/demo/tell.ts'
import { openWorld, type World } from '../api/harness.ts'

/** Every life of the demo, over HTTP, with people who sign in. */

const tenants = readDemoTenants()
let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

it('has the five jurisdictions', () => expect(tenants).toHaveLength(5))

for (const tenant of tenants)
  describe(`the life of a project in ${tenant.id}`, () => {
    let lived: LivedLife
    let scene: Scene
    const told: string[] = []

    it('goes as its story expects, over HTTP', { timeout: 120_000 }, async () => {
      const city = await openCity(world.deps, world.clock, tenant, 'http://localhost', async (request) =>
        world.app.fetch(request),
      )
      scene = city.scene
      lived = await liveLife(tenant, scene, (one) => told.push(toldAct(scene, one)))
      expect(lived.surprises).toEqual([])
      expect(lived.acts).toHaveLength(tenant.life.acts.length)
    })

    it('is refused where an article says so: too early, by the wrong party, without a material, by a bar', () => {
      const refused = lived.acts.filter((one) => !one.accepted)
      expect(refused.length).toBeGreaterThanOrEqual(15)
      const codes = refused.flatMap((one) => one.act.expect?.codes ?? [])
      expect(codes).toEqual(expect.arrayContaining(['actor', 'material', 'not-done', 'opinion']))
      expect(codes.some((code) => code === 'too-early' || code === 'window')).toBe(true)
      expect(codes.some((code) => ['veto', 'requires', 'excluded', 'through'].includes(code))).toBe(true)
      const seen = refused.flatMap((one) => one.moves.at(-1)?.answer.body.findings ?? [])
      const blocks = seen.filter((one) => one.level === 'block')
      expect(blocks.every((one) => one.article.length > 0 && one.message.includes(one.article[0]!))).toBe(
        true,
      )
    })

    it('is shared among people of many organisations', () => {
      const people = new Set(lived.acts.flatMap(({ moves }) => moves.map(({ who }) => who.organisation.name)))
      expect(people.size).toBeGreaterThanOrEqual(4)
      const batches = Object.values(tenant.policy.document.procedures ?? {}).filter(
        (one) => one.on === 'batch',
      )
      expect(scene.batches.size).toBeGreaterThanOrEqual(Math.min(batches.length, 1))
    })

    it('is told in Chinese, each decision with its article', () => {
      expect(told).toHaveLength(tenant.life.acts.length)
      const accepted = told.filter((text) => text.includes('✓') && !/录入|公布/.test(text))
      expect(accepted.filter((text) => !/〔.+〕/.test(text))).toEqual([])
      expect(told.filter((text) => text.includes('✗')).every((text) => text.includes('不予办理: '))).toBe(
        true,
      )
      expect(headingOf(tenant, '2022-01-01')).toContain(tenant.policy.document.policy.title)
      expect(summaryOf(tenant, lived)).toContain(`办理 ${lived.accepted} 次, 不予办理 ${lived.refused} 次`)
    })
  })

it('shows across the lives every kind of refusal', () => {
  const expected = new Set(tenants.flatMap(({ life }) => life.acts.flatMap((one) => one.expect?.codes ?? [])))
  for (const code of [
    'actor',
    'check',
    'excluded',
    'material',
    'not-done',
    'opinion',
    'outstanding',
    'record',
    'reopened',
    'requires',
    'sanction',
    'through',
    'too-early',
    'undetermined',
    'veto',
    'window',
    'witness',
  ])
    expect([...expected], code).toContain(code)
})

it('runs from the command line against a server of its own, and exits 0', { timeout: 120_000 }, async () => {
  const root = join(import.meta.dirname, '..', '..')
  const run = promisify(execFile)
  const program = join(root, 'functions', 'cli', 'demo.ts')
  const only = tenants[1]!
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program, only.id], { cwd: root })
  expect(stdout).toContain(only.name)
  expect(stdout).toMatch(/合计: 办理 \d+ 次, 不予办理 \d+ 次/)
  await expect(
    run(process.execPath, ['--import', 'tsx', program, 'nowhere'], { cwd: root }),
  ).rejects.toMatchObject({
    code: 2,
  })
})
