import { afterEach, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { smallText } from '../core/small.ts'
import { contentOf } from '../oversight/province.ts'
import { addPlatform, PASSWORD } from './harness.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

const OLD = `
  policy: {effective: 2026-01-01, jurisdiction: {id: small, name: 某市, division: "990100", level: city}}
  steps:
    declare: {stage: declaration}
    review: {stage: review, by: lead, after: declare, due: {within: 60 days, of: declare}, outcomes: {pass: {}, return: {reopens: declare}}}
    approval: {stage: approval, by: approver, after: review, yields: {reply: {title: 批复}}}
    start: {stage: implementation, after: approval}
`
const NEW = `
  policy:
    effective: 2026-07-01
    jurisdiction: {id: small, name: 某市, division: "990100", level: city}
    transition: {of: "2026-01-01", takes: [review, approval], binds: approval, article: 第九条}
  steps:
    declare: {stage: declaration}
    vetting: {stage: review, by: finance, after: declare}
    review: {stage: review, by: lead, after: vetting, due: {within: 30 days, of: declare}, outcomes: {pass: {}, return: {reopens: declare}}}
    approval: {stage: approval, by: approver, after: review}
    start: {stage: implementation, after: approval}
`
const PATH = '/api/tenants/small/policies'

/** One project of each kind: in review, approved, declared only under the new version, and not bound at all. */
async function openStage() {
  small = await openSmall(OLD, '2026-03-02')
  await addPlatform(small.world, { login: 'boss', name: '平台', role: 'platform-administrator' })
  const boss = async (path: string, json: object) => {
    const who = { json: { login: 'boss', password: PASSWORD } }
    const { token } = (await small.world.call('POST', '/api/session', who)).body
    return small.world.call('POST', path, { token, json })
  }
  const reviewed = await small.project()
  const approved = await small.project()
  const fresh = await small.project()
  for (const id of [reviewed, approved]) await small.step('unit', id, 'declare')
  await small.step('lead', approved, 'review', { outcome: 'pass' })
  expect(await small.said(small.step('approver', approved, 'approval'))).toBe('200')
  await small.on('2026-03-10')
  return { boss, reviewed, approved, fresh }
}

const stateOf = async (id: string) => {
  const { body } = await small.get('unit', `/projects/${id}/case`)
  return Object.fromEntries(body.steps.map((one: { id: string; state: string }) => [one.id, one.state]))
}

describe('§15 a new version and the running projects', () => {
  it('is rehearsed: who would go over, and what would then be open, owed and due; nothing is changed', async () => {
    const { boss, reviewed, approved, fresh } = await openStage()
    const count = sql`SELECT count(*) AS n FROM events`
    const before = await small.world.deps.databases.tenant('small').read([count])
    const page = await boss(`${PATH}/rehearsal`, { policy: smallText(NEW) })
    expect(page.status).toBe(200)
    expect(small.world.logs.at(-1)?.trips).toBe(2)
    expect(page.body).toMatchObject({ effectiveOn: '2026-07-01', on: '2026-07-01', looked: 3, next: null })
    const found = (id: string) =>
      page.body.items.find((one: { project: { id: string } }) => one.project.id === id)
    expect(found(reviewed)).toMatchObject({
      moves: 'transition',
      project: { version: '2026-01-01' },
      stage: { before: 'review', after: 'review' },
      ended: { before: null, after: null },
    })
    expect(found(reviewed).steps).toEqual([
      {
        step: 'review',
        title: 'review',
        before: { state: 'open', dueOn: '2026-05-01' },
        after: { state: 'blocked', dueOn: '2026-04-01' },
      },
      { step: 'vetting', title: 'vetting', before: null, after: { state: 'open' } },
    ])
    expect(found(reviewed).duties).toContainEqual(
      expect.objectContaining({ step: 'vetting', before: null, after: { by: ['finance'], overdue: false } }),
    )
    expect(found(approved)).toBeUndefined()
    expect(found(fresh)).toMatchObject({ moves: 'unbound' })
    const all = await boss(`${PATH}/rehearsal`, { policy: smallText(NEW), all: true, limit: 2 })
    expect(all.body.items).toHaveLength(2)
    const rest = await boss(`${PATH}/rehearsal`, {
      policy: smallText(NEW),
      all: true,
      limit: 2,
      after: all.body.next,
    })
    expect([...all.body.items, ...rest.body.items].map((one) => [one.project.id, one.stays])).toEqual([
      [reviewed, null],
      [approved, 'past'],
      [fresh, null],
    ])
    expect(await small.world.deps.databases.tenant('small').read([count])).toEqual(before)
    expect(await boss(`${PATH}/rehearsal`, { policy: 'policy: {}' })).toMatchObject({ status: 422 })
    expect(await boss('/api/tenants/nowhere/policies/rehearsal', { policy: 'policy: {}' })).toMatchObject({
      status: 404,
    })
  })

  it('takes them over from its day, each by an event in its chain; the province and a rebuild see the same', async () => {
    const { boss, reviewed, approved, fresh } = await openStage()
    const { deps } = small.world
    await catchUp({ ...deps, log: () => {} })
    expect(await boss(PATH, { policy: smallText(NEW) })).toMatchObject({ status: 201 })
    expect(await stateOf(reviewed)).toMatchObject({ declare: 'done', review: 'open' })
    await small.on('2026-07-01')
    await sweep(deps)
    expect(await stateOf(reviewed)).toEqual({
      declare: 'done',
      vetting: 'open',
      review: 'blocked',
      approval: 'blocked',
      start: 'blocked',
    })
    expect(await stateOf(approved)).toMatchObject({ approval: 'done', start: 'open' })
    const version = async (id: string) => (await small.get('unit', `/projects/${id}`)).body.policy
    expect(await version(reviewed)).toMatchObject({ effectiveOn: '2026-07-01', bound: true })
    expect(await version(approved)).toMatchObject({ effectiveOn: '2026-01-01', bound: true })
    expect(await version(fresh)).toMatchObject({ effectiveOn: '2026-07-01', bound: false })
    const history = await small.get('unit', `/projects/${reviewed}/history`)
    expect(history.body.items.at(-1)).toMatchObject({
      type: 'transferred',
      actor: { name: '平台' },
      event: { from: '2026-01-01', to: '2026-07-01', article: ['第九条'] },
    })
    // Once considered, a project is not asked again: it stays although it comes into a stage that is taken.
    const events = await derivedContent(deps, 'small')
    await sweep(deps)
    expect(await derivedContent(deps, 'small')).toEqual(events)

    expect(await small.said(small.step('lead', reviewed, 'review', { outcome: 'pass' }))).toBe('not-done')
    expect(await small.said(small.step('finance', reviewed, 'vetting'))).toBe('200')
    expect(await small.said(small.step('lead', reviewed, 'review', { outcome: 'pass' }))).toBe('200')
    expect(await small.said(small.step('unit', approved, 'start'))).toBe('200')
    await sweep(deps)

    const before = await derivedContent(deps, 'small')
    await rebuildTenant(deps, 'small')
    expect(await derivedContent(deps, 'small')).toEqual(before)
    await catchUp({ ...deps, log: () => {} })
    const content = await contentOf(deps.databases.oversight())
    const [rows = []] = await deps.databases
      .oversight()
      .read([sql`SELECT id, stage FROM projects WHERE tenant_id = 'small' ORDER BY id`])
    expect(rows.map((row) => row.stage)).toEqual(['approval', 'closed', 'declaration'])
    await rebuildOversight({ ...deps, log: () => {} })
    expect(await contentOf(deps.databases.oversight())).toBe(content)
  })

  it('one that would end by being taken over alone stays', async () => {
    const { boss, reviewed } = await openStage()
    const harsh = smallText(
      NEW.replace('of: declare}, outcomes', 'of: declare, missed: {ends: lapsed}}, outcomes'),
    )
    const page = await boss(`${PATH}/rehearsal`, { policy: harsh, all: true })
    const one = page.body.items.find((item: { project: { id: string } }) => item.project.id === reviewed)
    expect(one).toMatchObject({ moves: false, stays: 'would-end' })
    expect(await boss(PATH, { policy: harsh })).toMatchObject({ status: 201 })
    await small.on('2026-07-02')
    await sweep(small.world.deps)
    expect((await small.get('unit', `/projects/${reviewed}`)).body.policy.effectiveOn).toBe('2026-01-01')
  })
})

it('a rebuild follows the log: what was written before a version was adopted was not judged by it', async () => {
  const open = (effective: string, step: string) => `
    policy: {effective: ${effective}, jurisdiction: {id: small, name: 某市, division: "990100", level: city}, binds: later}
    steps: {first: {outcomes: {${step}: {}}}, later: first}
  `
  small = await openSmall(open('2026-01-01', 'one'), '2026-03-02')
  await addPlatform(small.world, { login: 'boss', name: '平台', role: 'platform-administrator' })
  const signed = await small.world.call('POST', '/api/session', {
    json: { login: 'boss', password: PASSWORD },
  })
  const id = await small.project()
  expect(await small.said(small.step('unit', id, 'first', { outcome: 'one' }))).toBe('200')
  const { deps } = small.world
  const policy = smallText(open('2026-02-01', 'two').replace('later: first', 'later: first, more: later'))
  const adopted = await small.world.call('POST', PATH, { token: signed.body.token, json: { policy } })
  expect(adopted.status).toBe(201)
  await sweep(deps)
  const before = await derivedContent(deps, 'small')
  await rebuildTenant(deps, 'small')
  expect(await derivedContent(deps, 'small')).toEqual(before)
})
