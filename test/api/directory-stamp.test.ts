import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../db/canonical.ts'
import { FileDatabase } from '../../db/file-database.ts'
import { type Statement, sql, text } from '../../db/statement.ts'
import { createApp } from '../../functions/app.ts'
import type { Deps } from '../../functions/deps.ts'
import { nodeDeps } from '../../functions/node.ts'
import { POLICY, personOf } from './harness.ts'
import { createProject, openPlayer, type Player } from './player.ts'

/** What a process keeps of a tenant's directory is never older than the read that uses it, whoever changed it. */

let player: Player
let other: FileDatabase
let id: string
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  id = await createProject(player)
  other = new FileDatabase(join(player.world.folder, 'tenants', 'hedong.db'))
})
afterAll(() => {
  other.close()
  player.world.close()
})

/** The parties that the person's organisation holds in the project; undefined when it may not even see it. */
const mine = async (who: string): Promise<string[] | undefined> =>
  (await player.get(who, `/projects/${id}/case`)).body.mine
const stamp = async (): Promise<string> => {
  const [rows] = await other.read([sql`SELECT stamp FROM directory_stamp`])
  return text(rows![0]!, 'stamp')
}
const organisationOf = async (party: string): Promise<string> => {
  const [rows] = await other.read([
    sql`SELECT organisation_id FROM organisation_parties WHERE party = ${party}`,
  ])
  return text(rows![0]!, 'organisation_id')
}
/** Another program on the same machine, with files, caches and statements of its own. */
const secondProcess = async (): Promise<{ deps: Deps; get: Player['get']; step: typeof player.post }> => {
  const deps = await nodeDeps({ data: player.world.folder, now: () => player.world.clock.now, log: () => {} })
  const app = createApp(() => deps)
  const call = async (method: string, who: string, path: string, json?: unknown) => {
    const answer = await app.request(`http://localhost/api/hedong${path}`, {
      method,
      headers: {
        authorization: `Bearer ${player.tokens[who]}`,
        'content-type': 'application/json',
        'idempotency-key': deps.newId(),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    })
    return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) }
  }
  return {
    deps,
    get: (who, path) => call('GET', who, path),
    step: (who, path, json = {}) => call('POST', who, path, json),
  }
}

describe('what another process changes holds in the very next request', () => {
  it('who holds a party', async () => {
    const finance = await organisationOf('finance')
    const lead = await organisationOf('lead')
    expect(await mine('finance')).toEqual(['finance'])
    await other.write([
      sql`UPDATE organisation_parties SET organisation_id = ${lead} WHERE party = 'finance'`,
      sql`INSERT INTO organisation_parties (organisation_id, party) VALUES (${finance}, 'cryptography-2')`,
    ])
    expect(await mine('finance')).toEqual([])
    expect(await mine('lead')).toContain('finance')
    await other.write([
      sql`UPDATE organisation_parties SET organisation_id = ${finance} WHERE party = 'finance'`,
      sql`DELETE FROM organisation_parties WHERE party = 'cryptography-2'`,
    ])
    expect(await mine('finance')).toEqual(['finance'])
  })

  it('which version of the policy is in force', async () => {
    const before = (await player.get('unit', `/projects/${id}`)).body.policy
    const newer = POLICY.replace(
      'title: 河东市电子政务项目建设管理办法',
      'title: 河东市数字政务项目建设管理办法',
    )
    expect(newer).not.toBe(POLICY)
    await other.write([
      sql`INSERT INTO policies (hash, effective_on, text, adopted_at)
        VALUES (${sha256(newer)}, '2026-06-01', ${newer}, '2026-06-01T00:00:00.000Z')`,
    ])
    expect((await player.get('unit', `/projects/${id}`)).body.policy).toMatchObject({
      hash: sha256(newer),
      title: '河东市数字政务项目建设管理办法',
    })
    await other.write([sql`DELETE FROM policies WHERE effective_on = '2026-06-01'`])
    expect((await player.get('unit', `/projects/${id}`)).body.policy).toEqual(before)
  })

  it('a session that ended, a person who was disabled', async () => {
    const tenant = player.tenant
    const person = await personOf(player.world, tenant, 'lead')
    const look = () => player.world.call('GET', `/api/hedong/projects/${id}/case`, { token: person.token })
    expect((await look()).status).toBe(200)
    await other.write([sql`UPDATE users SET status = 'disabled' WHERE id = ${person.userId}`])
    expect((await look()).status).toBe(401)
    await other.write([sql`UPDATE users SET status = 'active' WHERE id = ${person.userId}`])
    expect((await look()).status).toBe(200)
    await other.write([sql`DELETE FROM sessions WHERE user_id = ${person.userId}`])
    expect((await look()).status).toBe(401)
  })
})

it('two processes write the same project in turns, and a third that starts later goes on', async () => {
  const second = await secondProcess()
  const declared = await player.step('unit', id, 'declare', { materials: ['design'] })
  expect(declared).toMatchObject({ status: 200, body: { project: { version: 2 } } })
  const records = { integrated: true, sharing: true, governmentNetwork: true }
  const reviewed = await second.step('lead', `/projects/${id}/steps/preliminary-review`, {
    outcome: 'pass',
    records,
  })
  expect(reviewed).toMatchObject({ status: 200, body: { project: { version: 3 } } })
  expect((await player.get('unit', `/projects/${id}`)).body.version).toBe(3)
  const finance = await organisationOf('finance')
  const lead = await organisationOf('lead')
  const database = player.world.deps.databases.tenant('hedong')
  await database.write([
    sql`UPDATE organisation_parties SET organisation_id = ${lead} WHERE party = 'finance'`,
  ])
  expect((await second.get('finance', `/projects/${id}/case`)).status).toBe(404)
  await second.deps.databases
    .tenant('hedong')
    .write([sql`UPDATE organisation_parties SET organisation_id = ${finance} WHERE party = 'finance'`])
  expect(await mine('finance')).toEqual(['finance'])
  second.deps.databases.close()
  const third = await secondProcess()
  expect((await third.get('finance', `/projects/${id}/case`)).body).toMatchObject({
    mine: ['finance'],
    project: { version: 3 },
  })
  third.deps.databases.close()
})

it('requests that run at once, some before a change and some after it, each see one directory', async () => {
  const lead = await organisationOf('lead')
  const finance = await organisationOf('finance')
  for (const holder of [lead, finance, lead, finance]) {
    const early = Array.from({ length: 8 }, () => mine('finance'))
    await other.write([
      sql`UPDATE organisation_parties SET organisation_id = ${holder} WHERE party = 'finance'`,
    ])
    const late = await Promise.all(Array.from({ length: 8 }, () => mine('finance')))
    for (const seen of await Promise.all(early)) expect([undefined, ['finance']]).toContainEqual(seen)
    for (const seen of late) expect(seen).toEqual(holder === finance ? ['finance'] : undefined)
  }
})

describe('the stamp', () => {
  const changes: Record<string, Statement[]> = {
    policies: [
      sql`INSERT INTO policies (hash, effective_on, text, adopted_at) VALUES (${'0'.repeat(64)}, '1999-01-01', '', '')`,
      sql`UPDATE policies SET effective_on = '1999-01-02' WHERE effective_on = '1999-01-01'`,
      sql`DELETE FROM policies WHERE effective_on = '1999-01-02'`,
    ],
    organisation_parties: [
      sql`INSERT INTO organisation_parties (organisation_id, party) SELECT min(id), 'x' FROM organisations`,
      sql`UPDATE organisation_parties SET party = 'y' WHERE party = 'x'`,
      sql`DELETE FROM organisation_parties WHERE party = 'y'`,
    ],
    unit_parties: [
      sql`INSERT INTO unit_parties (unit_id, party, organisation_id) SELECT min(id), 'x', min(id) FROM organisations`,
      sql`UPDATE unit_parties SET party = 'y' WHERE party = 'x'`,
      sql`DELETE FROM unit_parties WHERE party = 'y'`,
    ],
    announcements: [
      sql`INSERT INTO announcements (step, year, to_on) VALUES ('x', 2026, '2026-01-01')`,
      sql`UPDATE announcements SET to_on = '2026-01-02' WHERE step = 'x'`,
      sql`DELETE FROM announcements WHERE step = 'x'`,
    ],
  }
  it.each(Object.entries(changes))('is another after each change of %s', async (_table, statements) => {
    const seen = [await stamp()]
    for (const statement of statements) {
      await other.write([statement])
      seen.push(await stamp())
    }
    expect(new Set(seen).size).toBe(4)
  })

  it('stays while projects are written', async () => {
    const before = await stamp()
    await createProject(player)
    expect(await stamp()).toBe(before)
  })

  it('differs from tenant to tenant, whatever they hold', async () => {
    const second = await openPlayer('2026-06-15')
    const [rows] = await second.world.deps.databases
      .tenant('hedong')
      .read([sql`SELECT stamp FROM directory_stamp`])
    expect(text(rows![0]!, 'stamp')).not.toBe(await stamp())
    second.world.close()
  })
})
