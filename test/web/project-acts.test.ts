import type { Browser } from 'playwright-core'
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

describe.skipIf(!portal)('what is done from the page of a project', () => {
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

  it('shows mine and theirs when two people correct the same facts, and merges what does not clash', async () => {
    const [one, other] = [await sit('luan', 'unit3'), await sit('luan', 'unit3')]
    const { id } = await projectIn(one, 'luan', 'declaration', 'review')
    for (const { page } of [one, other]) {
      await page.goto(`/projects/${id}/facts`)
      await page.getByRole('spinbutton', { name: '总投资概算' }).waitFor()
    }
    const estimate = (person: Person) => person.page.getByRole('spinbutton', { name: '总投资概算' })
    await estimate(other).fill('333')
    await other.page.getByRole('button', { name: '提交更正' }).click()
    await other.page.getByText('已更正').waitFor()
    await estimate(one).fill('444')
    await one.page.getByText('改动 1 项: 总投资概算').waitFor()
    await one.page.getByRole('button', { name: '提交更正' }).click()
    await one.page.getByText('您填写期间, 别人保存了新的内容').waitFor()
    const clash = one.page.getByRole('radiogroup', { name: '总投资概算' })
    await clash.getByText('我的: 444万元').waitFor()
    await clash.getByText('对方的: 333万元').click()
    await one.page.getByRole('button', { name: '采用所选' }).click()
    expect(await estimate(one).inputValue()).toBe('333')
    await estimate(one).fill('355')
    await one.page.getByRole('button', { name: '提交更正' }).click()
    await one.page.getByText('已更正').waitFor()
    const saved = await one.context.request.get(`/api/luan/projects/${id}`)
    expect((await saved.json()).facts.estimate).toBe('355万元')
  })

  it('declares from an earlier project: its facts without year and materials, kept as a draft on the server', async () => {
    const person = await sit('luan', 'unit3')
    const { page } = person
    await page.goto('/declare')
    await page.getByRole('button', { name: '从以往项目复制' }).click()
    const dialog = page.getByRole('dialog', { name: '从以往项目复制' })
    await dialog.getByRole('combobox', { name: '选择项目' }).click()
    const option = page.locator('.ant-select-dropdown:visible .ant-select-item-option').first()
    await option.click()
    await dialog.getByRole('button', { name: /复制这 \d+ 项/ }).click()
    await page.getByText(/已复制 \d+ 项/).waitFor()
    expect(await page.getByRole('spinbutton', { name: '计划年度' }).inputValue()).toBe('')
    expect(await page.getByRole('spinbutton', { name: '总投资概算' }).inputValue()).not.toBe('')
    await page.getByText(/草稿已保存/).waitFor()
    await page.reload()
    await page.getByText('已恢复上次未完成的填写').waitFor()
    expect(await page.getByRole('spinbutton', { name: '总投资概算' }).inputValue()).not.toBe('')
  })

  it('begins another declaration beside the one that is kept, and deletes neither unasked', async () => {
    const person = await sit('gulou', 'unit2')
    const { page } = person
    const title = page.getByRole('textbox', { name: '项目名称' })
    await page.goto('/declare')
    await title.fill('第一份申报')
    await page.getByText(/草稿已保存/).waitFor()
    await page.getByRole('button', { name: '另起一份' }).click()
    await page.getByText(/草稿已保存/).waitFor({ state: 'detached' })
    expect(await title.inputValue()).toBe('')
    await title.fill('第二份申报')
    await page.getByText(/草稿已保存/).waitFor()
    await page.reload()
    await page.getByText('已恢复上次未完成的填写').waitFor()
    expect(await title.inputValue()).toBe('第二份申报')
    await page.getByRole('button', { name: '清空重填' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click()
    expect(await title.inputValue()).toBe('第二份申报')
    await page.goto('/work')
    await page.getByRole('link', { name: '第二份申报' }).waitFor()
    await page.getByRole('link', { name: '第一份申报' }).click()
    await page.getByText('已恢复上次未完成的填写').waitFor()
    expect(await title.inputValue()).toBe('第一份申报')
  })

  it('says what it does not take for a year or an amount, and changes neither in silence', async () => {
    const { page } = await sit('luan', 'unit1')
    await page.goto('/declare')
    const year = page.getByRole('spinbutton', { name: '计划年度' })
    await year.fill('27')
    await year.blur()
    await page.getByText('「27」读不懂, 没有采用; 请写作 2027').waitFor()
    expect(await year.inputValue()).toBe('')
    const amount = page.getByRole('spinbutton', { name: '总投资概算' })
    await amount.fill('12,5')
    await amount.blur()
    await page.getByText(/「12,5」读不懂/).waitFor()
    await amount.fill('5200000元')
    await amount.blur()
    await page.getByText('伍佰贰拾万元整').waitFor()
    expect(await amount.inputValue()).toBe('520')
    await page.getByRole('button', { name: /建立项目/ }).click()
    await page.getByText('请输入项目名称').waitFor()
    await page.waitForFunction(() => document.activeElement?.matches('input[type=text]'))
  })

  it('says of a file what is wrong with it, and of an unknown fact once that it is unknown', async () => {
    const { page, context, complaints } = await sit('gulou', 'unit2')
    const { items } = (await (await context.request.get('/api/gulou/todos?limit=100')).json()) as {
      items: { step: string; open: boolean; project?: { id: string } }[]
    }
    const todo = items.find((one) => one.step === 'declare' && one.open)
    await page.goto(`/projects/${todo!.project!.id}/steps/declare`)
    const empty = { name: '空.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) }
    await page.locator('input[type=file]').first().setInputFiles(empty)
    await page.getByText('「空.pdf」没有收下: 文件是空的').waitFor()
    complaints.length = 0
    await page.getByRole('button', { name: '先检查' }).click()
    await page.getByText(/现在不能办理/).waitFor()
    const said = await page.locator('.tried li > span:first-child').allInnerTexts()
    expect(said.length).toBeGreaterThan(0)
    expect(new Set(said).size).toBe(said.length)
  })

  it('keeps both when the same draft is filled in at two places', async () => {
    const [one, other] = [await sit('luan', 'unit2'), await sit('luan', 'unit2')]
    const title = (person: Person) => person.page.getByRole('textbox', { name: '项目名称' })
    await one.page.goto('/declare')
    await title(one).fill('甲处的名称')
    await one.page.getByText(/草稿已保存/).waitFor()
    await other.page.goto('/declare')
    await other.page.getByText('已恢复上次未完成的填写').waitFor()
    await other.page.getByRole('spinbutton', { name: '总投资概算' }).fill('120')
    await title(other).fill('乙处的名称')
    await other.page.getByText(/草稿已保存/).waitFor()
    await title(one).fill('甲处又改的名称')
    await one.page.getByText('这份草稿在另一个窗口被改过').waitFor()
    await one.page.getByText('我的: 甲处又改的名称').click()
    await one.page.getByRole('button', { name: '采用所选' }).click()
    await one.page.getByText(/草稿已保存/).waitFor()
    expect(await title(one).inputValue()).toBe('甲处又改的名称')
    expect(await one.page.getByRole('spinbutton', { name: '总投资概算' }).inputValue()).toBe('120')
  })

  it('tells the effects of each outcome before it is chosen, and where to put right what is missing', async () => {
    const person = await sit('luan', 'lead')
    const { page } = person
    const { items } = (await (await person.context.request.get('/api/luan/todos?limit=100')).json()) as {
      items: { step: string; open: boolean; project?: { id: string } }[]
    }
    const review = items.find((one) => one.step === 'preliminary-review' && one.open)
    await page.goto(`/projects/${review!.project!.id}/steps/preliminary-review`)
    await page.getByText('退回重办「年度申报」').waitFor()
    await page.getByRole('radio', { name: /^通过初审/ }).check()
    await page.getByRole('button', { name: '先检查' }).click()
    await page.getByText(/现在不能办理: 还差 \d+ 项/).waitFor()
    await page
      .getByRole('button', { name: /去填写/ })
      .first()
      .click()
    expect(await page.evaluate(() => document.activeElement?.closest('.ant-form-item') !== null)).toBe(true)
  })

  it('takes back what was just done, with a reason that stays on record', async () => {
    const person = await sit('luan', 'unit3')
    const { page, context } = person
    const post = async (path: string, data: object | Buffer, headers: Record<string, string> = {}) => {
      const answer = await context.request.post(`/api/luan${path}`, {
        data,
        headers: { origin: portal, 'idempotency-key': `take-back-${path}`, ...headers },
      })
      expect(answer.ok()).toBe(true)
      return (await answer.json()) as { id: string; project: { id: string } }
    }
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
    const { project } = await post('/projects', { title: '撤回示例', facts })
    const file = await post('/materials?name=design.txt', Buffer.from('方案'), {
      'content-type': 'application/octet-stream',
    })
    await post(`/projects/${project.id}/steps/declare`, { materials: [{ id: 'design', file: file.id }] })
    await page.goto(`/projects/${project.id}`)
    await page.getByRole('button', { name: '撤回: 年度申报' }).click()
    await page.getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByText('请写明撤回的理由').waitFor()
    await page.getByRole('textbox', { name: '撤回的理由' }).fill('方案附错了')
    await page.getByRole('button', { name: '撤回', exact: true }).click()
    await page.getByText('已撤回: 年度申报').waitFor()
    await page.getByRole('button', { name: '办理: 年度申报' }).first().waitFor()
    await page.getByRole('tab', { name: '办理记录' }).click()
    await page.getByText('方案附错了').waitFor()
    await page.getByText('审计链完整').waitFor()
  })
})
