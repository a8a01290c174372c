import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkRecord } from '../../functions/services/audit/check-record.ts'
import type { ProjectRecord } from '../../functions/services/audit/record.ts'
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
  id: string
  title: string
  stage: string
}

/** A project of the tenant in that stage, as the person sees it. */
async function projectIn(person: Person, tenant: string, ...stages: string[]): Promise<Listed> {
  const answer = await person.context.request.get(`/api/${tenant}/projects?limit=100`)
  const { items } = (await answer.json()) as { items: Listed[] }
  for (const stage of stages) {
    const found = items.find((one) => one.stage === stage)
    if (found) return found
  }
  throw new Error(`${tenant} has no project in ${stages}`)
}

describe.skipIf(!portal)('the page of a project', () => {
  it('tells of every material why it is asked for, and shows beside a step what was handed in before it', async () => {
    const person = await sit('luan', 'lead')
    const { page } = person
    const { id } = await projectIn(person, 'luan', 'acceptance')
    await page.goto(`/projects/${id}`)
    await page
      .getByRole('button', { name: /^招投标文件/ })
      .first()
      .click()
    const why = page.getByRole('region', { name: '为什么: 招投标文件' })
    await why.getByRole('button', { name: '第十四条', exact: true }).waitFor()
    await why.getByText('2021-08-06 起施行').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: '竣工验收', exact: true }).click()
    const file = page.getByRole('complementary', { name: '项目案卷' })
    await file.getByText('总投资概算').waitFor()
    await file.locator('summary').filter({ hasText: '政府采购' }).click()
    const given = file.getByRole('link', { name: '招投标文件' }).first()
    const answer = await person.context.request.get((await given.getAttribute('href')) ?? '')
    expect(answer.status()).toBe(200)
  })

  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    for (const person of people.splice(0)) {
      expect(person.complaints).toEqual([])
      await person.context.close()
    }
  })

  it.each(['luan', 'lianyungang'])(
    'of %s has a tab for whatever its policy knows, in the address',
    async (tenant) => {
      const person = await sit(tenant, 'lead')
      const { page } = person
      const { id, title } = await projectIn(person, tenant, 'operation', 'acceptance', 'trial')
      await page.goto(`/projects/${id}`)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      const shown = async (tab: string, key: string) => {
        await page.getByRole('tab', { name: tab }).click()
        expect(new URL(page.url()).searchParams.get('tab')).toBe(key)
        const panel = page.getByRole('tabpanel', { name: tab })
        await panel.waitFor()
        return panel
      }
      const money = await shown('资金', 'money')
      await money
        .getByRole('row', { name: /批复概算/ })
        .first()
        .waitFor()
      await money
        .getByText(/[+−][\d.,]+ \([+−][\d.]+%\)/)
        .first()
        .waitFor()
      const materials = await shown('材料', 'materials')
      await materials
        .getByRole('row', { name: /[0-9a-f]{12}/ })
        .first()
        .waitFor()
      const contracts = await shown('合同', 'contracts')
      await contracts.getByText('合同额').first().waitFor()
      const lists = await shown('数据清单', 'lists')
      await lists.getByRole('heading').first().waitFor()
      const acceptance = await shown('验收', 'acceptance')
      await acceptance.getByRole('link', { name: '竣工验收申请' }).first().waitFor()
      await shown('评价', 'evaluation')
      await page.goBack()
      await page.goto(`/projects/${id}?tab=money`)
      await page.getByRole('tabpanel', { name: '资金' }).getByText('办法怎样比较').waitFor()
    },
  )

  it('says why a due day is that day: the step that it runs from, the article, the version', async () => {
    const person = await sit('luan', 'lead')
    const { page } = person
    const { items } = (await (await person.context.request.get('/api/luan/todos?limit=100')).json()) as {
      items: { dueOn: string | null; project: { id: string } | null }[]
    }
    const due = items.find((one) => one.dueOn && one.project)
    await page.goto(`/projects/${due!.project!.id}`)
    await page
      .getByRole('button', { name: /期限的由来/ })
      .first()
      .click()
    const card = page.getByRole('tooltip')
    await card.getByText('依据').first().waitFor()
    await card.getByText(/起施行/).waitFor()
    await card
      .getByRole('button', { name: /第.+条/ })
      .first()
      .click()
    // The link stands still once the words above it have come.
    await page.getByText('正在取条文…').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: '看这一条的规则' }).last().click()
    await page.waitForURL(/\/policy\?view=article&article=/)
  })

  it('offers to urge an organisation once for a step, whatever else it owes on it', async () => {
    const person = await sit('lianyungang', 'lead')
    const { page } = person
    const read = async <T>(path: string): Promise<T[]> =>
      ((await (await person.context.request.get(`/api/lianyungang${path}`)).json()) as { items: T[] }).items
    let twice: { id: string; title: string } | undefined
    for (const { id } of await read<Listed>('/projects?limit=100')) {
      const owed = await read<{ title: string; open: boolean; organisation: { name: string } }>(
        `/projects/${id}/todos`,
      )
      const units = owed.filter(
        (one) => one.open && one.organisation.name !== '市政务服务管理办公室(大数据管理局)',
      )
      const [title] = units.flatMap((one, place) =>
        units
          .slice(0, place)
          .some((other) => other.title === one.title && other.organisation.name === one.organisation.name)
          ? [one.title]
          : [],
      )
      if (title) twice = { id, title }
    }
    const { id, title } = twice!
    await page.goto(`/projects/${id}`)
    const urge = page
      .getByRole('tabpanel', { name: '环节' })
      .getByRole('button', { name: new RegExp(`^催办.*${title}$`) })
    await urge.first().waitFor()
    expect(await urge.count()).toBe(1)
  })

  it('draws the process by stage and tells the same as a list; a keyboard is enough', async () => {
    const person = await sit('lianyungang', 'lead')
    const { page } = person
    const { id } = await projectIn(person, 'lianyungang', 'acceptance', 'implementation')
    await page.goto(`/projects/${id}`)
    await page.locator('.step-head').first().waitFor()
    const inList = await page.locator('.step-head > a').allInnerTexts()
    await page.getByText('流程图', { exact: true }).click()
    const picture = page.getByRole('region', { name: '办理流程图' })
    await picture.locator('.node').first().waitFor()
    expect((await picture.locator('.node-title').allInnerTexts()).sort()).toEqual([...new Set(inList)].sort())
    expect(await picture.locator('.lane-title').count()).toBeGreaterThan(5)
    expect(await picture.locator('.react-flow__edge').count()).toBeGreaterThan(10)
    expect(page.workers().length).toBe(1)
    await page.getByRole('checkbox', { name: '显示不适用的环节' }).check()
    await picture.locator('.node-out').first().waitFor()
    await picture
      .locator('.react-flow__node-step', { has: page.locator('.node-now') })
      .first()
      .focus()
    const name = await page.locator('*:focus .node-title').innerText()
    await page.keyboard.press('Enter')
    await page.locator('.step-details').getByRole('link', { name, exact: true }).waitFor()
    await page.locator('.step-details').getByRole('heading', { name: '在此之前' }).waitFor()
    await page.reload()
    await picture.locator('.node').first().waitFor()
  })

  it('proves its record, and gives it away to be proved elsewhere', async () => {
    const { page } = await sit('luan', 'lead')
    const { id } = await projectIn(people[0]!, 'luan', 'operation', 'acceptance')
    await page.goto(`/projects/${id}?tab=history`)
    await page.getByText('审计链完整').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '导出项目档案' }).click(),
    ])
    const record = JSON.parse(readFileSync((await download.path())!, 'utf8')) as ProjectRecord
    expect(record.project.id).toBe(id)
    expect(checkRecord(record).bad).toBeNull()
    expect(await page.locator('.head-hash').innerText()).toBe(checkRecord(record).head?.hash)
  })

  it('prints on several A4 sheets with every section, and without the frame', async () => {
    const { page } = await sit('luan', 'lead')
    const { id } = await projectIn(people[0]!, 'luan', 'operation', 'acceptance')
    await page.addInitScript(() => localStorage.setItem('theme', 'dark'))
    await page.goto(`/projects/${id}/print`)
    for (const section of ['基本信息', '资金', '环节', '材料', '数据清单', '文书', '办理记录'])
      await page.getByRole('heading', { level: 2, name: section, exact: true }).waitFor()
    await page.getByText('审计链完整').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('header.top').isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false)
    const ink = (of: string) =>
      page
        .locator(of)
        .first()
        .evaluate((one) => getComputedStyle(one).color)
    expect([await ink('.sheet h1'), await ink('.sheet dd'), await ink('.sheet .quiet')]).toEqual([
      'rgb(0, 0, 0)',
      'rgb(0, 0, 0)',
      'rgb(51, 51, 51)',
    ])
    expect(await page.getByText('第十九条第一款').first().isVisible()).toBe(true)
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(sheets.match(/\/Type *\/Page\b/g)!.length).toBeGreaterThan(3)
    expect(sheets).toMatch(/\/MediaBox *\[0 0 59[45](\.\d+)? 84[12]/)
  })
})
