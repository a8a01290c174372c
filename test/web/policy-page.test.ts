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
    await page
      .getByText(/^\d+ 个项目办过$/)
      .first()
      .waitFor()
    const review = page.getByRole('listitem').filter({ hasText: '集中审查论证' }).first()
    await review.getByText('「初审」').waitFor()
    await review.getByText('退回修改 → 重办「年度申报」').waitFor()
    await page.getByRole('tab', { name: '条文理解' }).click()
    await page.getByText('运维项目列入维护计划即可, 不另立项').waitFor()
    await page.getByRole('tab', { name: '年度日历' }).click()
    const row = page.getByRole('row', { name: /^集中审查论证/ })
    await row.getByText('2026-07-01 — 2026-08-31').waitFor()
    expect(await page.getByRole('button', { name: '公布起止日' }).count()).toBe(0)
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
