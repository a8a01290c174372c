import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyFile } from '../../functions/cli/audit-verify.ts'
import { addPlatform, PASSWORD, POLICY } from './harness.ts'
import { createProject, FACTS, openPlayer, type Player } from './player.ts'

let player: Player
let boss: string
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  await addPlatform(player.world, { login: 'boss', name: '平台', role: 'platform-administrator' })
  boss = (await player.world.call('POST', '/api/session', { json: { login: 'boss', password: PASSWORD } }))
    .body.token
})
afterAll(() => player.world.close())

const administrator = { login: 'admin', name: '管理员', password: 'a long enough password' }
const post = (path: string, json: object, key?: string) =>
  player.world.call('POST', path, { token: boss, json, key })

describe('a tenant', () => {
  it('is refused with every fault of its policy at its place, and nothing is made', async () => {
    const policy = POLICY.replace('id: hedong', 'id: henan')
      .replace('by: approver', 'by: aprover')
      .replace('owed: never', 'owd: never')
    const answer = await post('/api/tenants', { policy, administrator })
    expect(answer).toMatchObject({ status: 422, body: { code: 'policy-refused' } })
    for (const problem of answer.body.problems)
      expect(problem).toMatchObject({
        line: expect.any(Number),
        column: expect.any(Number),
        message: expect.any(String),
      })
    expect(JSON.stringify(answer.body.problems)).toContain('owed')
    const signIn = await player.world.call('POST', '/api/session', {
      json: { tenant: 'henan', ...administrator, name: undefined },
    })
    expect(signIn.status).toBe(401)
  })

  it('is made once under one key, with the organisations of its parties and an administrator', async () => {
    const policy = POLICY.replace('id: hedong', 'id: hebei')
    const [first, again] = [
      await post('/api/tenants', { policy, administrator }, 'one'),
      await post('/api/tenants', { policy, administrator }, 'one'),
    ]
    expect(first.status).toBe(201)
    expect(again.body).toEqual(first.body)
    expect(first.body.organisations.map((one: { parties: string[] }) => one.parties[0])).toContain('approver')
    expect(await post('/api/tenants', { policy, administrator })).toMatchObject({
      status: 409,
      body: { code: 'taken' },
    })
    const { login, password } = administrator
    expect(
      (await player.world.call('POST', '/api/session', { json: { tenant: 'hebei', login, password } }))
        .status,
    ).toBe(201)
    const list = await player.world.call('GET', '/api/tenants?limit=1', { token: boss })
    expect(list.body).toMatchObject({ items: [{ id: 'hebei', policy: { effectiveOn: '2021-08-06' } }] })
    expect(
      (await player.world.call('GET', `/api/tenants?after=${list.body.next}`, { token: boss })).body.items,
    ).toMatchObject([{ id: 'hedong' }])
  })

  it.each(['platform', 'tenants', 'session', 'control'])('cannot take the name %s', async (id) => {
    const answer = await post('/api/tenants', {
      policy: POLICY.replace('id: hedong', `id: ${id}`),
      administrator,
    })
    expect(answer.status).toBe(400)
  })

  it('needs the day of a text that does not show it', async () => {
    const policy = POLICY.replace('id: hedong', 'id: hexia').replace(
      'effective: 2021-08-06',
      'effective: unseen',
    )
    expect(await post('/api/tenants', { policy, administrator })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/effectiveOn' }] },
    })
    expect(await post('/api/tenants', { policy, administrator, effectiveOn: '2026-01-01' })).toMatchObject({
      status: 201,
      body: { effectiveOn: '2026-01-01' },
    })
  })
})

describe('a new version of a policy', () => {
  const next = POLICY.replace('effective: 2021-08-06', 'effective: 2026-07-01')
    .replace('title: 河东市电子政务项目建设管理办法', 'title: 河东市电子政务项目建设管理办法(修订)')
    .replace('window: {to: 07-31, for: next-year, ', 'window: {announced: lead, for: next-year, ')
  let bound: string
  let unbound: string

  it('is adopted by the platform for its own tenant only', async () => {
    bound = await createProject(player)
    unbound = await createProject(player)
    expect((await player.step('unit', bound, 'declare', { materials: ['design'] })).status).toBe(200)
    expect(await post('/api/tenants/hebei/policies', { policy: next })).toMatchObject({ status: 400 })
    expect(await post('/api/tenants/nowhere/policies', { policy: next })).toMatchObject({ status: 404 })
    expect(await post('/api/tenants/hedong/policies', { policy: 'policy: {}' })).toMatchObject({
      status: 422,
    })
    expect(await post('/api/tenants/hedong/policies', { policy: POLICY })).toMatchObject({ status: 409 })
    const adopted = await post('/api/tenants/hedong/policies', { policy: next }, 'v2')
    expect(adopted).toMatchObject({ status: 201, body: { effectiveOn: '2026-07-01', organisations: [] } })
    expect((await post('/api/tenants/hedong/policies', { policy: next }, 'v2')).body).toEqual(adopted.body)
    const policy = await player.get('unit', '/policy')
    expect(policy.body).toMatchObject({
      effectiveOn: '2021-08-06',
      versions: [{}, { effectiveOn: '2026-07-01' }],
    })
    expect((await player.get('unit', '/policy?on=2026-07-02')).body.document.policy.title).toContain('修订')
  })

  it('holds from its day for what is not bound, and never for what is', async () => {
    const effective = async (id: string) => (await player.get('unit', `/projects/${id}`)).body.policy
    expect(await effective(unbound)).toMatchObject({ effectiveOn: '2021-08-06', bound: false })
    await player.on('2026-07-01')
    expect(await effective(unbound)).toMatchObject({ effectiveOn: '2026-07-01', bound: false })
    expect(await effective(bound)).toMatchObject({ effectiveOn: '2021-08-06', bound: true })
    const none = await player.world.call('POST', '/api/hedong/explain', {
      token: player.tokens.unit,
      json: { facts: FACTS, on: '2020-01-01' },
    })
    expect(none).toMatchObject({ status: 422, body: { code: 'no-policy' } })
  })

  it('lets the party that it names announce the days of a step', async () => {
    const days = { step: 'declare', year: 2027, from: '2026-08-01', to: '2026-08-31' }
    expect(await player.post('finance', '/announcements', days)).toMatchObject({ status: 403 })
    expect(await player.post('lead', '/announcements', { ...days, from: '2026-09-01' })).toMatchObject({
      status: 400,
    })
    expect(await player.post('lead', '/announcements', { ...days, step: 'approval' })).toMatchObject({
      status: 404,
    })
    expect(await player.post('lead', '/announcements', { ...days, from: '2026-07-15' })).toMatchObject({
      status: 201,
    })
    expect(await player.post('lead', '/announcements', days)).toMatchObject({ status: 201 })
    expect((await player.get('unit', '/announcements')).body.items).toEqual([days])
    const early = await player.step('unit', unbound, 'declare', { materials: ['design'] })
    expect(early.body.findings).toContainEqual(expect.objectContaining({ code: 'window', level: 'block' }))
    await player.on('2026-08-20')
    expect((await player.step('unit', unbound, 'declare', { materials: ['design'] })).status).toBe(200)
  })

  it('leaves audit chains in order on the platform and in the tenant', () => {
    for (const file of ['control.db', 'tenants/hedong.db'])
      expect(verifyFile(join(player.world.folder, file), new Map()).bad).toBeUndefined()
  })
})
