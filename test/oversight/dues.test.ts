import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { nodeDeps } from '../../functions/node.ts'
import { feedOversight } from '../../functions/services/oversight/feed-oversight.ts'
import { catchUp } from '../../functions/services/oversight/rebuild-oversight.ts'
import { openWorld, personOf, type World } from '../api/harness.ts'
import { NO_ID } from '../api/hostile/kinds.ts'
import { handMade, overseers } from './hand-made.ts'
import { contentOf } from './province.ts'
import type { Scribe } from './scribe.ts'

let world: World
let scribes: Map<string, Scribe>
let tokens: Record<string, string>
beforeAll(async () => {
  world = await openWorld('2026-06-15')
  scribes = await handMade(world)
  tokens = await overseers(world)
})
afterAll(() => world.close())

const get = (who: string, path: string) => world.call('GET', `/api/oversight/${path}`, { token: tokens[who] })

describe('why something is due', () => {
  const ofTitle = async (title: string) =>
    (await get('jiangsu', `projects?word=${encodeURIComponent(title)}`)).body.items[0]
  const dues = async (title: string, place = 'lianyungang') =>
    (await get('jiangsu', `projects/${place}/${(await ofTitle(title)).id}/dues`)).body

  it('goes up with the due day: the rule in words, its article, the day it runs from, the version', async () => {
    const { policy, items } = await dues('丙')
    const days = items.map((one: { dueOn: string }) => one.dueOn)
    expect(days).toEqual([...days].sort())
    const acceptance = items.find((one: { dueOn: string }) => one.dueOn === '2027-09-30')
    expect(acceptance).toMatchObject({
      provisional: false,
      parties: ['unit', 'lead'],
      reason: { facts: { agreedAcceptanceOn: '2027-09-30' } },
    })
    expect(acceptance.reason.message).toBe('按「合同约定的验收日」')
    for (const { reason } of items) {
      expect(reason.message).not.toBe('')
      expect(reason.article.length).toBeGreaterThan(0)
    }
    const version = (await get('jiangsu', `policies/lianyungang/${policy}`)).body
    expect(version).toMatchObject({ hash: policy, effectiveOn: '2021-08-06' })
    expect(Object.keys(version.document.coverage).length).toBeGreaterThan(0)
  })

  it('opens with the words of the article, once the jurisdiction has given them', async () => {
    const { policy } = await dues('丙')
    const path = `policies/lianyungang/${policy}/articles/${encodeURIComponent('第八条第二款')}`
    expect((await get('jiangsu', path)).body).toMatchObject({ hash: policy, given: null, paragraphs: null })
    const administrator = await personOf(world, scribes.get('lianyungang')!.tenant, 'lead', 'administrator')
    const given = await world.call('PUT', '/api/lianyungang/policy/text', {
      token: administrator.token,
      key: 'words',
      json: {
        hash: policy,
        text: '第一条　为管好项目,制定本办法。\n第八条　应当申报。\n逾期不报的不列入计划。\n第九条　另行规定。',
      },
    })
    expect(given).toMatchObject({ status: 200, body: { given: true } })
    expect((await get('jiangsu', path)).body).toMatchObject({
      unit: '第八条',
      paragraphs: ['应当申报。', '逾期不报的不列入计划。'],
      meant: [1],
    })
  })

  it('is told of jurisdictions below and of projects that are there, to nobody else', async () => {
    const { id } = await ofTitle('丙')
    const { policy } = await dues('丙')
    const { token } = await personOf(world, scribes.get('luan')!.tenant, 'lead')
    const article = encodeURIComponent('第八条第一款')
    for (const path of [
      `projects/lianyungang/${id}/dues`,
      `policies/lianyungang/${policy}`,
      `policies/lianyungang/${policy}/articles/${article}`,
    ]) {
      expect((await get('anhui', path)).status).toBe(404)
      expect((await world.call('GET', `/api/oversight/${path}`)).status).toBe(401)
      expect((await world.call('GET', `/api/oversight/${path}`, { token })).status).toBe(404)
    }
    for (const path of [
      `projects/tianning/${id}/dues`,
      `projects/320700/${id}/dues`,
      `projects/lianyungang/${NO_ID}/dues`,
      `policies/lianyungang/${'0'.repeat(64)}`,
      `policies/320700/${policy}`,
      `policies/lianyungang/${'0'.repeat(64)}/articles/${article}`,
      `policies/lianyungang/${policy}/articles/${encodeURIComponent('某条')}`,
    ])
      expect((await get('jiangsu', path)).status, path).toBe(404)
    const secret = [...scribes.get('lianyungang')!.projects.values()].find(({ state }) => state.facts.secret)!
    expect((await get('jiangsu', `projects/lianyungang/${secret.id}/dues`)).status).toBe(404)
  })
})

it('a read model from before the reasons of due days has them after the next pull, without reading a log anew', async () => {
  await catchUp({ ...world.deps, log: () => {} })
  const content = await contentOf(world.deps.databases.oversight())
  expect(content).toContain('agreedAcceptanceOn')
  await world.deps.databases.oversight().write([
    sql`ALTER TABLE projects DROP COLUMN policy_hash`,
    sql`ALTER TABLE obligations DROP COLUMN reason`,
    ...['estimate', 'approved', 'budget', 'contract', 'paid'].map((basis) => ({
      sql: `DROP INDEX projects_by_${basis}`,
      args: [],
    })),
    sql`DELETE FROM migrations WHERE name IN ('0002-due-reasons', '0003-orders')`,
  ])
  world.deps.databases.close()
  world.deps = await nodeDeps({
    data: world.folder,
    now: () => world.clock.now,
    log: (line) => world.logs.push(line),
  })
  for (const fed of await feedOversight(world.deps))
    expect(fed).toMatchObject({ applied: 0, state: 'current' })
  expect(await contentOf(world.deps.databases.oversight())).toBe(content)
})
