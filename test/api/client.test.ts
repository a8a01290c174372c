import { hc } from 'hono/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AppType } from '../../functions/app.ts'
import { FACTS, openPlayer, type Player } from './player.ts'

let player: Player
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
})
afterAll(() => player.world.close())

it('is typed from the routes: a client needs no types of its own', async () => {
  const client = hc<AppType>('http://localhost', {
    fetch: (input: RequestInfo | URL, init?: RequestInit) => player.world.app.request(input as string, init),
    headers: { authorization: `Bearer ${player.tokens.unit}`, 'idempotency-key': 'client' },
  })
  const tenant = 'hedong'
  const created = await client.api[':tenant'].projects.$post({
    param: { tenant },
    json: { title: '智慧停车平台', facts: FACTS },
  })
  if (created.status !== 201) throw new Error(await created.text())
  const { project } = await created.json()
  const version: number = project.version
  expect(version).toBe(1)
  const list = await client.api[':tenant'].projects.$get({ param: { tenant }, query: { limit: '5' } })
  if (list.status !== 200) throw new Error(await list.text())
  const [item] = (await list.json()).items
  const estimate: number | null | undefined = item?.estimateFen
  expect(estimate).toBe(600_000_000)
  const seen = await client.api[':tenant'].projects[':id'].case.$get({ param: { tenant, id: project.id } })
  if (seen.status !== 200) throw new Error(await seen.text())
  const { steps, mine } = await seen.json()
  const state: 'excluded' | 'blocked' | 'open' | 'done' | undefined = steps.find(
    (one) => one.id === 'declare',
  )?.state
  expect([state, mine]).toEqual(['open', ['unit']])
  const refused = await client.api[':tenant'].projects[':id'].steps[':step'].$post(
    { param: { tenant, id: project.id, step: 'declare' }, json: {} },
    { headers: { 'idempotency-key': 'client-2' } },
  )
  if (refused.status !== 422) throw new Error(await refused.text())
  const { findings = [] } = await refused.json()
  const articles: string[] = findings.flatMap((finding) => finding.article)
  expect(articles).toContain('第九条第二款')
})
