import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

const portal = inject('portal')
let browser: Browser
const people: Person[] = []

async function sit(tenant: string, login: string): Promise<Person> {
  const person = await sitDown(browser, portal, { tenant, login })
  people.push(person)
  return person
}

interface Listed {
  kind: string
  step: string
  project: { id: string } | null
}

async function todosOf({ context }: Person, tenant: string): Promise<Listed[]> {
  const answer = await context.request.get(`/api/${tenant}/todos?limit=200`)
  return ((await answer.json()) as { items: Listed[] }).items
}

describe.skipIf(!portal)('what is said with a step', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    for (const person of people.splice(0)) await person.context.close()
  })

  it('a body gives its opinion aspect by aspect, singly or together', async () => {
    const person = await sit('lianyungang', 'finance')
    const { page } = person
    const asked = (await todosOf(person, 'lianyungang')).find(
      (one) => one.kind === 'opinion' && one.step === 'joint-review',
    )
    await page.goto(`/projects/${asked!.project!.id}/steps/joint-review`)
    const line = (aspect: string) => page.getByRole('group', { name: `市财政局: ${aspect}` })
    await line('安全性').getByText('不同意', { exact: true }).click()
    await line('安全性').getByRole('textbox').fill('密评方案须补充')
    await line('安全性').getByRole('button', { name: '单独送出: 安全性' }).click()
    await page.getByText('已答复 1 / 4 项').waitFor()
    const awaited = (await todosOf(person, 'lianyungang')).filter(
      (one) => one.kind === 'opinion' && one.project?.id === asked!.project!.id,
    )
    expect(awaited).toHaveLength(1)
    await page.getByRole('button', { name: '各项均同意' }).click()
    const sent: string[] = []
    page.on(
      'request',
      (request) => request.url().endsWith('/opinions') && sent.push(request.postData() ?? ''),
    )
    await page.getByRole('button', { name: '一并送出 3 项意见' }).click()
    const own = page.locator('.opinions > li').filter({ has: page.getByText('市财政局', { exact: true }) })
    await own.getByRole('button', { name: '改变意见' }).waitFor()
    expect(sent.map((body) => JSON.parse(body).opinions.length)).toEqual([3])
    // One objection is an objection, whatever the rest says.
    expect((await own.locator('.opinion-head .pill').innerText()).trim()).toBe('不同意')
    expect(await own.locator('.opinion-aspects li').allInnerTexts()).toEqual([
      expect.stringMatching(/必要性\s*同意/),
      expect.stringMatching(/可行性\s*同意/),
      expect.stringMatching(/安全性\s*不同意\s*密评方案须补充/),
      expect.stringMatching(/项目预算合理性\s*同意/),
    ])
    const left = (await todosOf(person, 'lianyungang')).filter(
      (one) => one.kind === 'opinion' && one.project?.id === asked!.project!.id,
    )
    expect(left).toEqual([])
    expect(person.complaints).toEqual([])
  })

  it('of two colleagues who do the same step the second sees what the first handed in; a return says why', async () => {
    const [one, other] = [await sit('luan', 'unit3'), await sit('luan', 'unit3-reviewer')]
    const facts = {
      unitKind: 'party-government',
      funding: 'city-fiscal',
      nature: 'new',
      entry: 'annual',
      planYear: 2027,
      estimate: '130万元',
      softwareDevelopment: true,
      secret: false,
      crossLevel: false,
    }
    const made = await one.context.request.post('/api/luan/projects', {
      data: { title: '两人同办', facts },
      headers: { origin: portal, 'idempotency-key': 'two-at-once' },
    })
    const { id } = ((await made.json()) as { project: { id: string } }).project
    const path = `/projects/${id}/steps/declare`
    const fill = async (page: Page, name: string) => {
      await page.goto(path)
      const file = { name, mimeType: 'text/plain', buffer: Buffer.from('方案') }
      await page.locator('input[type=file]').first().setInputFiles(file)
      await page.getByRole('link', { name }).waitFor()
      for (const box of await page.locator('.material-body').getByRole('checkbox').all()) await box.check()
    }
    await fill(one.page, '甲的方案.txt')
    await fill(other.page, '乙的方案.txt')
    await one.page.getByRole('button', { name: '确认办理' }).click()
    await one.page.getByText('已办理: 年度申报').waitFor()
    await other.page.getByRole('button', { name: '确认办理' }).click()
    const beaten = other.page.getByRole('alert').filter({ hasText: '同事已经办结了这一环节' })
    await beaten.getByText('甲的方案.txt').or(beaten.getByText('项目详细设计方案')).first().waitFor()
    expect(await other.page.getByRole('link', { name: '乙的方案.txt' }).isVisible()).toBe(true)

    const { page: lead } = await sit('luan', 'lead')
    await lead.goto(`/projects/${id}/steps/preliminary-review`)
    await lead.getByRole('radio', { name: /^退回/ }).check()
    await lead.getByRole('button', { name: '确认办理' }).click()
    await lead.getByText('退回须写明理由').waitFor()
    await lead.getByRole('textbox', { name: '办理意见' }).fill('缺数据共享目录, 请补充')
    await lead.getByRole('button', { name: '确认办理' }).click()
    await lead.getByText('已办理: 初审').waitFor()
    await one.page.goto(path)
    const told = one.page.getByRole('alert').filter({ hasText: '退回本环节重新办理' })
    await told.getByText('办理意见: 缺数据共享目录, 请补充').waitFor()
    await told.getByText('上次办理的内容 1 次').click()
    await told.getByText('项目详细设计方案').waitFor()
  })
})
