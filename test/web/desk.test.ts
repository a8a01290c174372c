import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'
import { PASSWORD } from './serve-portal.ts'

const portal = inject('portal')
let browser: Browser
let people: Person[] = []

async function open(login: string, tenant = 'luan'): Promise<Person> {
  const person = await sitDown(browser, portal, { tenant, login })
  people.push(person)
  return person
}

/** A figure of the workbench by its name. */
async function figure(page: Page, name: string): Promise<number> {
  const tile = page.getByRole('navigation', { name: '概览' }).getByRole('link', { name })
  await tile.locator('strong').filter({ hasNotText: '…' }).waitFor()
  return Number(await tile.locator('strong').innerText())
}

describe.skipIf(!portal)("the clerk's desk in the browser", () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(people.flatMap((one) => one.complaints)).toEqual([])
    for (const { context } of people) await context.close()
    people = []
  })

  it('shows a unit what came of its projects, and the bell counts it until it is read', async () => {
    const { page } = await open('unit3')
    await page.goto('/work')
    const bell = page.getByRole('button', { name: /消息, \d+ 条未读/ })
    const before = Number(/\d+/.exec((await bell.getAttribute('aria-label')) ?? '')?.[0])
    expect(before).toBeGreaterThan(0)
    await bell.click()
    const list = page.getByRole('region', { name: '消息' })
    await list.locator('.notice-unread').first().getByRole('link').click()
    await page.waitForURL('**/projects/**')
    const left = before > 1 ? `消息, ${before - 1} 条未读` : '消息, 没有未读'
    await page.getByRole('button', { name: left }).waitFor()
    await page.goto('/notices?category=returned')
    await page
      .getByText(/退回重办/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: '全部', exact: true }).click()
    if (before > 1) await page.getByRole('button', { name: '全部标为已读' }).click()
    await page.getByRole('button', { name: '消息, 没有未读' }).waitFor()
  })

  it('tells a wrong present password in the form, and takes the right one', async () => {
    const { page } = await open('cryptography-reviewer')
    await page.goto('/account')
    const change = async (old: string, fresh: string) => {
      await page.getByLabel('现在的密码').fill(old)
      await page.getByLabel(/^新密码/).fill(fresh)
      await page.getByLabel('再输入一次').fill(fresh)
      await page.getByRole('button', { name: '修改密码' }).click()
    }
    await change('not the password', 'another long password')
    await page.getByText('原密码不正确').waitFor()
    expect(await page.getByText('登录已过期').count()).toBe(0)
    await change(PASSWORD, 'another long password')
    await page.getByText('密码已修改').waitFor()
    await change('another long password', PASSWORD)
    await page.getByText('密码已修改').last().waitFor()
  })

  it('names the field that is missing of a new person', async () => {
    const { page } = await open('admin')
    await page.goto('/people')
    await page.getByRole('button', { name: '新增人员' }).click()
    const dialog = page.getByRole('dialog', { name: '新增人员' })
    await dialog.getByRole('button', { name: /保\s*存/ }).click()
    for (const field of ['姓名', '账号', '单位']) await dialog.getByText(`请填写「${field}」`).waitFor()
  })

  it('lets a clerk mute a category for himself alone', async () => {
    const { page } = await open('approver')
    await page.goto('/account')
    const box = (name: string) => page.getByRole('checkbox', { name })
    // The box shows what is kept, a moment after the click; it is not looked at in the same instant.
    await box('报送').click()
    await page.getByText('已保存', { exact: true }).waitFor()
    await page.reload()
    await expect.poll(() => box('报送').isChecked()).toBe(false)
    expect(await box('抄送').isChecked()).toBe(true)
  })

  it('hands a to-do over to a colleague, who is told and gives it back', async () => {
    const { page } = await open('lead')
    await page.goto('/work')
    await page.getByRole('button', { name: '「新增项目批准」的更多操作' }).click()
    await page.getByRole('menuitem', { name: '转办' }).click()
    const dialog = page.getByRole('dialog', { name: '转办: 新增项目批准' })
    const colleagues = dialog.getByRole('combobox', { name: '同事' })
    await colleagues.click()
    await page
      .locator('.ant-select-dropdown:visible')
      .getByText(/审核人/)
      .waitFor()
    await colleagues.fill('审核人')
    await page.keyboard.press('Enter')
    await dialog.getByTitle(/审核人$/).waitFor()
    await dialog.getByRole('textbox', { name: '附言(选填)' }).fill('请在周五前看一下')
    await dialog.getByRole('button', { name: '转办' }).click()
    await page.getByText(/已转交/).waitFor()
    const colleague = await open('lead-reviewer')
    await colleague.page.goto('/work?held=mine')
    const line = colleague.page.getByRole('listitem').filter({ hasText: '新增项目批准' }).first()
    await line.getByText('我经办').waitFor()
    await line.getByText('附言: 请在周五前看一下').waitFor()
    expect(await figure(colleague.page, '我经办')).toBe(1)
    await line.getByRole('button', { name: '「新增项目批准」的更多操作' }).click()
    await colleague.page.getByRole('menuitem', { name: '退回本单位' }).click()
    await colleague.page.getByText('您手上没有待办').waitFor()
  })

  it('urges what another organisation has let pass, once a day', async () => {
    const { page } = await open('lead')
    await page.goto('/work')
    const overdue = await figure(page, '各单位逾期事项')
    await page.getByRole('link', { name: /各单位逾期事项/ }).click()
    await page.getByRole('heading', { level: 1, name: '各单位逾期事项' }).waitFor()
    await page.locator('li.todo').first().waitFor()
    expect(await page.locator('li.todo').count()).toBe(overdue)
    const urge = page.getByRole('button', { name: /^催办: / }).first()
    const owed = await page.locator('li.todo').filter({ has: urge }).first().innerText()
    await urge.click()
    await page.getByRole('dialog').getByRole('textbox').fill('已逾期, 请说明原因')
    await page.getByRole('dialog').getByRole('button', { name: '催办' }).click()
    await page.getByText(/已催办 /).waitFor()
    const again = page.getByRole('button', { name: /今天已催办/ }).first()
    await again.waitFor()
    expect(await again.isDisabled()).toBe(true)
    expect(owed).toContain('逾期')
  })

  it('lets a unit urge from its project, and the record says so', async () => {
    const { page, context } = await open('unit3')
    const read = async <T>(path: string): Promise<T[]> =>
      ((await (await context.request.get(`/api/luan${path}`)).json()) as { items: T[] }).items
    type Owed = { title: string; open: boolean; organisation: { name: string } }
    let waited: { id: string; owed: Owed } | undefined
    for (const { id } of await read<{ id: string }>('/projects?limit=50')) {
      const owed = (await read<Owed>(`/projects/${id}/todos`)).find(
        (one) => one.open && one.organisation.name !== '市交通运输局',
      )
      if (owed) waited = { id, owed }
    }
    const { id, owed } = waited!
    await page.goto(`/projects/${id}`)
    await page
      .getByRole('button', { name: new RegExp(`^催办.*: ${owed.title}$`) })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('textbox').fill('请尽快办理')
    await page.getByRole('dialog').getByRole('button', { name: '催办' }).click()
    await page.getByText(/^已催办 /).waitFor()
    await page.goto(`/projects/${id}?tab=history`)
    await page
      .getByText(new RegExp(`市交通运输局.*催办.*办理「${owed.title}」`))
      .first()
      .waitFor()
  })

  it('leads from each figure to as many lines as it says', async () => {
    const { page } = await open('lead')
    await page.goto('/work')
    const week = await figure(page, '本周收到报送')
    await page.getByRole('link', { name: /本周收到报送/ }).click()
    await page.getByRole('heading', { level: 1, name: '消息' }).waitFor()
    expect(page.url()).toMatch(/category=received&since=\d{4}-\d\d-\d\d$/)
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.notices > li').count()).toBe(week)
    await page.goto('/work?tab=done')
    await page.locator('li.act').first().waitFor()
    await page.getByRole('link', { name: '我发起' }).click()
    await page.waitForURL('**/work?tab=begun')
  })

  it('says in the list why a due day is that day: the article, the facts, the version', async () => {
    const { page } = await open('lead')
    for (const path of ['/work?due=overdue', '/projects?due=overdue', '/notices?category=overdue']) {
      await page.goto(path)
      const ask = page.getByRole('main').getByRole('button', { name: /期限的由来/ })
      await ask.first().click()
      const told = page.getByRole('tooltip').filter({ hasText: '期限的由来' })
      await told.getByText('依据').waitFor()
      await told
        .getByRole('button', { name: /^第.+条/ })
        .first()
        .waitFor()
      await told.getByText('起施行').waitFor()
      // Names for programs are no reasons.
      expect(await told.innerText()).not.toMatch(/[a-z]+-[a-z]+\./)
    }
  })

  it('lets the administrator move, end and restore a person, and take in a list of units', async () => {
    const { page } = await open('lead-admin', 'luan')
    await page.goto('/people')
    await page.getByRole('searchbox', { name: /查找姓名/ }).fill('finance-reviewer')
    await page.getByRole('button', { name: /^编辑 / }).click()
    const dialog = page.getByRole('dialog', { name: /编辑人员/ })
    await dialog.getByLabel('姓名').fill('新任审核人')
    await dialog
      .getByRole('button', { name: '保 存' })
      .or(dialog.getByRole('button', { name: '保存' }))
      .click()
    await page.getByText('已保存 新任审核人').waitFor()
    await page.getByRole('cell', { name: '新任审核人', exact: true }).waitFor()
    await page.getByRole('button', { name: '编辑 新任审核人' }).click()
    await page.getByRole('button', { name: '停用账号' }).click()
    await page.getByRole('dialog').last().getByRole('button', { name: '停用账号' }).click()
    await page.getByRole('cell', { name: '已停用' }).waitFor()
    const refused = await page.context().request.post('/api/session', {
      data: { tenant: 'luan', login: 'finance-reviewer', password: PASSWORD },
      headers: { origin: portal },
    })
    expect(refused.status()).toBe(401)
    await page.getByRole('button', { name: '编辑 新任审核人' }).click()
    await page.getByRole('button', { name: '恢复账号' }).click()
    await page.getByRole('cell', { name: '在用' }).waitFor()
    await page.getByRole('tab', { name: '单位' }).click()
    await page.getByRole('button', { name: '批量导入' }).click()
    const [archive, library] = ['市档案馆', '市图书馆'].map((name) => `${name}${process.hrtime()[1]}`) as [
      string,
      string,
    ]
    const paste = page.getByRole('dialog', { name: '批量导入建设单位' })
    await paste.getByRole('textbox', { name: '单位名称' }).fill([archive, library, archive].join('\n'))
    await paste.getByRole('button', { name: /检\s*查/ }).click()
    await paste.getByText(`第 3 行「${archive}」: 与前面一行重复`).waitFor()
    await paste.getByRole('textbox', { name: '单位名称' }).fill([archive, library].join('\n'))
    await paste.getByRole('button', { name: /检\s*查/ }).click()
    await paste.getByRole('button', { name: '导入 2 个单位' }).click()
    await page.getByText('已导入 2 个单位').waitFor()
    await page.getByRole('cell', { name: library, exact: true }).waitFor()
    await page.getByRole('tab', { name: '登录记录' }).click()
    await page
      .getByRole('cell', { name: /新任审核人/ })
      .first()
      .waitFor()
  })

  it('goes from the signing-in to a to-do with the keyboard alone', async () => {
    const person = await sitDown(browser, portal)
    people.push(person)
    const { page } = person
    await page.goto('/sign-in')
    await page.getByRole('combobox').selectOption('luan')
    await page.getByRole('combobox').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.type('unit3')
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    const first = page.locator('a.todo-title').first()
    await first.waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('跳')
    for (let i = 0; i < 60; i++) {
      if (await first.evaluate((link) => link === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    const name = await first.innerText()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name }).waitFor()
  })
})
