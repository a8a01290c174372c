import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPlatform, addTenant, openWorld, PASSWORD, type World } from './harness.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await addTenant(world)
  await addPlatform(world, { login: 'boss', name: '平台', role: 'platform-administrator' })
})
afterAll(() => world.close())

const signIn = (login: string, password: string, tenant?: string, address = 'a') =>
  world.app.request(
    'http://localhost/api/session',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tenant, login, password }),
    },
    { address },
  )

describe('signing in', () => {
  it('gives a token and a cookie, tells who one is, and ends', async () => {
    const answer = await signIn('admin', PASSWORD, 'hedong')
    expect(answer.status).toBe(201)
    const { token } = (await answer.json()) as { token: string }
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^session=hedong\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/)
    const me = await world.call('GET', '/api/me', { token })
    expect(me.body).toMatchObject({
      tenant: { id: 'hedong', name: '河东市' },
      user: { login: 'admin', role: 'administrator' },
    })
    const byCookie = await world.call('GET', '/api/me', { headers: { cookie: `session=${token}` } })
    expect(byCookie.body.user.login).toBe('admin')
    expect((await world.call('DELETE', '/api/session', { token })).status).toBe(204)
    expect((await world.call('GET', '/api/me', { token })).status).toBe(401)
  })

  it('binds the cookie to the host over TLS', async () => {
    const request = new Request('https://portal.example/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tenant: 'hedong', login: 'admin', password: PASSWORD }),
    })
    const cookie = (await world.app.fetch(request, {})).headers.get('set-cookie')
    expect(cookie).toMatch(/^__Host-session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  it('lets a person of the platform change the password, which ends the other sessions', async () => {
    await addPlatform(world, { login: 'eye', name: '监管员', role: 'overseer', division: '990000' })
    const enter = async () => ((await (await signIn('eye', PASSWORD)).json()) as { token: string }).token
    const [token, other] = [await enter(), await enter()]
    const change = (by: string | undefined, old: string, fresh: string) =>
      world.call('PUT', '/api/me/password', { token: by, json: { old, new: fresh } })
    expect((await change(undefined, PASSWORD, 'second password')).status).toBe(401)
    const { token: foreign } = (await (await signIn('admin', PASSWORD, 'hedong')).json()) as { token: string }
    expect((await change(foreign, PASSWORD, 'second password')).status).toBe(401)
    expect(await change(token, 'wrong password', 'second password')).toMatchObject({
      status: 401,
      body: { code: 'credentials' },
    })
    expect((await change(token, PASSWORD, 'short')).status).toBe(400)
    expect((await change(token, PASSWORD, 'second password')).status).toBe(204)
    expect((await world.call('GET', '/api/me', { token: other })).status).toBe(401)
    expect((await world.call('GET', '/api/me', { token })).status).toBe(200)
    expect((await signIn('eye', PASSWORD)).status).toBe(401)
    expect((await signIn('eye', 'second password')).status).toBe(201)
  })

  it('signs platform people in to the platform', async () => {
    const { token } = (await (await signIn('boss', PASSWORD)).json()) as { token: string }
    const me = await world.call('GET', '/api/me', { token })
    expect(me.body).toMatchObject({
      tenant: null,
      user: { role: 'platform-administrator' },
      organisation: null,
    })
  })

  it('says the same for a wrong password, an unknown person and an unknown tenant', async () => {
    const answers = await Promise.all([
      signIn('admin', 'wrong', 'hedong', 'b'),
      signIn('nobody', 'wrong', 'hedong', 'b'),
      signIn('admin', PASSWORD, 'nowhere', 'b'),
    ])
    const bodies = await Promise.all(
      answers.map(async (answer) => ({ ...((await answer.json()) as object), instance: '' })),
    )
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401])
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
  })

  it('counts parallel tries before it looks at any password', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn('admin', 'wrong', 'hedong', 'c')),
    )
    const statuses = answers.map((answer) => answer.status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(25)
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await signIn('admin', PASSWORD, 'hedong', 'c')).status).toBe(429)
    expect((await signIn('admin', PASSWORD, 'hedong', 'd')).status).toBe(201)
  })

  it('ends a session after half an hour of rest and after twelve hours in any case', async () => {
    const start = world.clock.now
    const { token } = (await (await signIn('admin', PASSWORD, 'hedong')).json()) as { token: string }
    const at = async (minutes: number) => {
      world.clock.now = new Date(start.getTime() + minutes * 60_000)
      return (await world.call('GET', '/api/me', { token })).status
    }
    for (let minutes = 25; minutes < 720; minutes += 25) expect(await at(minutes)).toBe(200)
    expect(await at(721)).toBe(401)
    world.clock.now = start
    const rested = (await (await signIn('admin', PASSWORD, 'hedong')).json()) as { token: string }
    world.clock.now = new Date(start.getTime() + 31 * 60_000)
    expect((await world.call('GET', '/api/me', { token: rested.token })).status).toBe(401)
    world.clock.now = start
  })

  it('writes no secret into the log', async () => {
    const log = JSON.stringify(world.logs)
    expect(log).not.toContain(PASSWORD)
    expect(log).not.toMatch(/hedong\.[\w-]{20}/)
    expect(world.logs.every((line) => line.event !== 'failure')).toBe(true)
  })
})
