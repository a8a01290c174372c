import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

let browser: Browser
let person: Person
const portal = inject('portal')

describe.skipIf(!portal)('a change of rules', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  it('is compared with the rules in force and rehearsed on the running projects before it is adopted', async () => {
    person = await sitDown(browser, portal, { login: 'admin' })
    const { page } = person
    await page.goto('/tenants')
    await page
      .getByRole('row', { name: /连云港/ })
      .getByRole('link', { name: '换用新办法' })
      .click()
    const editor = page.getByRole('textbox', { name: '办法文本' })
    await editor.waitFor()
    const old = readFileSync(new URL('../../tenants/lianyungang/2021-12-31.yaml', import.meta.url), 'utf8')
    const adopt = page.getByRole('button', { name: '采用新版本' })
    expect(await adopt.isDisabled()).toBe(true)

    const text = old
      .replace(
        'effective: 2021-12-31',
        'effective: 2027-07-01\n  transition: {of: earlier, takes: [declaration, review, planning], article: 第三十五条}',
      )
      .replace('atMost: 15%, of: approval.estimate}', 'atMost: 10%, of: approval.estimate}')
    await editor.fill(text)
    await page.locator('.ant-alert').getByText('检查通过, 可以采用').waitFor({ timeout: 30_000 })
    await page.getByRole('heading', { name: /与现行版本相比: [1-9]\d* 处不同/ }).waitFor()
    await page
      .getByText(/过渡规定/)
      .first()
      .waitFor()

    await page.getByRole('button', { name: '试演', exact: true }).click()
    await page.getByText(/按 2027-07-01 看过 \d+ 个在办项目/).waitFor()
    await page.getByText('按过渡规定转入新版本').first().waitFor()

    await page.getByRole('checkbox', { name: /逐条确认/ }).check()
    await adopt.click()
    await page.getByText(/自 2027-07-01 起适用/).waitFor()
    await page.getByRole('row', { name: /连云港.*2027-07-01/ }).waitFor()
  })
})
