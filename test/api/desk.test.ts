import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { verifyFile } from '../../functions/cli/audit-verify.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { personOf } from './harness.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
let project: string
let colleague: { token: string; userId: string; organisationId: string }
const reviewed = { integrated: true, sharing: true, governmentNetwork: true }
const item = 'step:preliminary-review'

beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  colleague = await personOf(player.world, player.tenant, 'lead')
  player.tokens.colleague = colleague.token
  project = await createProject(player)
  later(1)
  expect((await player.step('unit', project, 'declare', { materials: ['design'] })).status).toBe(200)
})
afterAll(() => player.world.close())

/** Lets some minutes pass, as they do between two people's work. */
function later(minutes: number): void {
  player.world.clock.now = new Date(player.world.clock.now.getTime() + minutes * 60_000)
}
const notices = async (who: string, query = '') => (await player.get(who, `/notices${query}`)).body.items
const put = (who: string, path: string, json: object, headers: Record<string, string> = {}) =>
  player.world.call('PUT', `/api/hedong${path}`, { token: player.tokens[who], json, headers })
const leadOf = () => player.tenant.organisations.find((one) => one.parties.includes('lead'))!.id

describe('notices', () => {
  it('tell the one a declaration is addressed to, and not the one who handed it in', async () => {
    expect(await notices('lead')).toMatchObject([
      { category: 'received', project: { id: project }, about: { title: '年度申报' }, read: false },
    ])
    expect(await notices('unit')).toEqual([])
    expect((await player.get('lead', '/notices/unread')).body).toMatchObject({ unread: 1 })
    expect((await player.get('finance', '/notices/unread')).body).toEqual({ unread: 0, byCategory: [] })
  })

  it('tell the unit that its project was returned, then that it passed, the newest first', async () => {
    later(1)
    await player.step('lead', project, 'preliminary-review', {
      outcome: 'return',
      remark: '请补正',
      records: reviewed,
    })
    later(1)
    await player.step('unit', project, 'declare', { materials: ['design'] })
    later(1)
    await player.step('lead', project, 'preliminary-review', { outcome: 'pass', records: reviewed })
    expect(await notices('unit')).toMatchObject([
      { category: 'result', step: 'preliminary-review', about: { outcome: '通过初审' } },
      { category: 'returned', step: 'preliminary-review' },
    ])
    const page = await player.get('unit', '/notices?limit=1')
    expect(page.body.items).toHaveLength(1)
    const rest = await player.get('unit', `/notices?limit=1&after=${encodeURIComponent(page.body.next)}`)
    expect(rest.body).toMatchObject({ items: [{ category: 'returned' }], next: null })
    expect(await notices('other-unit')).toEqual([])
  })

  it('are read by one person without being read by the colleague', async () => {
    const [newest, older] = await notices('unit')
    const one = await player.post('unit', '/notices/read', { ids: [older.id] })
    expect(one.status).toBe(204)
    expect(await notices('unit')).toMatchObject([{ read: false }, { read: true }])
    expect(await notices('unit', '?unread=true')).toMatchObject([{ id: newest.id }])
    const second = await personOf(player.world, player.tenant, 'unit')
    player.tokens.second = second.token
    later(1)
    await player.post('unit', '/notices/read', { upTo: newest.id })
    expect((await player.get('unit', '/notices/unread')).body.unread).toBe(0)
    const received = await notices('colleague')
    expect(received.filter((one: { read: boolean }) => !one.read)).toHaveLength(2)
    await player.post('lead', '/notices/read', { upTo: '9999-01-01T00:00:00.000Z/x' })
    expect((await player.get('lead', '/notices/unread')).body.unread).toBe(0)
    expect((await player.get('colleague', '/notices/unread')).body.unread).toBe(2)
  })

  it('of a muted category are listed and not counted', async () => {
    expect((await put('colleague', '/me/notice-preferences', { muted: ['received'] })).status).toBe(200)
    expect((await player.get('colleague', '/me/notice-preferences')).body).toEqual({ muted: ['received'] })
    expect((await player.get('colleague', '/notices/unread')).body).toEqual({
      unread: 0,
      byCategory: [{ category: 'received', count: 2, muted: true }],
    })
    expect(await notices('colleague', '?category=received')).toHaveLength(2)
    expect((await put('colleague', '/me/notice-preferences', { muted: ['weather'] })).status).toBe(400)
  })

  it('asked for by a page that stands open keep no session alive', async () => {
    const { token } = await personOf(player.world, player.tenant, 'unit')
    player.tokens.idle = token
    for (let i = 0; i < 4; i++) {
      expect((await player.get('idle', '/notices/unread')).status).toBe(200)
      player.world.clock.now = new Date(player.world.clock.now.getTime() + 9 * 60_000)
    }
    expect((await player.get('idle', '/notices/unread')).status).toBe(401)
    await player.on('2026-06-16')
  })
})

describe('a to-do in hand', () => {
  let second: string
  beforeAll(async () => {
    second = await createProject(player)
    await player.step('unit', second, 'declare', { materials: ['design'] })
  })

  it('is claimed by one of two, shown to all who have a part, and given back', async () => {
    const ref = { subject: second, item }
    const both = await Promise.all([
      player.post('lead', '/todos/claim', ref),
      player.post('colleague', '/todos/claim', ref),
    ])
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    const holder = both[0]!.status === 200 ? 'lead' : 'colleague'
    const other = holder === 'lead' ? 'colleague' : 'lead'
    expect((await player.get(holder, '/todos?held=mine')).body.items).toMatchObject([{ item }])
    expect((await player.get(other, '/todos?held=mine')).body.items).toEqual([])
    const seen = await player.get('unit', `/projects/${second}/todos`)
    expect(seen.body.items.find((one: { item: string }) => one.item === item)).toMatchObject({
      organisation: { id: leadOf() },
      holder: { name: expect.any(String) },
    })
    expect((await player.post(other, '/todos/give-back', ref)).status).toBe(403)
    expect(await player.post(holder, '/todos/give-back', ref)).toMatchObject({
      status: 200,
      body: { holder: null },
    })
  })

  it('is handed over with a note, which only the colleague is told; rights stay as they are', async () => {
    const over = { subject: second, item, to: colleague.userId, note: '我下周出差' }
    expect(await player.post('lead', '/todos/hand-over', over)).toMatchObject({
      status: 200,
      body: { holder: { id: colleague.userId }, note: '我下周出差' },
    })
    expect((await player.post('lead', '/todos/hand-over', over)).status).toBe(409)
    expect(await notices('colleague', '?category=handed')).toMatchObject([
      { about: { note: '我下周出差', title: '初审' } },
    ])
    expect(await notices('lead', '?category=handed')).toEqual([])
    const outsider = await personOf(player.world, player.tenant, 'finance')
    expect(
      (await player.post('lead', '/todos/hand-over', { ...over, to: outsider.userId })).body,
    ).toMatchObject({ status: 400, errors: [{ pointer: '#/to' }] })
    const preview = await player.post('lead', `/projects/${second}/steps/preliminary-review/preview`, {
      outcome: 'pass',
      records: reviewed,
    })
    expect(preview.body.ok).toBe(true)
  })

  it('is urged once a day by the unit that waits, and never by a stranger or its own organisation', async () => {
    const before = await player.get('unit', `/projects/${second}`)
    const urge = { subject: second, item, organisationId: leadOf(), note: '工期紧, 请尽快' }
    expect((await player.post('other-unit', '/todos/urge', urge)).status).toBe(404)
    expect((await player.post('lead', '/todos/urge', urge)).status).toBe(403)
    expect(await player.post('unit', '/todos/urge', urge)).toMatchObject({
      status: 200,
      body: { urgedOn: '2026-06-16', urges: 1, holder: { id: colleague.userId } },
    })
    expect(await player.post('unit', '/todos/urge', urge)).toMatchObject({ status: 409 })
    expect(await notices('lead', '?category=urged')).toMatchObject([
      { about: { note: '工期紧, 请尽快', title: '初审' } },
    ])
    const [urged] = (await player.get('lead', '/todos')).body.items.filter(
      (one: { project: { id: string } | null }) => one.project?.id === second,
    )
    expect(urged).toMatchObject({ item, urgedOn: '2026-06-16' })
    // The case itself has not moved: whoever holds its version may still edit it.
    expect((await player.get('unit', `/projects/${second}`)).body.version).toBe(before.body.version)
    await player.on('2026-06-17')
    expect((await player.post('unit', '/todos/urge', urge)).body.urges).toBe(2)
    const log = await player.get('finance', `/projects/${second}/desk`)
    expect(log.body.items.map((one: { type: string }) => one.type)).toEqual([
      'urged',
      'urged',
      'handed-over',
      'given-back',
      'claimed',
    ])
    expect((await player.get('other-unit', `/projects/${second}/desk`)).status).toBe(404)
  })

  it('cannot be urged before it can be done', async () => {
    const all = (await player.get('unit', `/projects/${second}/todos?limit=200`)).body.items
    const waiting = all.find(
      (one: { open: boolean; organisation: { id: string } }) => !one.open && one.organisation.id === leadOf(),
    )
    expect(waiting).toBeDefined()
    const urge = { subject: second, item: waiting.item, organisationId: leadOf() }
    expect((await player.post('unit', '/todos/urge', urge)).status).toBe(409)
  })
})

describe('the workbench', () => {
  it('counts what the lists show', async () => {
    const { body } = await player.get('lead', '/workbench')
    const todos = (await player.get('lead', '/todos?limit=200')).body.items as {
      open: boolean
      overdue: boolean
    }[]
    expect(body.todos.open).toBe(todos.filter((one) => one.open).length)
    expect(body.todos.overdue).toBe(todos.filter((one) => one.overdue).length)
    const received = await notices('lead', `?category=received&since=${body.lead.monday}&limit=200`)
    expect(body.lead.receivedSinceMonday).toBe(received.length)
    const overdue = (await player.get('lead', '/todos/overdue?limit=200')).body.items
    expect(body.lead.overdue).toBe(overdue.length)
    expect((await player.get('unit', '/workbench')).body).toMatchObject({ lead: null, projects: 2 })
  })

  it('finds what a person has begun and done in the log itself', async () => {
    const begun = await player.get('unit', '/me/acts?kind=begun')
    expect(begun.body.items).toMatchObject([
      { type: 'opened', project: { title: '智慧停车平台' } },
      { type: 'opened', project: { id: project } },
    ])
    const done = await player.get('lead', '/me/acts?kind=done&limit=1')
    expect(done.body.items).toMatchObject([{ what: 'preliminary-review', outcome: 'pass' }])
    expect((await player.get('colleague', '/me/acts?kind=done')).body.items).toEqual([])
  })

  it('shows money that nobody has stated as unknown, not as zero', async () => {
    await createProject(player, 'unit', { planYear: 2026, estimate: '30万元' })
    const { money } = (await player.get('lead', '/workbench')).body.lead
    expect(money).toMatchObject({ year: 2026, projects: 1, estimateFen: 30_000_000 })
    expect(money).toMatchObject({ approvedFen: null, contractFen: null, paidFen: null })
  })
})

describe('reminders', () => {
  it('come once before and once after the due day', async () => {
    await player.on('2027-12-27')
    await sweep(player.world.deps)
    expect(await notices('unit', '?category=due-soon')).toEqual([])
    await player.on('2027-12-28')
    await sweep(player.world.deps)
    expect(await notices('unit', '?category=due-soon')).toMatchObject([
      { about: { title: '启动实施', dueOn: '2027-12-31' } },
      { about: { title: '启动实施', dueOn: '2027-12-31' } },
    ])
    const due = async () => {
      const [rows] = await player.world.deps.databases
        .tenant('hedong')
        .read([sql`SELECT category, count(*) AS n FROM notices WHERE origin IS NOT NULL GROUP BY category`])
      return rows
    }
    const first = await due()
    await sweep(player.world.deps)
    expect(await due()).toEqual(first)
    await player.on('2028-01-03')
    await sweep(player.world.deps)
    const late = (await player.get('lead', '/todos/overdue?limit=200')).body.items
    expect(late.length).toBeGreaterThan(0)
    for (const { organisation, item: owed, dueOn, project: of } of late) {
      const [told] = await player.world.deps.databases.tenant('hedong').read([
        sql`SELECT about FROM notices WHERE recipient = ${organisation.id} AND category = 'overdue'
          AND subject = ${of?.id} AND about ->> 'item' = ${owed} AND about ->> 'dueOn' = ${dueOn}`,
      ])
      expect({ owed, told: told!.length }).toEqual({ owed, told: 1 })
    }
  })
})

it('all of it is made again from the events, and every chain holds', async () => {
  const { deps, folder } = player.world
  await deps.databases.tenant('hedong').write([sql`UPDATE projects SET next_change_on = '2026-01-01'`])
  await sweep(deps)
  const before = await derivedContent(deps, 'hedong')
  expect(before.desk!.length).toBeGreaterThan(0)
  expect(before.notices!.length).toBeGreaterThan(6)
  await rebuildTenant(deps, 'hedong')
  expect(await derivedContent(deps, 'hedong')).toEqual(before)
  const verdict = verifyFile(`${folder}/tenants/hedong.db`, new Map())
  expect(verdict.bad).toBeUndefined()
  expect(verdict.chains).toBeGreaterThan(5)
})
