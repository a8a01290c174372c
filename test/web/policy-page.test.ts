import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

let browser: Browser
let person: Person
const portal = inject('portal')

describe.skipIf(!portal)('the policy page', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  it('tells how many projects met a rule, and what the year holds', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'audit-auditor' })
    const { page } = person
    await page.goto('/policy')
    await page.getByText('规则后面的数字是它已经涉及的项目数').waitFor()
    const review = page.getByRole('listitem').filter({ hasText: '集中审查论证' }).first()
    await review.getByText('「初审」').waitFor()
    await review.getByText('退回修改 → 重办「年度申报」').waitFor()
    await review
      .getByRole('link', { name: /^涉及 \d+ 个项目$/ })
      .first()
      .waitFor()
    await page.getByRole('tab', { name: '条文理解' }).click()
    await page.getByText('运维项目列入维护计划即可, 不另立项').waitFor()
    await page.getByRole('tab', { name: '年度日历' }).click()
    const row = page.getByRole('row', { name: /^集中审查论证/ })
    await row.getByText('2026-07-01 — 2026-08-31').waitFor()
    expect(await page.getByRole('button', { name: '公布起止日' }).count()).toBe(0)
  })

  it('each line that states a rule has its number, which leads to the list of just these projects', async () => {
    person = await sitDown(browser, portal, { tenant: 'lianyungang', login: 'audit-auditor' })
    const { page } = person
    await page.goto('/policy')
    await page
      .getByRole('link', { name: /^涉及 \d+ 个项目$/ })
      .first()
      .waitFor()
    const lines = page.locator('.step-stage .rule-item, .step-stage .rule-line .pill, .step-stage .rule-head')
    expect(await lines.count()).toBeGreaterThan(100)
    expect(await lines.filter({ hasNot: page.locator('.use') }).allTextContents()).toEqual([])

    await page.getByRole('tab', { name: '范围与判定表' }).click()
    const rows = page.locator('.rows-table tbody tr')
    expect(await rows.filter({ hasNot: page.locator('.use') }).count()).toBe(0)
    const row = rows.filter({ has: page.getByRole('link', { name: /^涉及/ }) }).first()
    const n = Number(
      /\d+/.exec((await row.getByRole('link', { name: /^涉及/ }).getAttribute('aria-label')) ?? '')![0],
    )
    expect(n).toBeGreaterThan(0)

    await page.getByRole('tab', { name: '裁量与限制' }).click()
    const veto = page.getByRole('listitem').filter({ hasText: '不共享且没有依据的系统' })
    await veto.getByText('「立项审批」的结果「批复」').waitFor()
    await veto.getByRole('link', { name: '涉及 1 个项目' }).click()
    await page.waitForURL(/\/projects\?rule=veto/)
    await page.getByText(/^共 1 个项目/).waitFor()
    const chip = page.getByRole('button', { name: /不予办理的情形 · 不共享且没有依据的系统.*看全部项目/ })
    await chip.click()
    await page.waitForURL((url) => !url.searchParams.has('rule'))
    await page.getByText(/^共 (?!1 )\d+ 个项目/).waitFor()

    await page.goto('/policy?view=article&article=第三十条')
    const article = page.locator('.rules > li.chosen')
    await article
      .getByRole('link', { name: /^涉及 \d+ 个项目$/ })
      .first()
      .click()
    await page.getByRole('button', { name: /条文 · 第三十条/ }).waitFor()
    await page.getByText(/^共 \d+ 个项目/).waitFor()
  })

  it('a unit sees the numbers and no list that would not match them', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'unit1' })
    const { page } = person
    await page.goto('/policy')
    await page
      .getByText(/^涉及 \d+ 个项目$/)
      .first()
      .waitFor()
    expect(await page.getByRole('link', { name: /^涉及/ }).count()).toBe(0)
  })

  it('第七条: the party that announces a window does so here, and the window is open for declarations', async () => {
    person = await sitDown(browser, portal, { tenant: 'lianyungang', login: 'lead' })
    const { page } = person
    await page.goto('/policy?view=calendar')
    await page
      .getByRole('row', { name: /^年度申报/ })
      .getByRole('button', { name: '公布起止日' })
      .click()
    const dialog = page.getByRole('dialog', { name: /公布办理时间/ })
    await dialog.getByRole('spinbutton', { name: '适用的计划年度' }).fill('2029')
    await dialog.getByPlaceholder('开始日期').fill('2026-02-01')
    await page.keyboard.press('Enter')
    await dialog.getByPlaceholder('结束日期').fill('2026-03-15')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await dialog.getByRole('spinbutton', { name: '适用的计划年度' }).press('Enter')
    await page.getByText('已公布').waitFor()
    const said = await person.context.request.get('/api/lianyungang/announcements')
    const { items } = (await said.json()) as { items: object[] }
    expect(items).toContainEqual({ step: 'declare', year: 2029, from: '2026-02-01', to: '2026-03-15' })
  })

  it('lets the keeper of a register add and end an entry, and nobody else', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/policy?view=registers')
    await page.getByRole('button', { name: '增加条目' }).click()
    const dialog = page.getByRole('dialog', { name: '增加条目' })
    await dialog.getByRole('button', { name: '增加条目' }).click()
    await dialog
      .getByText(/请填写名称|名称/)
      .first()
      .waitFor()
    await dialog.getByLabel('名称').fill('欧阳专家')
    await dialog.getByRole('button', { name: '增加条目' }).click()
    const row = page.getByRole('row', { name: /欧阳专家/ })
    await row.getByRole('button', { name: '停用' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
    await row.getByText('2026-06-15').waitFor()
    await person.context.close()
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'unit3' })
    await person.page.goto('/policy?view=registers')
    await person.page.getByRole('row', { name: /欧阳专家/ }).waitFor()
    expect(await person.page.getByRole('button', { name: '增加条目' }).count()).toBe(0)
  })
})
