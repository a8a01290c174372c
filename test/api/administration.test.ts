import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from '../../functions/jobs/sweep.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

const send = (method: string, who: string, path: string, json?: object, version?: number) =>
  player.world.call(method, `/api/hedong${path}`, {
    token: player.tokens[who],
    json,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  })
const signIn = (login: string, password: string) =>
  player.world.call('POST', '/api/session', { json: { tenant: 'hedong', login, password } })
const organisation = async (party: string) =>
  (await player.get('administrator', '/organisations?limit=200')).body.items.find(
    (one: { parties: string[] }) => one.parties.includes(party),
  )

describe('an organisation', () => {
  it('is renamed and means the same where facts say its former name', async () => {
    const finance = await organisation('finance')
    const project = await createProject(player, 'unit', {
      crossLevel: true,
      superiorDepartment: finance.name,
    })
    const renamed = await send(
      'PATCH',
      'administrator',
      `/organisations/${finance.id}`,
      { name: '市财政和国资局' },
      0,
    )
    expect(renamed).toMatchObject({ status: 200, body: { name: '市财政和国资局', version: 1 } })
    expect(
      (await send('PATCH', 'administrator', `/organisations/${finance.id}`, { name: '又一名' }, 0)).status,
    ).toBe(412)
    await sweep(player.world.deps)
    const before = await derivedContent(player.world.deps, 'hedong')
    await rebuildTenant(player.world.deps, 'hedong')
    expect(await derivedContent(player.world.deps, 'hedong')).toEqual(before)
    expect((await player.get('finance', `/projects/${project}`)).status).toBe(200)
    expect((await player.get('finance', '/notices')).body.items).toEqual([])
  })

  it('takes a party over, and the to-dos go with it', async () => {
    const approver = await organisation('approver')
    const finance = await organisation('finance')
    const alone = await send(
      'PATCH',
      'administrator',
      `/organisations/${approver.id}`,
      { parties: ['audit'] },
      0,
    )
    expect(alone).toMatchObject({ status: 409, body: { errors: [{ pointer: '#/parties' }] } })
    const more = [...finance.parties, 'lead']
    const both = await send(
      'PATCH',
      'administrator',
      `/organisations/${finance.id}`,
      { parties: more },
      finance.version,
    )
    expect(both).toMatchObject({ status: 200, body: { parties: more } })
    const project = await createProject(player)
    await player.step('unit', project, 'declare', { materials: ['design'] })
    const reviews = (await player.get('finance', '/todos')).body.items
    expect(reviews).toContainEqual(expect.objectContaining({ step: 'preliminary-review' }))
    expect((await player.get('finance', '/notices')).body.items).toMatchObject([{ category: 'received' }])
    await send(
      'PATCH',
      'administrator',
      `/organisations/${finance.id}`,
      { parties: finance.parties },
      both.body.version,
    )
    await sweep(player.world.deps)
    expect((await player.get('finance', '/todos')).body.items).not.toContainEqual(
      expect.objectContaining({ step: 'preliminary-review' }),
    )
    // What was told stays told, also when the tables are made again.
    const before = await derivedContent(player.world.deps, 'hedong')
    await rebuildTenant(player.world.deps, 'hedong')
    expect(await derivedContent(player.world.deps, 'hedong')).toEqual(before)
    expect((await player.get('finance', '/notices')).body.items).toMatchObject([{ category: 'received' }])
  })

  it('stays a unit while it has projects', async () => {
    const unit = player.tenant.organisations.find((one) => one.parties.includes('unit'))!
    const answer = await send(
      'PATCH',
      'administrator',
      `/organisations/${unit.id}`,
      { parties: ['audit'] },
      0,
    )
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('项目') } })
  })
})

describe('a list of units', () => {
  const lines = ['市图书馆', '', '市博物馆 ', '市图书馆', '市财政和国资局', `市${'长'.repeat(120)}局`]

  it('is judged line by line and not taken in by half', async () => {
    const problems = [
      { line: 4, name: '市图书馆', code: 'twice' },
      { line: 5, name: '市财政和国资局', code: 'taken' },
      { line: 6, code: 'too-long' },
    ]
    const tried = await send('POST', 'administrator', '/organisations/import', { lines, dryRun: true })
    expect(tried).toMatchObject({ status: 200, body: { units: 2, problems, added: false } })
    const meant = await send('POST', 'administrator', '/organisations/import', { lines })
    expect(meant.body).toMatchObject({ problems, added: false })
    const names = (await player.get('administrator', '/organisations?limit=200')).body.items.map(
      (one: { name: string }) => one.name,
    )
    expect(names).not.toContain('市博物馆')
  })

  it('is taken in whole', async () => {
    const good = lines.slice(0, 3)
    expect(
      (await send('POST', 'administrator', '/organisations/import', { lines: good })).body,
    ).toMatchObject({
      units: 2,
      added: true,
    })
    const items = (await player.get('administrator', '/organisations?limit=200')).body.items
    expect(items).toContainEqual(expect.objectContaining({ name: '市博物馆', parties: ['unit'], version: 1 }))
    expect((await send('POST', 'administrator', '/organisations/import', { lines: [' '] })).status).toBe(400)
  })
})

describe('a person', () => {
  it('moves to another organisation and acts for that one', async () => {
    const audit = await organisation('audit')
    const cryptography = await organisation('cryptography')
    const added = await player.post('administrator', '/users', {
      login: 'mover',
      name: '调动人员',
      role: 'handler',
      organisationId: audit.id,
      password: 'first password',
    })
    const moved = await send(
      'PATCH',
      'administrator',
      `/users/${added.body.id}`,
      { organisationId: cryptography.id },
      1,
    )
    expect(moved).toMatchObject({ status: 200, body: { organisationId: cryptography.id } })
    const { body } = await signIn('mover', 'first password')
    const me = await player.world.call('GET', '/api/me', { token: body.token })
    expect(me.body.organisation.parties).toContain('cryptography')
    const nowhere = '00000000-0000-7000-8000-000000000000'
    expect(
      await send('PATCH', 'administrator', `/users/${added.body.id}`, { organisationId: nowhere }, 2),
    ).toMatchObject({ status: 400, body: { errors: [{ pointer: '#/organisationId' }] } })
  })
})

describe('sign-ins', () => {
  it('are recorded, with what failed and how sessions ended, for administrator and auditor', async () => {
    const one = (await signIn('mover', 'first password')).body.token
    const two = (await signIn('mover', 'first password')).body.token
    expect((await signIn('mover', 'wrong password')).status).toBe(401)
    expect((await signIn('first password', 'typed into the wrong field')).status).toBe(401)
    const own = await player.world.call('GET', '/api/hedong/me/sessions', { token: one })
    expect(own.body.items).toHaveLength(3)
    expect(own.body.items.filter((session: { current: boolean }) => session.current)).toHaveLength(1)
    expect((await player.world.call('DELETE', '/api/hedong/me/sessions', { token: one })).status).toBe(204)
    expect((await player.world.call('GET', '/api/me', { token: two })).status).toBe(401)
    expect((await player.world.call('GET', '/api/me', { token: one })).status).toBe(200)
    await player.world.call('DELETE', '/api/session', { token: one })
    for (const who of ['administrator', 'auditor']) {
      const { body } = await player.get(who, '/sign-ins?limit=20')
      expect(body.items.map((record: { kind: string }) => record.kind)).toEqual([
        'signed-out',
        'ended-elsewhere',
        'ended-elsewhere',
        'wrong',
        'wrong',
        'signed-in',
        'signed-in',
        'signed-in',
      ])
      expect(body.items[0]).toMatchObject({ user: { login: 'mover', name: '调动人员' } })
      // What was typed as a login that nobody has may be a password.
      expect(body.items[3].user).toBeNull()
      expect(JSON.stringify(body)).not.toContain('first password')
    }
    expect((await player.get('unit', '/sign-ins')).body.items).toEqual([])
    const filtered = await player.get(
      'auditor',
      `/sign-ins?limit=3&user=${(await player.get('auditor', '/sign-ins')).body.items[0].user.id}`,
    )
    expect(filtered.body.items).toHaveLength(3)
    expect(filtered.body.next).not.toBeNull()
  })

  it('keep only the first refusal of a series of guesses', async () => {
    for (let i = 0; i < 9; i++) await signIn('admin', `guess number ${i}`)
    const { body } = await player.get('auditor', '/sign-ins?limit=50')
    const kinds = body.items.map((record: { kind: string }) => record.kind)
    expect(kinds.filter((kind: string) => kind === 'too-many')).toHaveLength(1)
  })

  it('that run out are recorded by the sweep', async () => {
    await player.world.deps.databases.tenant('hedong').write([
      {
        sql: "UPDATE sessions SET ends_at = '2026-01-01' WHERE user_id = (SELECT id FROM users WHERE login = 'admin')",
        args: [],
      },
    ])
    const { body } = await signIn('mover', 'first password')
    await player.world.deps.databases.tenant('hedong').write([
      {
        sql: "UPDATE sessions SET ends_at = '2026-01-01' WHERE user_id = (SELECT id FROM users WHERE login = 'mover')",
        args: [],
      },
    ])
    expect((await player.world.call('GET', '/api/me', { token: body.token })).status).toBe(401)
    await sweep(player.world.deps)
    expect((await player.get('auditor', '/sign-ins')).body.items[0]).toMatchObject({
      kind: 'expired',
      user: { login: 'mover' },
    })
  })
})

describe('a draft', () => {
  it('goes on at another desk; who saves on an old copy is told', async () => {
    const begun = await player.post('unit', '/drafts', { kind: 'declaration', title: '', content: {} })
    expect(begun).toMatchObject({ status: 201, body: { version: 1 } })
    expect(begun.headers.get('etag')).toBe('"1"')
    const { id } = begun.body
    const first = await send(
      'PUT',
      'unit',
      `/drafts/${id}`,
      { title: '智慧公园', content: { facts: { estimate: '80万元' } } },
      1,
    )
    expect(first).toMatchObject({ status: 200, body: { version: 2 } })
    const late = await send('PUT', 'unit', `/drafts/${id}`, { title: '旧稿', content: {} }, 1)
    expect(late).toMatchObject({ status: 412, body: { code: 'stale' } })
    expect((await player.get('unit', `/drafts/${id}`)).body).toMatchObject({
      title: '智慧公园',
      content: { facts: { estimate: '80万元' } },
      version: 2,
    })
    expect((await player.get('other-unit', `/drafts/${id}`)).status).toBe(404)
    expect((await player.get('unit', '/workbench')).body.drafts).toBe(1)
    const long = { title: '', content: { text: 'x'.repeat(70_000) } }
    expect((await send('PUT', 'unit', `/drafts/${id}`, long, 2)).status).toBe(413)
    expect((await send('DELETE', 'unit', `/drafts/${id}`)).status).toBe(204)
    expect((await player.get('unit', '/drafts')).body.items).toEqual([])
  })
})
