import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../../db/statement.ts'
import { newToken } from '../../../functions/services/people/session-token.ts'
import { addPlatform, addTenant, type CallOptions, PASSWORD, personOf } from '../harness.ts'
import { openPlayer, type Player } from '../player.ts'
import type { HostileRoute, Stage } from './kinds.ts'
import { OPEN_ROUTES, ROUTES, setStage } from './routes.ts'

let player: Player
let stage: Stage
let foreign: string
let boss: string
let overseer: string
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  stage = await setStage(player)
  const neighbour = await addTenant(player.world, 'hexi')
  foreign = (await personOf(player.world, neighbour, 'lead', 'administrator')).token
  await addPlatform(player.world, { login: 'boss', name: '平台', role: 'platform-administrator' })
  await addPlatform(player.world, { login: 'eye', name: '省厅', role: 'overseer', division: '990000' })
  const signIn = (login: string) =>
    player.world.call('POST', '/api/session', { json: { login, password: PASSWORD } })
  boss = (await signIn('boss')).body.token
  overseer = (await signIn('eye')).body.token
})
afterAll(() => player.world.close())

const call = (route: HostileRoute, options: CallOptions = {}) => {
  const [method] = route.route.split(' ') as [string]
  const path = route.scope === 'tenant' ? `/api/hedong${route.path(stage)}` : route.path(stage)
  const headers = { ...route.headers, ...options.headers }
  return player.world.call(method, path, { json: route.json, body: route.body, ...options, headers })
}
const tokenOf = (route: HostileRoute) => (route.who === 'boss' ? boss : player.tokens[route.who]!)
const count = async (id = 'hedong') =>
  (await player.world.deps.databases.tenant(id).read([sql`SELECT count(*) AS n FROM events`]))[0]![0]!.n

const TENANT = ROUTES.filter((route) => route.scope === 'tenant')
const PLATFORM = ROUTES.filter((route) => route.scope === 'platform')

it('knows every route of the service', () => {
  const served = player.world.app.routes
    .filter((route) => route.method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  const overseen = [...new Set(served)].filter((route) => !route.includes('/oversight'))
  expect(new Set(overseen)).toEqual(new Set([...ROUTES.map((route) => route.route), ...OPEN_ROUTES]))
})

describe('nothing happens and nothing is told', () => {
  it.each(ROUTES)('$route without or with a worthless token', async (route) => {
    const before = await count()
    expect((await call(route)).status).toBe(401)
    expect((await call(route, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401)
    expect((await call(route, { headers: { authorization: `Basic ${tokenOf(route)}` } })).status).toBe(401)
    const guessed = newToken(
      route.scope === 'tenant' ? 'hedong' : 'platform',
      player.world.deps.randomBytes,
    ).token
    expect((await call(route, { token: guessed })).status).toBe(401)
    expect(await count()).toBe(before)
  })

  it.each(TENANT)('$route across tenants', async (route) => {
    const before = [await count(), await count('hexi')]
    for (const token of [foreign, boss, overseer]) {
      const answer = await call(route, { token })
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    }
    const absent = await player.world.call('GET', '/api/nowhere/projects', { token: foreign })
    expect(absent.body).toMatchObject({ status: 404, code: 'not-found', detail: expect.any(String) })
    expect([await count(), await count('hexi')]).toEqual(before)
  })

  it.each(TENANT)('$route with an id of the other tenant in the path', async (route) => {
    if (!route.path(stage).match(/[0-9a-f]{8}-/)) return
    const [method] = route.route.split(' ') as [string]
    const answer = await player.world.call(method, `/api/hexi${route.path(stage)}`, {
      token: foreign,
      json: route.json,
      headers: route.headers,
    })
    expect([403, 404]).toContain(answer.status)
  })

  it.each(PLATFORM)('$route for anyone but the platform administrator', async (route) => {
    expect((await call(route, { token: player.tokens.administrator })).status).toBe(401)
    expect((await call(route, { token: overseer })).status).toBe(403)
  })

  it.each(TENANT.filter((route) => route.wrong))('$route for the wrong party', async (route) => {
    const before = await count()
    for (const [who, status] of Object.entries(route.wrong!)) {
      const answer = await call(route, { token: player.tokens[who] })
      expect({ who, status: answer.status, body: answer.body }).toMatchObject({ who, status })
    }
    expect(await count()).toBe(before)
  })

  it.each(ROUTES.filter((route) => !route.route.startsWith('GET')))(
    '$route from a foreign page',
    async (route) => {
      const before = await count()
      const options = { token: tokenOf(route), headers: { origin: 'https://evil.example' } }
      expect(await call(route, options)).toMatchObject({ status: 403, body: { code: 'foreign-origin' } })
      expect(await count()).toBe(before)
    },
  )

  it.each(ROUTES.filter((route) => route.keyed))('$route without a key', async (route) => {
    const before = await count()
    expect((await call(route, { token: tokenOf(route), key: false })).body).toMatchObject({
      code: 'key-required',
    })
    expect(await count()).toBe(before)
  })

  it.each(ROUTES.filter((route) => route.json))(
    '$route with keys that it does not know, or no object at all',
    async (route) => {
      const before = await count()
      const extra = { ...(route.json as object), administrator: true, id: 'x' }
      for (const json of [extra, [], 'text', null, 7]) {
        const answer = await call(route, { token: tokenOf(route), json })
        expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } })
      }
      expect(await count()).toBe(before)
    },
  )

  it.each(TENANT)('$route for someone whose session or account has ended', async (route) => {
    const db = player.world.deps.databases.tenant('hedong')
    const now = player.world.deps.now().toISOString()
    const { token, userId } = await personOf(player.world, player.tenant, 'lead', 'administrator')
    await db.write([sql`UPDATE sessions SET ends_at = ${now} WHERE user_id = ${userId}`])
    expect((await call(route, { token })).status).toBe(401)
    await db.write([
      sql`UPDATE sessions SET ends_at = '2099-01-01' WHERE user_id = ${userId}`,
      sql`UPDATE users SET status = 'disabled' WHERE id = ${userId}`,
    ])
    expect((await call(route, { token })).status).toBe(401)
  })
})

describe('one request has one effect', () => {
  it.each(TENANT.filter((route) => route.keyed))('$route repeated, changed and raced', async (route) => {
    const token = tokenOf(route)
    const key = `same-${route.route}`.replace(/[^a-z0-9-]/gi, '-')
    const before = await count()
    const racers = await Promise.all([1, 2, 3].map(() => call(route, { token, key })))
    const after = await count()
    const [first] = racers
    expect(first!.status).toBeLessThan(500)
    if (first!.status < 300) {
      for (const racer of racers) expect(racer).toMatchObject({ status: first!.status, body: first!.body })
      expect(await call(route, { token, key })).toMatchObject({ status: first!.status, body: first!.body })
      const other = route.body ? { body: 'another text' } : { headers: { 'if-match': '"99"' } }
      const changed = await call(route, { token, key, ...other })
      expect(changed).toMatchObject({ status: 422, body: { code: 'key-reused' } })
    }
    expect(await count()).toBe(after)
    expect(Number(after) - Number(before)).toBeLessThanOrEqual(2)
  })

  it.each(TENANT.filter((route) => route.keyed && !route.twice))(
    '$route by two at once under two keys',
    async (route) => {
      const token = tokenOf(route)
      const answers = await Promise.all([call(route, { token }), call(route, { token })])
      const accepted = answers.filter((answer) => answer.status < 300)
      expect(accepted.length).toBeLessThanOrEqual(1)
      for (const answer of answers) expect(answer.status).toBeLessThan(500)
    },
  )

  it('leaves nothing half written', async () => {
    const db = player.world.deps.databases.tenant('hedong')
    const [orphans, gaps, states] = await db.read([
      sql`SELECT stream FROM events WHERE stream NOT IN (SELECT chain FROM audit)`,
      sql`SELECT stream FROM events GROUP BY stream HAVING max(version) <> count(*)`,
      sql`SELECT s.stream FROM streams s WHERE s.version <> (SELECT max(version) FROM events e WHERE e.stream = s.stream)`,
    ])
    expect([orphans, gaps, states]).toEqual([[], [], []])
    expect(player.world.logs.filter((line) => line.level === 'error')).toEqual([])
  })
})
