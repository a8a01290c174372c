import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addTenant, openWorld, personOf, type World } from './harness.ts'

let world: World
let token: string
beforeAll(async () => {
  world = await openWorld()
  const tenant = await addTenant(world)
  token = (await personOf(world, tenant, 'lead', 'administrator')).token
})
afterAll(() => world.close())

const user = (over: object = {}) => ({
  login: 'li.si',
  name: '李四',
  role: 'handler',
  organisationId: '00000000-0000-7000-8000-000000000000',
  password: 'long enough to be kept',
  ...over,
})

describe('requests', () => {
  it('carry an id and safe headers', async () => {
    const answer = await world.call('GET', '/livez', { headers: { 'x-request-id': 'given-by-caller' } })
    expect(answer.body).toEqual({ status: 'ok' })
    expect(answer.headers.get('x-request-id')).toBe('given-by-caller')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const other = await world.call('GET', '/livez', { headers: { 'x-request-id': 'bad id!' } })
    expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('are refused with pointers when malformed', async () => {
    const answer = await world.call('POST', '/api/hedong/users', {
      token,
      json: user({ role: 'king', extra: 1, name: 'a\u202eb' }),
    })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({ code: 'malformed', status: 400, type: 'urn:problem:malformed' })
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '#',
      '#/name',
      '#/role',
    ])
    expect(JSON.stringify(answer.body.errors)).toContain('extra')
  })

  it('say in Chinese what is wrong, once for each place', async () => {
    const answer = await world.call('POST', '/api/hedong/users', {
      token,
      json: { login: 7, name: '', role: 'king', organisationId: user().organisationId },
    })
    expect(answer.body.errors).toEqual([
      { pointer: '#/login', detail: '须是文字' },
      { pointer: '#/name', detail: '不得为空' },
      { pointer: '#/role', detail: expect.stringMatching(/^须是 administrator、.+ 之一$/) },
      { pointer: '#/password', detail: '缺少这一项' },
    ])
    const broken = await world.call('POST', '/api/hedong/users', {
      token,
      body: '{"login":',
      headers: { 'content-type': 'application/json' },
    })
    expect(broken.body.errors).toEqual([{ pointer: '#', detail: '请求体不是合法的 JSON' }])
    const lost = await world.call('GET', '/api/nowhere')
    expect(lost).toMatchObject({ status: 404, body: { detail: '没有这个地址' } })
  })

  it.each([
    ['no JSON', '{"a":'],
    ['a bottomless nest', '['.repeat(100_000)],
    ['a prototype key', '{"__proto__":{"role":"administrator"}}'],
    ['an escaped prototype key', '{"\\u005f_proto__":1}'],
    ['a lone surrogate', '{"login":"\\ud800"}'],
    ['NUL', '{"login":"a\\u0000b"}'],
  ])('are 400 for %s', async (_, body) => {
    const answer = await world.call('POST', '/api/hedong/users', {
      token,
      body,
      headers: { 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(400)
  })

  it('are 400 for bytes that are not UTF-8 and 415 for another type', async () => {
    const gbk = await world.call('POST', '/api/hedong/users', {
      token,
      body: new Uint8Array([0x7b, 0xc0, 0xee, 0x7d]),
      headers: { 'content-type': 'application/json' },
    })
    expect(gbk.status).toBe(400)
    const form = await world.call('POST', '/api/hedong/users', {
      token,
      body: JSON.stringify(user()),
      headers: { 'content-type': 'text/plain' },
    })
    expect(form.status).toBe(415)
  })

  it('are 413 when the body is too large, whatever length they announce', async () => {
    const big = JSON.stringify({ login: 'x'.repeat(1_100_000) })
    const headers = { 'content-type': 'application/json' }
    expect((await world.call('POST', '/api/session', { body: big, headers })).status).toBe(413)
    const lying = { ...headers, 'content-length': '10' }
    expect((await world.call('POST', '/api/session', { body: big, headers: lying })).status).toBe(413)
    const chunk = new TextEncoder().encode('x'.repeat(65_536))
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.byteLength
        controller.enqueue(chunk)
      },
    })
    expect((await world.call('POST', '/api/session', { body: endless, headers })).status).toBe(413)
    expect(sent).toBeLessThan(1_400_000)
  })

  it('need a key where they create, and refuse the key for another body', async () => {
    const organisationId = (await world.call('GET', '/api/hedong/organisations', { token })).body.items[0].id
    const none = await world.call('POST', '/api/hedong/users', {
      token,
      json: user({ organisationId }),
      key: false,
    })
    expect(none).toMatchObject({ status: 400, body: { code: 'key-required' } })
    const first = await world.call('POST', '/api/hedong/users', {
      token,
      json: user({ organisationId }),
      key: 'k-1',
    })
    expect(first.status).toBe(201)
    const again = await world.call('POST', '/api/hedong/users', {
      token,
      json: user({ organisationId }),
      key: 'k-1',
    })
    expect(again).toMatchObject({ status: 201, body: first.body })
    const other = await world.call('POST', '/api/hedong/users', {
      token,
      json: user({ organisationId, login: 'wang.wu' }),
      key: 'k-1',
    })
    expect(other).toMatchObject({ status: 422, body: { code: 'key-reused' } })
    const taken = await world.call('POST', '/api/hedong/users', { token, json: user({ organisationId }) })
    expect(taken).toMatchObject({ status: 409, body: { code: 'taken' } })
  })

  it('with one key at the same time have one effect and one answer', async () => {
    const organisationId = (await world.call('GET', '/api/hedong/organisations', { token })).body.items[0].id
    const json = user({ organisationId, login: 'zhao.liu' })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.call('POST', '/api/hedong/users', { token, json, key: 'k-2' })),
    )
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
  })

  it('keep no secret in the idempotency table', async () => {
    const [rows] = await world.deps.databases
      .tenant('hedong')
      .read([{ sql: 'SELECT group_concat(request || answer) AS everything FROM idempotency', args: [] }])
    expect(String(rows?.[0]?.everything)).not.toContain('long enough')
  })

  it('from a foreign page are refused whatever they send', async () => {
    const send = (headers: Record<string, string>) => world.call('DELETE', '/api/session', { headers })
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({ origin: 'null' })).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await send({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
    expect((await send({ cookie: `session=${token}` })).status).toBe(403)
    expect((await send({ origin: 'http://localhost' })).status).toBe(204)
    expect((await send({ 'sec-fetch-site': 'same-origin' })).status).toBe(204)
  })

  it.each([
    '//livez',
    '/api//hedong/users',
    '/api/hedong%2fusers',
    '/api/hedong/..%2fusers',
    '/api/hedong/%2e%2e/users',
  ])('with the ambiguous path %s find nothing', async (path) =>
    expect((await world.call('GET', path, { token })).status).toBe(404),
  )

  it('take at most two round trips to the databases', async () => {
    world.logs.length = 0
    await world.call('GET', '/api/hedong/organisations', { token })
    await world.call('GET', '/api/hedong/policy', { token })
    await world.call('GET', '/api/hedong/users', { token })
    const organisationId = (await world.call('GET', '/api/hedong/organisations', { token })).body.items[0].id
    await world.call('POST', '/api/hedong/users', { token, json: user({ organisationId, login: 'qian.qi' }) })
    expect(world.logs.filter((line) => line.event === 'request').map((line) => line.trips)).toEqual([
      1, 1, 1, 1, 2,
    ])
  })
})

describe('the reference', () => {
  it('is an OpenAPI 3.1 document with every route', async () => {
    const { body } = await world.call('GET', '/api/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    const served = world.app.routes
      .filter(
        (route) =>
          route.method !== 'ALL' && !route.path.startsWith('/api/docs') && route.path !== '/api/openapi.json',
      )
      .map((route) => `${route.method} ${route.path}`)
    expect(new Set(served)).toEqual(new Set(described))
  })

  it('is shown by a page that loads nothing from outside', async () => {
    const page = await world.call('GET', '/api/docs')
    expect(page.status).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="https?:/)
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'")
    const script = await world.call('GET', '/api/docs/reference.js')
    expect(script.headers.get('content-type')).toContain('javascript')
    expect(String(script.body).length).toBeGreaterThan(1_000_000)
  })
})
