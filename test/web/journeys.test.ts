import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'
import { PASSWORD } from './serve-portal.ts'

const portal = inject('portal')
let browser: Browser
let person: Person

describe.skipIf(!portal)('daily work in the browser', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  it('signs in with the keyboard alone and comes to the to-dos', async () => {
    person = await sitDown(browser, portal)
    const { page } = person
    const read = page.waitForResponse('**/api/jurisdictions')
    await page.goto('/')
    await page.waitForURL('**/sign-in')
    await read
    await page.getByRole('combobox').focus()
    const chosen = page.getByRole('combobox')
    for (let i = 0; i < 9 && (await chosen.inputValue()) !== 'luan'; i++)
      await page.keyboard.press('ArrowDown')
    expect(await chosen.inputValue()).toBe('luan')
    await page.keyboard.press('Tab')
    await page.keyboard.type('lead')
    await page.keyboard.press('Tab')
    await page.keyboard.type('wrong password')
    await page.keyboard.press('Enter')
    await page.getByText('账号或密码不正确').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '待办' }).waitFor()
    expect(page.url()).toMatch(/\/work$/)
  })

  it('goes from a to-do to the step, is told what is missing with its article, and does it', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/work')
    await page.getByRole('link', { name: '初审', exact: true }).first().click()
    await page.getByRole('heading', { level: 1, name: '初审' }).waitFor()
    await page.getByText('退回重办「年度申报」').waitFor()
    await page.getByRole('radio', { name: /^通过初审/ }).check()
    await page.getByRole('button', { name: '先检查' }).click()
    const refusal = page.locator('.ant-alert-error')
    await refusal.getByText('现在不能办理').waitFor()
    expect(await refusal.getByRole('button', { name: '第八条' }).count()).toBeGreaterThan(0)
    await refusal.getByRole('button', { name: '第八条' }).first().click()
    await page.getByText('由系统执行').waitFor()
    await page.keyboard.press('Escape')
    for (const group of [
      '已按要求完成基础设施和应用系统集约整合',
      '已按规定共享数据',
      '已按要求部署在电子政务外网',
    ])
      await page.getByRole('radiogroup', { name: group }).getByText('是', { exact: true }).click()
    await page.getByRole('button', { name: '先检查' }).click()
    await page.getByText('检查通过, 可以办理').waitFor()
    expect(await page.getByText('没有「').count()).toBe(0)
    await page.getByRole('button', { name: '确认办理' }).click()
    await page.getByText('已办理: 初审').waitFor()
    await page.getByText(/2026-06-15 办理, 通过初审/).waitFor()
  })

  it('declares a project while the panel tells what awaits it, and hands in', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'unit3' })
    const { page } = person
    await page.goto('/declare')
    const name = page.getByRole('textbox', { name: '项目名称' })
    await name.fill('道路运输智能监管平台二期')
    const similar = page.getByRole('region', { name: '名称相近的项目' })
    await similar.getByRole('link', { name: '道路运输智能监管平台', exact: true }).waitFor()
    await name.fill('公路养护智能巡检平台')
    await similar.waitFor({ state: 'detached' })
    const choose = async (field: string, option: string) => {
      await page.getByRole('combobox', { name: field, exact: true }).click()
      await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
    }
    await choose('资金来源', '市级财政性资金')
    await choose('项目性质', '新建')
    await choose('提出途径', '年度申报')
    await choose('单位性质', '党政机关')
    await page.getByRole('spinbutton', { name: '计划年度' }).fill('2027')
    const estimate = page.getByRole('spinbutton', { name: '总投资概算' })
    await estimate.fill('620')
    for (const group of ['软件开发类', '涉密项目', '跨层级项目'])
      await page
        .getByRole('radiogroup', { name: group })
        .getByText(group === '软件开发类' ? '是' : '否', { exact: true })
        .click()
    const panel = page.getByRole('complementary')
    await panel.getByText('单位编制建议书单独报审').waitFor()
    await estimate.fill('499.99')
    await panel.getByText('由市数管局打捆报审').waitFor()
    expect(await panel.getByRole('button', { name: '第九条第三款' }).count()).toBeGreaterThan(0)
    await page.getByText('要素齐全, 可以建立').waitFor()
    await page.getByRole('button', { name: /建立项目/ }).click()
    await page.getByRole('heading', { level: 1, name: '年度申报' }).waitFor()
    await page.getByRole('button', { name: '先检查' }).click()
    await page.getByText('现在不能办理').waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: '详细设计方案.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
    })
    await page.getByRole('link', { name: '详细设计方案.pdf' }).waitFor()
    await page.getByRole('button', { name: '确认办理' }).click()
    await page.getByText('已办理: 年度申报').waitFor()
    await page.getByRole('heading', { level: 1, name: /公路养护智能巡检平台/ }).waitFor()
    await page.getByText('2026-06-15 办理').first().waitFor()
  })

  it.each(['what is typed', 'the first look of the page'])(
    'signs in again over a form when the session has ended, and goes on: %s meets the end',
    async (meets) => {
      person = await sitDown(browser, portal, { tenant: 'luan', login: 'unit2' })
      const { page, context } = person
      let release: () => void = () => undefined
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      const early = meets !== 'what is typed'
      if (early)
        for (const look of ['**/api/luan/explain', '**/api/luan/policy**'])
          await page.route(look, (route) => held.then(() => route.continue()))
      await page.goto('/declare')
      await page.getByRole('textbox', { name: '项目名称' }).fill('保留在表单里的名称')
      const estimate = page.getByRole('spinbutton', { name: '总投资概算' })
      if (early) expect(await estimate.count()).toBe(0)
      else {
        // Everything that the page reads has come; only what is typed now can meet the end.
        await page.getByRole('complementary').getByText('年度申报').waitFor()
        await page.getByText(/草稿已保存/).waitFor()
      }
      await context.request.delete('/api/session', { headers: { origin: portal } })
      if (early) release()
      else await estimate.fill('80')
      await page.getByText('登录已过期').waitFor()
      await page.getByRole('dialog').getByLabel('密码', { exact: true }).fill(PASSWORD)
      await page.keyboard.press('Enter')
      await page.getByText('登录已过期').waitFor({ state: 'hidden' })
      if (early) await estimate.fill('80')
      await page.getByRole('complementary').getByText('由市数管局打捆报审').waitFor()
      expect(await page.getByRole('textbox', { name: '项目名称' }).inputValue()).toBe('保留在表单里的名称')
      await page.getByRole('button', { name: '清空重填' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '清空重填' }).click()
    },
  )

  it('shows an overseer the jurisdictions below, each number leading to its list', async () => {
    person = await sitDown(browser, portal, { login: 'overseer-320000' })
    const { page } = person
    await page.goto('/')
    await page.getByRole('heading', { name: '各辖区' }).waitFor()
    const row = page.getByRole('row', { name: /连云港/ })
    const count = await row.getByRole('link').first().innerText()
    expect(await page.getByText('六安').count()).toBe(0)
    await row.getByRole('link').first().click()
    await page.getByRole('heading', { level: 1, name: '辖区项目' }).waitFor()
    expect(page.url()).toMatch(/oversight\/projects\?jurisdiction=lianyungang$/)
    await page
      .getByRole('row', { name: /连云港/ })
      .first()
      .waitFor()
    expect(await page.locator('tbody tr.ant-table-row').count()).toBe(Number(count))
    await page.goBack()
    const contracts = page.getByRole('link', { name: /^合同/ })
    const stated = /(\d+) 个项目已填/.exec(await contracts.innerText())?.[1]
    await contracts.click()
    await page.getByText('已填合同').waitFor()
    await expect.poll(() => page.locator('tbody tr.ant-table-row').count()).toBe(Number(stated))
  })

  it('puts the projects below in the order of an amount and keeps it in the address', async () => {
    person = await sitDown(browser, portal, { login: 'overseer-320000' })
    const { page } = person
    await page.goto('/oversight')
    await page
      .getByText(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
      .first()
      .waitFor()
    await page.goto('/oversight/projects')
    await page.getByRole('columnheader', { name: '申报概算' }).click()
    await page.waitForURL(/order=-estimate/)
    const estimates = async () => {
      const cells = await page.locator('tbody tr.ant-table-row td:nth-child(4)').allInnerTexts()
      return cells.map((cell) => Number(cell.replaceAll(',', '')))
    }
    await expect.poll(async () => (await estimates())[0]).toBe(980)
    const first = await estimates()
    expect(first).toEqual(first.toSorted((a, b) => b - a))
    await page.getByRole('columnheader', { name: '申报概算' }).click()
    await page.waitForURL(/order=estimate/)
    await expect.poll(estimates).toEqual(first.toReversed())
    await page.reload()
    await expect.poll(estimates).toEqual(first.toReversed())
  })

  it('tells an overseer why a project is overdue: article, version and the day that it runs from', async () => {
    person = await sitDown(browser, portal, { login: 'overseer-320000' })
    const { page } = person
    await page.goto('/oversight/projects?overdue=true')
    const row = page.locator('tbody tr.ant-table-row').first()
    await row.getByRole('button', { name: /^逾期/ }).click()
    const overdue = page.getByRole('region', { name: /^逾期/ })
    await overdue.getByText('依据').first().waitFor()
    expect(await overdue.innerText()).toMatch(/逾期 \d+ 天[\s\S]*第.+条[\s\S]*施行/)
    await overdue
      .getByRole('button', { name: /^第.+条/ })
      .first()
      .click()
    await page
      .getByText(/由系统执行/)
      .first()
      .waitFor()
    await page.getByText('本地管理员还没有载入条文原文, 这里先列出系统执行的规则。').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await overdue.waitFor({ state: 'hidden' })
    await row.getByRole('button', { name: /期限的由来/ }).click()
    await page
      .getByRole('region', { name: /期限的由来/ })
      .getByText('依据')
      .waitFor()
  })

  it('lets an overseer compare policies, with the article behind each cell', async () => {
    person = await sitDown(browser, portal, { login: 'overseer-320000' })
    const { page } = person
    await page.goto('/')
    await page.getByRole('link', { name: '办法对照' }).click()
    await page.getByText('变更', { exact: true }).first().click()
    const row = page.getByRole('row', { name: /^变更途径/ })
    await row.getByText(/不少于「批复总投资概算」的 110%/).waitFor()
    await row.getByText(/不超过「批复概算」的 15%/).waitFor()
    await row
      .getByRole('button', { name: /第二十条/ })
      .first()
      .click()
    const card = page.getByRole('tooltip')
    await card.getByText('鼓楼区政务信息化项目建设管理办法').waitFor()
    // The article's own words are asked for; this jurisdiction has not given them.
    await card.getByText(/还没有载入条文原文/).waitFor()
    expect(page.url()).toMatch(/aspect=change/)
    expect(await page.getByText('六安').count()).toBe(0)
  })

  it('brings a sixth jurisdiction on board, after its errors are mended', async () => {
    person = await sitDown(browser, portal, { login: 'admin' })
    const { page } = person
    const text = readFileSync(new URL('../api/policy.yaml', import.meta.url), 'utf8')
    await page.goto('/tenants/new')
    const editor = page.getByRole('textbox', { name: '办法文本' })
    await editor.fill(text.replace(/^parties:/m, 'partys:'))
    await page.getByText(/检查未通过/).waitFor({ timeout: 20_000 })
    await page
      .getByRole('listitem')
      .filter({ hasText: /partys/ })
      .getByRole('button', { name: /第 \d+ 行/ })
      .click()
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^partys:/)
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('part')
    await page.getByRole('option', { name: /^parties/ }).waitFor()
    await page.keyboard.press('Escape')
    await editor.fill(text)
    await page.locator('.ant-alert').getByText('检查通过, 可以采用').waitFor({ timeout: 20_000 })
    await page.getByRole('button', { name: '拿一个项目试一试' }).click()
    await page.getByRole('heading', { level: 1, name: /^试演: / }).waitFor()
    await page.getByRole('tab', { name: '按要素要走的全部环节' }).click()
    await page.getByRole('spinbutton', { name: /概算/ }).first().fill('600')
    await page.getByRole('complementary').getByRole('listitem').first().waitFor()
    await page.getByRole('button', { name: '返回办法文本' }).click()
    await editor.waitFor()
    const confirm = page.getByRole('checkbox', { name: /逐条确认/ })
    if (await confirm.count()) await confirm.check()
    const day = page.getByRole('textbox', { name: '文本看不到施行日期, 请确定' })
    if (await day.count()) await day.fill('2026-01-01')
    await page.getByLabel('管理员姓名').fill('新任管理员')
    await page.getByLabel(/管理员初始密码/).fill('a-long-first-password')
    await page.getByRole('button', { name: '采用并建立辖区' }).click()
    await page.getByText(/已接入/).waitFor({ timeout: 20_000 })
    const id = /id: *([a-z-]+)/.exec(text)?.[1]
    const signedIn = await person.context.request.post('/api/session', {
      data: { tenant: id, login: 'admin', password: 'a-long-first-password' },
      headers: { origin: portal },
    })
    expect(signedIn.status()).toBe(201)
  })
})
