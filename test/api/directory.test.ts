import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASSWORD, personOf } from './harness.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

const signIn = (login: string, password: string) =>
  player.world.call('POST', '/api/session', { json: { tenant: 'hedong', login, password } })
const patch = (who: string, id: string, version: number | string, json: object) =>
  player.world.call('PATCH', `/api/hedong/users/${id}`, {
    token: player.tokens[who],
    json,
    headers: { 'if-match': `"${version}"` },
  })

describe('the directory', () => {
  let organisation: string
  let user: string

  it('takes in the real units', async () => {
    const wrong = await player.post('administrator', '/organisations', {
      name: '市图书馆',
      parties: ['unit', 'king'],
    })
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/parties', detail: expect.stringContaining('king') }] },
    })
    const added = await player.post('administrator', '/organisations', {
      name: '市图书馆',
      parties: ['unit'],
    })
    expect(added).toMatchObject({ status: 201, body: { name: '市图书馆', parties: ['unit'] } })
    organisation = added.body.id
    expect(
      await player.post('administrator', '/organisations', { name: '市图书馆', parties: ['unit'] }),
    ).toMatchObject({ status: 409 })
  })

  it('and their people, who then act for them', async () => {
    const person = {
      login: 'librarian',
      name: '馆员',
      role: 'handler',
      organisationId: organisation,
      password: 'first password',
    }
    const added = await player.post('administrator', '/users', person)
    expect(added).toMatchObject({ status: 201, body: { version: 1, status: 'active' } })
    expect(JSON.stringify(added.body)).not.toContain('password')
    user = added.body.id
    const { body } = await signIn('librarian', 'first password')
    player.tokens.librarian = body.token
    const id = await createProject(player, 'librarian')
    expect((await player.get('librarian', '/projects')).body.items).toMatchObject([
      { id, organisationId: organisation },
    ])
    expect((await player.get('unit', `/projects/${id}`)).status).toBe(404)
    expect((await player.get('librarian', '/users')).body.items).toMatchObject([{ login: 'librarian' }])
    expect((await player.get('administrator', '/users?limit=200')).body.items.length).toBeGreaterThan(5)
  })

  it('lets a person change the password, which ends the other sessions', async () => {
    const other = (await signIn('librarian', 'first password')).body.token
    const change = (old: string) =>
      player.world.call('PUT', '/api/hedong/me/password', {
        token: player.tokens.librarian,
        json: { old, new: 'second password' },
      })
    expect((await change('wrong password')).status).toBe(401)
    expect((await change('first password')).status).toBe(204)
    expect((await player.world.call('GET', '/api/me', { token: other })).status).toBe(401)
    expect((await player.get('librarian', '/todos')).status).toBe(200)
    expect((await signIn('librarian', 'first password')).status).toBe(401)
  })

  it('is changed by whoever has read the newest version, and what is ended ends at once', async () => {
    expect(await patch('administrator', user, 0, { role: 'head' })).toMatchObject({ status: 412 })
    expect(await patch('administrator', user, 1, {})).toMatchObject({ status: 400 })
    expect(await patch('administrator', user, 1, { role: 'head' })).toMatchObject({
      status: 200,
      body: { role: 'head', version: 2 },
    })
    expect(await patch('administrator', user, 2, { password: 'third password' })).toMatchObject({
      status: 200,
    })
    expect((await player.get('librarian', '/todos')).status).toBe(401)
    const again = await signIn('librarian', 'third password')
    player.tokens.librarian = again.body.token
    expect(await patch('administrator', user, 3, { status: 'disabled' })).toMatchObject({
      status: 200,
      body: { version: 4 },
    })
    expect((await player.get('librarian', '/todos')).status).toBe(401)
    expect((await signIn('librarian', 'third password')).status).toBe(401)
  })

  it('keeps an administrator', async () => {
    const admins = (await player.get('administrator', '/users?limit=200')).body.items.filter(
      (one: { role: string }) => one.role === 'administrator',
    )
    const first = admins.find((one: { login: string }) => one.login === 'admin')
    const [own] = admins.filter((one: { login: string }) => one.login !== 'admin')
    expect(await patch('administrator', first.id, first.version, { status: 'disabled' })).toMatchObject({
      status: 200,
    })
    expect(await patch('administrator', own.id, own.version, { role: 'handler' })).toMatchObject({
      status: 409,
    })
    expect((await signIn('admin', PASSWORD)).status).toBe(401)
    const { token } = await personOf(player.world, player.tenant, 'lead', 'administrator')
    expect((await player.world.call('GET', '/api/me', { token })).status).toBe(200)
  })
})
