import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { violations } from './axe.ts'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

let browser: Browser
let person: Person
const portal = inject('portal')

/** Invented; the articles of the jurisdiction itself stand nowhere in this project. */
const TEXT = `第一章　总则
第一条　为管好笔墨,制定本办法。
第二条　笔墨包括毛笔和墨锭。
第四条　领用笔墨的:
（一）应当登记;
（二）应当归还。`

describe.skipIf(!portal)("the regulation's own text", () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  it('is missing at first: every article says so, and who may give it learns where', async () => {
    person = await sitDown(browser, portal, { tenant: 'gulou', login: 'unit3' })
    await person.page.goto('/policy')
    await person.page.locator('.article-link').first().click()
    const card = person.page.locator('.ant-popover section.why')
    await card.getByText('还没有载入条文原文').waitFor()
    expect(await card.getByRole('link', { name: '到办法页载入' }).count()).toBe(0)
    await person.context.close()
    person = await sitDown(browser, portal, { tenant: 'gulou', login: 'approver-admin' })
    await person.page.goto('/policy')
    await person.page.locator('.article-link').first().click()
    await person.page.getByRole('link', { name: '到办法页载入' }).click()
    await person.page.getByRole('dialog', { name: '载入条文原文' }).waitFor()
  })

  it('is dropped in the encoding that Windows saves or pasted, looked through, and kept', async () => {
    person = await sitDown(browser, portal, { tenant: 'gulou', login: 'approver-admin' })
    const { page } = person
    await page.goto('/policy?view=article')
    await page.getByRole('button', { name: '载入条文' }).click()
    const dialog = page.getByRole('dialog', { name: '载入条文原文' })
    const pasted = dialog.getByRole('textbox', { name: '条文原文' })
    await pasted.fill('没有条文的一段话')
    await dialog.getByRole('button', { name: /检\s*查/ }).click()
    await dialog.getByText(/没有找到条文: 每一条应另起一行/).waitFor()
    const gb18030 = Buffer.from([0xb5, 0xda, 0xd2, 0xbb, 0xcc, 0xf5, 0x20, 0xb1, 0xca, 0xa1, 0xa3])
    await dialog
      .locator('input[type=file]')
      .setInputFiles({ name: '条文.txt', mimeType: 'text/plain', buffer: gb18030 })
    await expect.poll(() => pasted.inputValue()).toBe('第一条 笔。')
    await pasted.fill(TEXT)
    await dialog.getByRole('button', { name: /检\s*查/ }).click()
    await dialog.getByText('对上 3 条, 请看下面几处').waitFor()
    await dialog.getByText(/文本里没有: 第三条、/).waitFor()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: '保存 3 条' }).click()
    await page.getByText('已载入 3 条').waitFor()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('笔墨包括毛笔和墨锭。').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('is what an article anywhere opens with, by keyboard too, and Escape leads back', async () => {
    person = await sitDown(browser, portal, { tenant: 'gulou', login: 'approver' })
    const { page } = person
    await page.goto('/policy')
    const link = page.getByRole('button', { name: /^第四条/ }).first()
    await link.focus()
    await page.keyboard.press('Enter')
    const words = page.getByRole('region', { name: '第四条原文' })
    await words.getByText('（一）应当登记;').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Tab')
    await expect.poll(() => words.evaluate((node) => node === document.activeElement)).toBe(true)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await words.waitFor({ state: 'detached' })
    expect(await link.evaluate((node) => node === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '看这一条的规则' }).click()
    await page.locator('li.chosen').getByText('（二）应当归还。').waitFor()
  })
})
