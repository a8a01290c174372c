import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

/** The widest tables on the screens that offices have: nothing to scroll sideways, nothing cut off. */

const portal = inject('portal')
let browser: Browser
let person: Person

const VIEWS = [
  { who: { tenant: 'gulou', login: 'approver' }, path: '/projects' },
  { who: { tenant: 'gulou', login: 'finance' }, path: '/finance' },
  { who: { tenant: 'gulou', login: 'audit-auditor' }, path: '/finance' },
  { who: { tenant: 'gulou', login: 'audit-auditor' }, path: '/audit' },
  { who: { login: 'overseer-320000' }, path: '/oversight/projects' },
]

/** What reaches beyond its cell, and tables wider than their room. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const room of document.querySelectorAll('.ant-table-body, .ant-table-content'))
      if (room.scrollWidth > room.clientWidth + 1)
        found.push(`table ${room.scrollWidth} > ${room.clientWidth}`)
    for (const cell of document.querySelectorAll('.ant-table td, .ant-table th')) {
      const { left, right } = cell.getBoundingClientRect()
      for (const inner of cell.querySelectorAll('.number, .pill, a, button')) {
        const box = inner.getBoundingClientRect()
        if (box.width > 0 && (box.right > right + 1 || box.left < left - 1))
          found.push(`${inner.textContent} (${Math.round(box.width)}) in ${Math.round(right - left)}`)
      }
    }
    return found
  })
}

describe.skipIf(!portal)('wide tables', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
    const unit = await sitDown(browser, portal, { tenant: 'gulou', login: 'unit2' })
    const post = (path: string, data: object) =>
      unit.context.request.post(`/api/gulou${path}`, {
        data,
        headers: { origin: portal, 'idempotency-key': `widths${path}` },
      })
    const facts = { nature: 'new', estimate: '12345678901.23元', planYear: 2027, secret: false }
    const made = await post('/projects', { title: '名称很长的一个政务信息化项目综合管理与服务平台', facts })
    expect(made.status(), await made.text()).toBe(201)
    await unit.context.close()
  })
  afterAll(() => browser?.close())
  afterEach(() => person.context.close())

  it.each([1280, 1366].flatMap((width) => VIEWS.map((view) => ({ ...view, width }))))(
    '$path of $who.login at $width',
    async ({ who, path, width }) => {
      person = await sitDown(browser, portal, who, { viewport: { width, height: 850 } })
      const { page } = person
      await page.goto(path)
      await page.locator('tbody tr.ant-table-row').first().waitFor()
      expect(await cutOff(page)).toEqual([])
      if (path === '/projects' || path === '/finance') {
        const sum = page.locator('.sum-row').getByRole('button').first()
        expect(await sum.innerText()).toMatch(/^[\d,]+\.\d{2}$/)
        await sum.hover()
        await page.getByRole('tooltip', { name: /^精确数: [\d,]+\.\d{6} 万元$/ }).waitFor()
      }
      expect(person.complaints).toEqual([])
    },
  )

  it('the unit of a finance view stands below the name, and in the workbook in a column of its own', async () => {
    person = await sitDown(browser, portal, { tenant: 'gulou', login: 'finance' })
    const { page } = person
    await page.goto('/finance')
    const first = page.locator('tbody tr.ant-table-row').first()
    await first.locator('.cell-below').waitFor()
    expect(await first.locator('.cell-below').innerText()).not.toBe('')
    const asked = page.waitForRequest((request) => request.url().includes('/export'))
    await page.getByRole('button', { name: '导出' }).click()
    const said = (await asked).url() + ((await asked).postData() ?? '')
    expect(said).toContain('organisation')
  })
})
