import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, FACTS, openPlayer, type Player } from './player.ts'
import { unzipSync } from './unzip.ts'

let player: Player
const ids: Record<string, string> = {}

async function open(title: string, over: object = {}, who = 'unit'): Promise<string> {
  const answer = await player.post(who, '/projects', { title, facts: { ...FACTS, ...over } })
  expect(answer.status).toBe(201)
  return answer.body.project.id
}

beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  ids.parking = await open('智慧停车平台(二期)', { estimate: '600万元' })
  ids.archive = await open('档案数字化', { estimate: '80.5万元', nature: 'maintenance', planYear: 2028 })
  ids.formula = await open('=HYPERLINK("http://evil")+cmd', { estimate: '300万元' })
  ids.other = await open('12345热线API升级', { estimate: '499.999999万元' }, 'other-unit')
  await player.on('2026-06-16')
  await player.step('unit', ids.parking!, 'declare', { materials: ['design'] })
})
afterAll(() => player.world.close())

const byName = (a: string, b: string) => (a < b ? -1 : 1)
const found = async (query: string, who = 'lead'): Promise<string[]> => {
  const { status, body } = await player.get(who, `/projects?${query}`)
  expect({ query, status }).toEqual({ query, status: 200 })
  const known = new Map(Object.entries(ids).map(([name, id]) => [id, name]))
  return body.items.map((item: { id: string }) => known.get(item.id))
}

describe('the list of projects', () => {
  it.each<[string, string[]]>([
    ['', ['parking', 'other', 'formula', 'archive']],
    ['word=停车', ['parking']],
    ['word=二期 智慧', ['parking']],
    ['word=车停', []],
    ['word=zhtc', ['parking']],
    ['word=tcpt', ['parking']],
    ['word=rxapi', ['other']],
    ['word=ap', ['other']],
    ['word=１２３４５', ['other']],
    ['word=12345热线', ['other']],
    ['word="', []],
    ['word=a" OR title:*', []],
    ['stage=declaration', ['other', 'formula', 'archive']],
    ['stage=review', ['parking']],
    ['year=2028', ['archive']],
    ['nature=maintenance', ['archive']],
    ['least=300', ['parking', 'other', 'formula']],
    ['most=300', ['formula', 'archive']],
    ['least=80.5&most=80.5', ['archive']],
    ['least=80.500001&most=299.999999', []],
    ['order=amount', ['archive', 'formula', 'other', 'parking']],
    ['order=-amount&least=300', ['parking', 'other', 'formula']],
    ['order=updated', ['archive', 'formula', 'other', 'parking']],
    ['ended=true', []],
    ['ended=false&word=停车', ['parking']],
    ['exception=any', []],
    ['due=overdue', []],
  ])('%s', async (query, wanted) => {
    const seen = await found(encodeURI(query).replaceAll('%25', '%'))
    // Without an order of amounts only the change of today comes first or last for certain.
    const asSet = (list: string[]) => (/order=-?amount/.test(query) ? list : list.toSorted(byName))
    expect(asSet(seen)).toEqual(asSet(wanted))
    if (query === '') expect(seen[0]).toBe('parking')
    if (query === 'order=updated') expect(seen.at(-1)).toBe('parking')
  })

  it('gives number and sums of all that matches, whatever page is shown', async () => {
    const first = await player.get('lead', '/projects?totals=true&limit=1&order=-amount')
    expect(first.body.items).toHaveLength(1)
    expect(first.body.totals).toEqual({
      count: 4,
      estimateFen: 60_000_0000 + 8050_0000 + 30_000_0000 + 49_999_9999,
      approvedFen: null,
      budgetFen: null,
      contractFen: null,
      paidFen: null,
      finalFen: null,
    })
    expect((await player.get('unit', '/projects?totals=true&word=api')).body.totals.count).toBe(0)
  })

  it.each(['-updated', 'updated', '-amount', 'amount', '-due', 'due'])(
    'comes page by page by %s without gap or repetition',
    async (order) => {
      const seen: string[] = []
      let after = ''
      do {
        const { body } = await player.get('auditor', `/projects?order=${order}&limit=1${after}`)
        seen.push(...body.items.map((item: { id: string }) => item.id))
        after = body.next ? `&after=${body.next}` : ''
      } while (after)
      expect(seen).toHaveLength(4)
      expect(new Set(seen)).toEqual(new Set(Object.values(ids)))
    },
  )

  it('shows a unit its own projects only, in the list, the search and the workbook', async () => {
    expect(await found('', 'other-unit')).toEqual(['other'])
    const search = await player.get('other-unit', `/search?q=${encodeURIComponent('停车')}`)
    expect(search.body.projects).toEqual([])
    const book = await exported('other-unit', { columns: ['title'], ids: [ids.parking, ids.other] })
    expect(book).toContain('12345热线API升级')
    expect(book).not.toContain('停车')
  })

  it.each([
    'least=1e9',
    'least=-1',
    'order=title',
    'exception=none',
    'ended=yes',
    `after=${'x'.repeat(20)}`,
    'secret=1',
  ])('refuses %s', async (query) => {
    expect((await player.get('lead', `/projects?${query}`)).body).toMatchObject({ code: 'malformed' })
  })

  it('tells the next deadline and, where asked, what bars the procurement', async () => {
    const { body } = await player.get('lead', `/projects?gates=true&word=${encodeURIComponent('停车')}`)
    expect(body.items[0]).toMatchObject({ dueOn: expect.stringMatching(/^202\d-/), dueTitle: '启动实施' })
    const procurement = body.items[0].gates.find((gate: { step: string }) => gate.step === 'procurement')
    expect(procurement.findings[0].message).toMatch(/不能办理/)
    expect(procurement.findings[0].article.length).toBeGreaterThan(0)
    expect(await found('gated=true')).toHaveLength(4)
  })
})

describe('the search', () => {
  const search = async (q: string, who = 'lead') =>
    (await player.get(who, `/search?q=${encodeURIComponent(q)}`)).body

  it('finds projects by two characters and by initials, and steps and articles of the policy', async () => {
    expect((await search('停车')).projects.map((one: { id: string }) => one.id)).toEqual([ids.parking])
    expect((await search('daszh')).projects.map((one: { id: string }) => one.id)).toEqual([ids.archive])
    const steps = (await search('初审')).steps
    expect(steps[0]).toMatchObject({
      id: 'preliminary-review',
      title: '初审',
      article: expect.stringContaining('条'),
    })
    expect((await search('ndsb')).steps.map((one: { id: string }) => one.id)).toContain('declare')
    expect((await search('第八条')).articles[0]).toMatchObject({ article: expect.stringMatching(/^第八条/) })
  })

  it('finds nothing for what says nothing, and does not take a query for syntax', async () => {
    for (const q of ['"', '*', 'title:停车', '{', 'NEAR(a b)', '停车" OR "档案', '-', '停车 NOT x'])
      expect({ q, found: (await search(q)).projects }).toEqual({ q, found: [] })
    expect((await player.get('lead', '/search?q=')).status).toBe(400)
  })
})

async function exported(who: string, json: object): Promise<string> {
  const answer = await player.world.app.request('http://localhost/api/hedong/projects/export', {
    method: 'POST',
    headers: { authorization: `Bearer ${player.tokens[who]}`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toMatch(/\.xlsx$/)
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  return [...files]
    .filter(([name]) => /sheet1|sharedStrings/.test(name))
    .map(([, text]) => text)
    .join('\n')
}

describe('the workbook', () => {
  it('has who, when and which filter at its head, amounts as numbers in 万元, and sums', async () => {
    const book = await exported('lead', {
      columns: ['title', 'organisation', 'estimate'],
      least: '300',
      stage: 'declaration',
    })
    expect(book).toMatch(/导出人: .+经办人/)
    expect(book).toContain('导出时间: 2026-06-16 10:00')
    expect(book).toContain('范围: 阶段: 申报; 概算不低于: 300万元')
    expect(book).toContain('共 2 个项目')
    expect(book).toContain('<v>499.999999</v>')
    expect(book).toContain('<v>300</v>')
    expect(book).toContain('<v>799.999999</v>')
  })

  it('never makes a formula of a title', async () => {
    const book = await exported('lead', { columns: ['title'], word: 'cmd' })
    expect(book).toContain('=HYPERLINK(')
    expect(book).not.toMatch(/<f[ >]/)
  })

  it('holds the chosen ones only, and refuses columns that there are not', async () => {
    const book = await exported('lead', { columns: ['title'], ids: [ids.archive] })
    expect(book).toContain('档案数字化')
    expect(book).toContain('范围: 所选项目')
    expect(book).not.toContain('停车')
    const wrong = await player.post('lead', '/projects/export', { columns: ['password'] })
    expect(wrong).toMatchObject({ status: 400 })
  })
})

it('a code becomes a word of the project when it is stated', async () => {
  const id = await createProject(player)
  const { deps } = player.world
  const { codeStatement } = await import('../../functions/services/search/project-words.ts')
  await deps.databases.tenant('hedong').write([codeStatement(id, '2606-990100-04-05-123456')])
  const { body } = await player.get('lead', '/search?q=2606-990100-04')
  expect(body.projects.map((one: { id: string }) => one.id)).toEqual([id])
})
