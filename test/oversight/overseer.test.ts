import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPlatform, openWorld, PASSWORD, personOf, type World } from '../api/harness.ts'
import { handMade, overseers } from './hand-made.ts'
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

/** Every project that a query lists, page by page. */
async function listed(who: string, query: string, limit = 2): Promise<{ id: string; title: string }[]> {
  const items: { id: string; title: string }[] = []
  for (let after = ''; ; ) {
    const page = await get(who, `projects?limit=${limit}${after}${query && `&${query}`}`)
    expect(page.status).toBe(200)
    items.push(...page.body.items)
    if (page.body.next === null) return items
    after = `&after=${encodeURIComponent(page.body.next)}`
  }
}
const titles = async (who: string, query = ''): Promise<Set<string>> =>
  new Set((await listed(who, query)).map(({ title }) => title))

describe('who sees what', () => {
  it.each([
    ['jiangsu', ['gulou', 'tianning', 'changshu', 'lianyungang'], '甲乙丙丁戊'],
    ['anhui', ['zone', 'luan'], '己'],
    ['henan', ['jiyuan'], ''],
    ['changzhou', ['tianning'], '甲乙'],
    ['county', [], ''],
  ])('%s sees the jurisdictions below, by stated superior and by code', async (who, places, projects) => {
    const summary = await get(who, 'summary')
    expect(summary.status).toBe(200)
    expect(summary.body.byJurisdiction.map((one: { id: string }) => one.id)).toEqual(places)
    expect(summary.body.freshness.map((one: { jurisdiction: string }) => one.jurisdiction)).toEqual(places)
    expect(summary.body.total.projects).toBe(projects.length)
    expect(await titles(who)).toEqual(new Set(projects))
  })

  it('is narrowed to a jurisdiction or to all below a division, and finds nothing beyond', async () => {
    expect(await titles('jiangsu', 'jurisdiction=tianning')).toEqual(new Set('甲乙'))
    expect(await titles('jiangsu', 'jurisdiction=320400')).toEqual(new Set('甲乙'))
    expect(await titles('jiangsu', 'jurisdiction=320700')).toEqual(new Set('丙丁戊'))
    for (const path of ['summary', 'projects', 'policies'])
      for (const beyond of ['luan', '341500', '340000', 'nowhere', '329900'])
        expect((await get('jiangsu', `${path}?jurisdiction=${beyond}`)).status).toBe(404)
  })

  it('finds projects by their name or their unit, never beyond', async () => {
    const [first] = await listed('jiangsu', 'jurisdiction=lianyungang')
    expect(await titles('jiangsu', `word=${encodeURIComponent(first!.title)}`)).toEqual(
      new Set([first!.title]),
    )
    expect(await titles('jiangsu', `word=${encodeURIComponent('己')}`)).toEqual(new Set())
    expect(await titles('jiangsu', 'word=%25')).toEqual(new Set())
    expect((await get('jiangsu', 'projects?word=%20')).status).toBe(400)
    const { organisation } = (await get('jiangsu', 'projects?limit=1')).body.items[0]
    const byUnit = (await get('jiangsu', `projects?word=${encodeURIComponent(organisation)}`)).body.items
    expect(new Set(byUnit.map((one: { organisation: string }) => one.organisation))).toEqual(
      new Set([organisation]),
    )
  })

  it('lists them by an amount, either way, page by page; what is not known comes below every amount', async () => {
    const amounts = async (order: string): Promise<(number | null)[]> =>
      (
        (await listed('jiangsu', `order=${order}`, 2)) as unknown as {
          amounts: Record<string, number | null>
        }[]
      ).map((one) => one.amounts[order.replace('-', '')] ?? null)
    for (const basis of ['estimate', 'approved', 'budget', 'contract', 'paid']) {
      const up = await amounts(basis)
      expect(up).toHaveLength(5)
      expect(up).toEqual(up.toSorted((a, b) => (a ?? -1) - (b ?? -1)))
      expect(await amounts(`-${basis}`)).toEqual(up.toReversed())
    }
    const largest = async (query: string) =>
      (await listed('jiangsu', `order=-estimate&${query}`, 1)).map(({ title }) => title)
    expect((await largest(''))[0]).toBe('丙')
    expect(new Set(await largest('jurisdiction=tianning'))).toEqual(new Set('甲乙'))
    const { next } = (await get('jiangsu', 'projects?order=-estimate&limit=2')).body
    expect((await get('jiangsu', `projects?after=${next}`)).status).toBe(400)
  })

  it('is nobody else, and nothing can be written', async () => {
    await addPlatform(world, { login: 'boss', name: '平台', role: 'platform-administrator' })
    const boss = (await world.call('POST', '/api/session', { json: { login: 'boss', password: PASSWORD } }))
      .body
    const { token } = await personOf(world, scribes.get('luan')!.tenant, 'lead')
    for (const path of ['/api/oversight/summary', '/api/oversight/projects', '/api/oversight/policies']) {
      expect((await world.call('GET', path)).status).toBe(401)
      expect((await world.call('GET', path, { token })).status).toBe(404)
      expect((await world.call('GET', path, { token: boss.token })).status).toBe(403)
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        expect(
          (await world.call(method, path, { token: tokens.jiangsu, json: { title: '甲', facts: {} } }))
            .status,
        ).toBe(404)
    }
    for (const bad of [
      'year=20x',
      'limit=0',
      'limit=1000',
      'on=2026-02-30',
      'after=x',
      'unknown=1',
      'known=everything',
      'order=title',
    ])
      expect((await get('jiangsu', `projects?${bad}`)).status).toBe(400)
  })
})

describe('policies compared', () => {
  const ids = (body: { jurisdictions: { id: string }[] }) => body.jurisdictions.map(({ id }) => id)

  it('are those in force on the day, of the jurisdictions below alone, some at a time', async () => {
    const all = (await get('jiangsu', 'policies')).body
    expect(ids(all)).toEqual(['gulou', 'tianning', 'changshu', 'lianyungang'])
    expect(all.next).toBeNull()
    const window = all.rows.find((row: { key: string; aspect: string }) => row.aspect === 'window')
    expect(new Set(Object.keys(window.cells))).toEqual(new Set(ids(all)))
    expect(window.cells.gulou[0].article.length).toBeGreaterThan(0)
    const first = (await get('jiangsu', 'policies?limit=3')).body
    const rest = (await get('jiangsu', `policies?limit=3&after=${encodeURIComponent(first.next)}`)).body
    expect([...ids(first), ...ids(rest)]).toEqual(ids(all))
    expect(rest.next).toBeNull()
  })

  it('leaves a jurisdiction without a column of rules before its policy begins', async () => {
    const { body } = await get('changzhou', 'policies?on=1999-01-01')
    expect(body.jurisdictions).toMatchObject([{ id: 'tianning', policy: null }])
    expect(body.rows).toEqual([])
  })
})

describe('the numbers', () => {
  const wan = (amount: number): number => amount * 1_000_000
  const known = (fen: number, projects: number) => ({ fen: wan(fen), projects })
  const nothing = known(0, 0)

  it('are those of the projects, held against the day asked about', async () => {
    const { body } = await get('jiangsu', 'summary?on=2028-01-15')
    expect(body.total).toEqual({
      projects: 5,
      amounts: {
        estimate: known(1480, 5),
        approved: known(1160, 2),
        budget: known(1120, 2),
        contract: known(550, 1),
        paid: known(165, 1),
      },
      overdue: { obligations: 4, projects: 3 },
    })
    const rows = (list: Record<string, unknown>[], key: string) =>
      list.map((one) => [one[key], one.projects, (one.overdue as { obligations: number }).obligations])
    expect(rows(body.byJurisdiction, 'id')).toEqual([
      ['gulou', 0, 0],
      ['tianning', 2, 2],
      ['changshu', 0, 0],
      ['lianyungang', 3, 2],
    ])
    expect(rows(body.byStage, 'stage')).toEqual([
      ['declaration', 1, 0],
      ['review', 1, 1],
      ['procurement', 1, 1],
      ['implementation', 1, 2],
      ['closed', 1, 0],
    ])
    expect(rows(body.byCategory, 'category')).toEqual([
      ['construction', 2, 3],
      [null, 3, 1],
    ])
    expect(rows(body.byYear, 'year')).toEqual([
      [2027, 4, 4],
      [2028, 1, 0],
    ])
    expect(body.byCategory[1].amounts).toEqual({
      estimate: known(180, 3),
      approved: nothing,
      budget: nothing,
      contract: nothing,
      paid: nothing,
    })
    // 丁 was declared after five days and rejected after fifteen; 甲 and 丙 were reviewed in 26 and listed in 162 days.
    expect(body.stages).toEqual([
      { stage: 'declaration', medianDays: 5, stays: 1, projects: 1 },
      { stage: 'review', medianDays: 26, stays: 3, projects: 3 },
      { stage: 'planning', medianDays: 162, stays: 2, projects: 2 },
      { stage: 'procurement', medianDays: 71, stays: 1, projects: 1 },
    ])
    expect((await get('jiangsu', 'summary?on=2027-10-01')).body.total.overdue).toEqual({
      obligations: 1,
      projects: 1,
    })
    expect((await get('jiangsu', 'summary')).body.total.overdue).toEqual({ obligations: 0, projects: 0 })
    const narrowed = (await get('jiangsu', 'summary?category=construction&jurisdiction=lianyungang')).body
    expect(narrowed.total.amounts.estimate).toEqual(known(700, 1))
    expect(narrowed.stages.map((one: { stage: string }) => one.stage)).toEqual([
      'review',
      'planning',
      'procurement',
    ])
  })

  it('lead each to its list', async () => {
    const on = 'on=2028-01-15'
    const { body } = await get('jiangsu', `summary?${on}`)
    const groups: [string, typeof body.total][] = [
      ['', body.total],
      ...body.byJurisdiction.map((one: { id: string }) => [`jurisdiction=${one.id}`, one]),
      ...body.byStage.map((one: { stage: string }) => [`stage=${one.stage}`, one]),
      ...body.byCategory.map((one: { category: string | null }) => [
        `category=${one.category ?? 'none'}`,
        one,
      ]),
      ...body.byYear.map((one: { year: number | null }) => [`year=${one.year ?? 'none'}`, one]),
    ]
    for (const [query, group] of groups) {
      expect(await listed('jiangsu', query), query).toHaveLength(group.projects)
      expect(await listed('jiangsu', `${query}&overdue=true&${on}`), query).toHaveLength(
        group.overdue.projects,
      )
      for (const basis of Object.keys(group.amounts))
        expect(await listed('jiangsu', `${query}&known=${basis}`)).toHaveLength(group.amounts[basis].projects)
    }
    for (const { stage, projects } of body.stages)
      expect(await listed('jiangsu', `passed=${stage}`)).toHaveLength(projects)
  })

  it('tell of each project what the list shows', async () => {
    const [only] = (await get('jiangsu', 'projects?stage=implementation&on=2028-01-15')).body.items
    expect(only).toMatchObject({
      jurisdiction: 'lianyungang',
      jurisdictionName: '连云港',
      division: '320700',
      title: '丙',
      organisation: '项目建设单位一',
      category: 'construction',
      categoryTitle: '建设计划',
      nature: 'new',
      year: 2027,
      amounts: {
        estimate: wan(700),
        approved: wan(580),
        budget: wan(560),
        contract: wan(550),
        paid: wan(165),
      },
      openedOn: '2026-06-15',
      endedOn: null,
      ended: null,
      overdue: 2,
      nextDueOn: '2027-09-30',
    })
    const [ended] = (await get('jiangsu', 'projects?stage=closed')).body.items
    expect(ended).toMatchObject({
      title: '丁',
      endedOn: '2026-07-05',
      ended: 'rejected',
      amounts: { approved: null },
    })
  })

  it('take two round trips', async () => {
    world.logs.length = 0
    await get('jiangsu', 'summary?year=2027')
    await get('jiangsu', 'projects?year=2027&overdue=true&passed=review')
    await get('jiangsu', 'projects?order=-estimate')
    await get('jiangsu', 'policies')
    const [one] = (await get('jiangsu', 'projects?jurisdiction=lianyungang')).body.items
    const { policy } = (await get('jiangsu', `projects/lianyungang/${one.id}/dues`)).body
    await get('jiangsu', `policies/lianyungang/${policy}`)
    const article = encodeURIComponent('第八条第二款')
    expect((await get('jiangsu', `policies/lianyungang/${policy}/articles/${article}`)).status).toBe(200)
    const requests = world.logs.filter(({ event }) => event === 'request')
    expect(requests.map(({ trips }) => trips)).toEqual([2, 2, 2, 2, 2, 2, 1, 2])
  })
})
