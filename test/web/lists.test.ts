import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { unzipSync } from '../api/unzip.ts'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

const portal = inject('portal')
let browser: Browser
let person: Person

const rows = (page: Page) => page.locator('tbody tr.ant-table-row')

describe.skipIf(!portal)('lists and the search', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  it('finds a project by initials in the list, and the address keeps it', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/projects')
    await rows(page).first().waitFor()
    const all = await rows(page).count()
    await page.getByRole('textbox', { name: '查找项目' }).fill('zhtc')
    await page.getByText('共 1 个项目').waitFor()
    await expect.poll(() => rows(page).count()).toBe(1)
    expect(all).toBeGreaterThan(5)
    expect(await rows(page).first().innerText()).toContain('智慧停车')
    expect(new URL(page.url()).searchParams.get('word')).toBe('zhtc')
    await page.reload()
    await page.getByText('共 1 个项目').waitFor()
    expect(await page.getByRole('textbox', { name: '查找项目' }).inputValue()).toBe('zhtc')
  })

  it('says of a filter without a match that nothing matches, not that there are no projects', async () => {
    person = await sitDown(browser, portal, { tenant: 'gulou', login: 'approver' })
    const { page } = person
    await page.goto('/projects?word=没有这样的项目')
    await page.getByText('没有符合筛选条件的项目').waitFor()
    expect(await page.getByText('还没有项目').count()).toBe(0)
  })

  it('sorts by amount and sums what the filter matches', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/projects?least=500')
    await rows(page).first().waitFor()
    await page.getByRole('columnheader', { name: '申报概算' }).click()
    await page.waitForURL(/order=amount/)
    const answer = await person.context.request.get('/api/luan/projects?least=500&order=amount&totals=true')
    const { items, totals } = (await answer.json()) as {
      items: { title: string; estimateFen: number }[]
      totals: { estimateFen: number }
    }
    await expect.poll(() => rows(page).first().innerText()).toContain(items[0]!.title)
    const sum = (totals.estimateFen / 1_000_000).toLocaleString('zh-CN')
    expect(await page.locator('.sum-row').innerText()).toContain(sum)
    expect(items.reduce((total, one) => total + one.estimateFen, 0)).toBe(totals.estimateFen)
  })

  it('keeps columns and a shared view on the server: there after a reload and for a colleague', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/projects?ended=false')
    await rows(page).first().waitFor()
    expect(await page.getByRole('columnheader', { name: '项目代码' }).count()).toBe(0)
    await page.locator('.anticon-setting').click()
    const saved = page.waitForResponse(
      (one) => one.url().endsWith('/preferences') && one.request().method() === 'PUT',
    )
    await page.locator('.ant-pro-table-column-setting-list').getByText('项目代码').click()
    await page.getByRole('columnheader', { name: '项目代码' }).waitFor()
    expect((await saved).status()).toBe(200)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^视图/ }).click()
    await page.getByRole('menuitem', { name: '保存当前视图' }).click()
    await page.getByLabel('名称', { exact: true }).fill('在办项目')
    await page.getByRole('checkbox', { name: '与本单位同事共用' }).check()
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('button', { name: '视图: 在办项目' }).waitFor()
    await page.getByRole('button', { name: '视图: 在办项目' }).click()
    const kept = page.waitForResponse(
      (one) => one.url().endsWith('/preferences') && one.request().method() === 'PUT',
    )
    await page.getByRole('menuitem', { name: '设为打开时的视图' }).click()
    expect((await kept).status()).toBe(200)
    await page.goto('/projects')
    await page.getByRole('button', { name: '视图: 在办项目' }).waitFor()
    expect(new URL(page.url()).searchParams.get('ended')).toBe('false')
    await page.getByRole('columnheader', { name: '项目代码' }).waitFor()
    await person.context.close()
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead-reviewer' })
    await person.page.goto('/projects')
    await rows(person.page).first().waitFor()
    expect(await person.page.getByRole('columnheader', { name: '项目代码' }).count()).toBe(0)
    await person.page.getByRole('button', { name: /^视图/ }).click()
    await person.page.getByRole('menuitem', { name: /^在办项目\(/ }).click()
    await person.page.waitForURL(/ended=false/)
    await person.page.getByRole('columnheader', { name: '项目代码' }).waitFor()
  })

  it('exports the chosen projects as a workbook', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/projects?order=-amount')
    await rows(page).first().waitFor()
    const title = await rows(page).nth(1).getByRole('link').innerText()
    await page.getByRole('checkbox', { name: `选择 ${title}` }).check()
    await page.getByText('已选 1 个项目').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出所选' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('项目清单-2026-06-15.xlsx')
    const sheet = [...unzipSync(readFileSync(await file.path())).values()].join('')
    expect(sheet).toContain(title)
    expect(sheet).toContain('范围: 所选项目')
  })

  it('does a step on several projects at once and tells which were refused, with the article', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    const answer = await person.context.request.get('/api/luan/todos?limit=200')
    const todos = (
      (await answer.json()) as {
        items: { step: string; open: boolean; item: string; project?: { title: string } }[]
      }
    ).items
    const review = todos.filter((one) => one.item === 'step:preliminary-review' && one.open)
    expect(review.length).toBeGreaterThan(0)
    // Chosen on one page, kept on the next: one that awaits the step and one that does not.
    await page.goto('/projects?stage=closed')
    await rows(page).first().waitFor()
    await rows(page).first().getByRole('checkbox').check()
    await page.getByRole('button', { name: '清除' }).click()
    await page.waitForURL((url) => url.search === '')
    await page.getByRole('textbox', { name: '查找项目' }).fill(review[0]!.project!.title)
    await page.waitForURL(/word=/)
    await expect.poll(() => rows(page).count(), { timeout: 10_000 }).toBe(1)
    await page.getByRole('checkbox', { name: `选择 ${review[0]!.project!.title}` }).check()
    await page.getByText('已选 2 个项目').waitFor()
    await page.getByRole('button', { name: '批量办理' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('初审(1 个可办)').waitFor()
    await dialog.getByText('1 个项目的这一环节不在本单位待办中, 不办理。').waitFor()
    await dialog.getByRole('radio', { name: '通过初审' }).check()
    await dialog.getByRole('button', { name: /^办理 \d+ 个/ }).click()
    // Every field that the step needs is asked for before anything is sent.
    expect(await dialog.locator('.ant-form-item-explain-error').count()).toBeGreaterThan(0)
    for (const group of [
      '已按要求完成基础设施和应用系统集约整合',
      '已按规定共享数据',
      '已按要求部署在电子政务外网',
    ])
      await dialog.getByRole('radiogroup', { name: group }).getByText('否', { exact: true }).click()
    await dialog.getByRole('button', { name: /^办理 \d+ 个/ }).click()
    await dialog.getByText(/办理成功 0 个, 未成功 1 个/).waitFor()
    expect(await dialog.getByRole('button', { name: '第八条' }).count()).toBeGreaterThan(0)
  })

  it('opens a project, a page and an article from the keyboard alone', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    const { page } = person
    await page.goto('/work')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索' }).waitFor()
    await page.keyboard.type('停车')
    await page
      .getByRole('option', { name: /智慧停车/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/projects\/[0-9a-f-]{36}$/)
    await page.getByRole('heading', { level: 1, name: /停车/ }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索' }).waitFor()
    await page.keyboard.type('glbf')
    await page.getByRole('option', { name: '管理办法' }).waitFor()
    for (
      let i = 0;
      i < 9 &&
      (await page.getByRole('option', { name: '管理办法' }).getAttribute('aria-selected')) !== 'true';
      i++
    )
      await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/policy$/)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: '搜索' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: '搜索' }).waitFor({ state: 'hidden' })
  })

  it('shows money to finance and exceptions to audit, and neither in the menu of a unit', async () => {
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'finance' })
    const { page } = person
    await page.goto('/projects')
    await page.getByRole('link', { name: '资金视图' }).click()
    await page.getByRole('columnheader', { name: '已拨付' }).waitFor()
    expect(await page.getByRole('link', { name: '审计视图' }).count()).toBe(0)
    await rows(page).first().waitFor()
    await page.locator('.gates button').first().click()
    await page
      .getByText(/尚未办理, 不能办理/)
      .first()
      .waitFor()
    await person.context.close()
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'audit-auditor' })
    await person.page.goto('/audit')
    await person.page.getByRole('button', { name: /逾期未验收/ }).click()
    await person.page.waitForURL(/exception=acceptance-overdue/)
    await person.context.close()
    person = await sitDown(browser, portal, { tenant: 'luan', login: 'unit3' })
    await person.page.goto('/projects')
    await person.page.getByRole('link', { name: '项目', exact: true }).waitFor()
    expect(await person.page.getByRole('link', { name: /视图/ }).count()).toBe(0)
  })
})
