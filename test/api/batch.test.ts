import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { addExperts, createProject, openPlayer, type Player } from './player.ts'

let player: Player
const ids: string[] = []
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  await addExperts(player, ['张三'])
  for (let i = 0; i < 3; i++) ids.push(await createProject(player))
  const reviewed = { integrated: true, sharing: true, governmentNetwork: true }
  for (const id of ids) {
    await player.step('unit', id, 'declare', { materials: ['design'] })
    await player.step('lead', id, 'preliminary-review', { outcome: 'pass', records: reviewed })
  }
  await player.on('2026-07-20')
  for (const id of ids) {
    for (const party of ['finance', 'approver', 'cryptography'])
      await player.post(party, `/projects/${id}/steps/expert-review/opinions`, { value: 'agree' })
    const judged = [
      'policyConform',
      'planConform',
      'reuse',
      'soundDesign',
      'sharingList',
      'securityPlan',
      'soundEstimate',
    ]
    const records = Object.fromEntries(
      [...judged, 'otherConditions', 'governmentCloud'].map((name) => [name, true]),
    )
    const answer = await player.step('lead', id, 'expert-review', {
      outcome: 'pass',
      records,
      experts: ['张三'],
    })
    expect(answer.status).toBe(200)
  }
  await player.on('2026-12-01')
})
afterAll(() => player.world.close())

const rows = async (statement: ReturnType<typeof sql>) =>
  (await player.world.deps.databases.tenant('hedong').read([statement]))[0]!

describe('the annual plan', () => {
  let plan: string

  it('is opened once a year by a party of it', async () => {
    expect(await player.post('audit', '/batches', { procedure: 'annual-plan', year: 2027 })).toMatchObject({
      status: 403,
    })
    expect(await player.post('lead', '/batches', { procedure: 'annual-plan' })).toMatchObject({ status: 400 })
    const opened = await player.post('lead', '/batches', { procedure: 'annual-plan', year: 2027 })
    expect(opened).toMatchObject({ status: 201, body: { carried: [] } })
    plan = opened.body.batch.id
    expect(await player.post('lead', '/batches', { procedure: 'annual-plan', year: 2027 })).toMatchObject({
      status: 409,
    })
    const todos = await player.get('finance', '/todos')
    expect(todos.body.items).toContainEqual(
      expect.objectContaining({ kind: 'batch', batch: { id: plan, title: expect.any(String) } }),
    )
  })

  it('shows who could be in it', async () => {
    const view = await player.get('lead', `/batches/${plan}`)
    expect(view.body.candidates.map((one: { project: string }) => one.project).sort()).toEqual(
      [...ids].sort(),
    )
    expect((await player.get('unit', `/batches/${plan}`)).status).toBe(404)
    expect((await player.get('unit', '/batches')).body.items).toEqual([])
    expect((await player.get('lead', '/batches')).body.items).toMatchObject([{ projects: 0, latest: null }])
  })

  const compose = async (budget: string) => {
    const path = `/batches/${plan}/steps/plan-compilation`
    const records = { category: 'construction', budget }
    const items = ids.slice(0, 2).map((project, i) => ({
      project,
      step: 'plan-listing',
      records: i ? { ...records, budget: '580万元' } : records,
    }))
    const first = await player.post('lead', path, { items })
    expect(first).toMatchObject({ status: 200, body: { complete: false, awaiting: ['finance'] } })
    expect(await player.post('finance', path, {})).toMatchObject({ status: 200, body: { complete: true } })
  }

  it('is refused as a whole when one project refuses, naming it', async () => {
    await compose('许多')
    const before = await rows(sql`SELECT count(*) AS n FROM events`)
    const path = `/batches/${plan}/steps/plan-approval`
    const late = await player.post('lead', path, { outcome: 'approve', items: [{ project: ids[0] }] })
    expect(late).toMatchObject({ status: 400 })
    const named = (findings: { project: string; level: string }[]) =>
      new Set(findings.map((one) => `${one.project} ${one.level}`))
    const seen = await player.post('lead', `${path}/preview`, { outcome: 'approve' })
    expect(seen).toMatchObject({ status: 200, body: { ok: false } })
    expect(named(seen.body.findings)).toEqual(new Set([`${ids[0]} block`]))
    const refused = await player.post('lead', path, { outcome: 'approve' })
    expect(refused).toMatchObject({ status: 422 })
    expect(named(refused.body.findings)).toEqual(new Set([`${ids[0]} block`]))
    expect(await rows(sql`SELECT count(*) AS n FROM events`)).toEqual(before)
  })

  it('is composed anew by all of its parties after its return', async () => {
    const path = `/batches/${plan}/steps/plan-approval`
    expect((await player.post('lead', path, { outcome: 'return' })).body.errors).toMatchObject([
      { pointer: '#/remark' },
    ])
    const returned = await player.post('lead', path, { outcome: 'return', remark: '请按预算调整' })
    expect(returned).toMatchObject({ status: 200 })
    await compose('580万元')
  })

  it('is carried into every project in one write', async () => {
    player.world.logs.length = 0
    const done = await player.post(
      'lead',
      `/batches/${plan}/steps/plan-approval`,
      { outcome: 'approve' },
      'plan-2027',
    )
    expect(done).toMatchObject({ status: 200, body: { complete: true } })
    expect(player.world.logs.at(-1)?.trips).toBe(2)
    expect(done.body.carried.map((one: { project: string }) => one.project).sort()).toEqual([...ids].sort())
    const again = await player.post(
      'lead',
      `/batches/${plan}/steps/plan-approval`,
      { outcome: 'approve' },
      'plan-2027',
    )
    expect(again.body).toEqual(done.body)
    const outcomes = await Promise.all(
      ids.map(async (id) => {
        const seen = await player.get('unit', `/projects/${id}/case`)
        return seen.body.steps.find((one: { id: string }) => one.id === 'plan-listing').outcome
      }),
    )
    expect(outcomes.slice(0, 2)).toEqual(['listed', 'listed'])
    expect(outcomes[2]).toBe('not-listed')
    const causes = await rows(sql`SELECT DISTINCT cause FROM events WHERE cause IS NOT NULL`)
    expect(causes).toEqual([{ cause: `batch:${plan}@${done.body.batch.version}` }])
    const history = await player.get('unit', `/projects/${ids[0]}/history`)
    expect(history.body.items.at(-1)).toMatchObject({
      type: 'executed',
      cause: causes[0]?.cause,
      event: { through: causes[0]?.cause },
    })
    const latest = { step: 'plan-approval', outcome: 'approve', on: '2026-12-01' }
    expect((await player.get('unit', '/batches')).body.items).toMatchObject([{ projects: 2, latest }])
  })
})

describe('a bundle', () => {
  it('is composed before the units of its items are asked, and proposed after', async () => {
    const small = await createProject(player, 'unit', { estimate: '80万元' })
    const opened = await player.post('lead', '/batches', { procedure: 'bundle' })
    expect(opened.status).toBe(201)
    const path = `/batches/${opened.body.batch.id}`
    expect((await player.get('unit', path)).status).toBe(404)
    const items = [{ project: small, step: 'approval', records: { estimate: '80万元' } }]
    expect(await player.post('finance', `${path}/items`, { items })).toMatchObject({ status: 422 })
    expect(await player.post('lead', `${path}/items`, { items })).toMatchObject({
      status: 200,
      body: { batch: { version: 2 } },
    })
    expect(await player.post('lead', `${path}/items`, { items })).toMatchObject({
      status: 200,
      body: { batch: { version: 2 } },
    })
    const early = await player.post('lead', `${path}/steps/bundle-proposal`)
    expect(early.body.findings).toContainEqual(expect.objectContaining({ code: 'opinion' }))
    const todos = await player.get('unit', '/todos')
    expect(todos.body.items).toContainEqual(
      expect.objectContaining({ kind: 'batch', party: 'unit', step: 'bundle-proposal' }),
    )
    expect((await player.get('unit', path)).body.items).toMatchObject([{ project: small }])
    expect((await player.get('other-unit', path)).status).toBe(404)
    expect(
      await player.post('unit', `${path}/steps/bundle-proposal/opinions`, { value: 'agree' }),
    ).toMatchObject({ status: 200 })
    const proposed = await player.post('lead', `${path}/steps/bundle-proposal`)
    expect({ status: proposed.status, body: proposed.body }).toMatchObject({
      status: 200,
      body: { complete: true },
    })
    const removed = await player.post('lead', `${path}/items`, {
      items: [{ ...items[0], outcome: 'removed' }],
    })
    expect(removed.body.findings).toContainEqual(expect.objectContaining({ code: 'already-done' }))
  })
})
