import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { readScenarios } from '../../functions/core/policy/play/scenario-file.ts'
import type { Scenario } from '../../functions/core/policy/scenario.ts'
import { simulate } from '../../functions/core/policy/simulate.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { violations } from './axe.ts'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

const TEXT = readFileSync(new URL('../api/policy.yaml', import.meta.url), 'utf8')
const LUAN = readFileSync(new URL('../../tenants/luan/2021-08-06.yaml', import.meta.url), 'utf8')
const portal = inject('portal')
let browser: Browser
let person: Person

/** The rehearsal of a policy's text that nobody has adopted. */
async function rehearse(page: Page, text: string): Promise<void> {
  await page.goto('/tenants/new')
  await page.getByRole('textbox', { name: '办法文本' }).fill(text)
  await page.locator('.ant-alert').getByText('检查通过, 可以采用').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: '拿一个项目试一试' }).click()
  await page.getByRole('heading', { name: '接下来' }).waitFor()
}

const log = (page: Page): Locator => page.locator('.play-log > li')

/** Does what the form proposes for a step. */
async function doStep(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `办理: ${title}`, exact: true }).click()
  const drawer = page.getByRole('dialog', { name: title })
  await drawer.locator('.form-foot .ant-btn-primary').first().click()
  await drawer.waitFor({ state: 'hidden' })
}

/** The text of the scenario that the page saves. */
async function saved(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '存为场景文件' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^rehearsal-[a-z-]+-\d{4}-\d{2}-\d{2}\.yaml$/)
  return readFileSync(await download.path(), 'utf8')
}

async function open(page: Page, name: string, content: string): Promise<void> {
  await page
    .locator('input[type=file][accept=".yaml,.yml"][aria-label="打开场景文件"]')
    .setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(content) })
}

function playedByCommandLine(file: string): { scenario: Scenario; said: [boolean, string[]][] } {
  const { policy } = loadPolicy(TEXT, 'policy.yaml')
  const { scenarios, problems } = readScenarios(file, 'saved.yaml')
  expect(problems).toEqual([])
  const { events } = simulate(policy!, scenarios[0]!, seededCalendar)
  const said = events.map((one): [boolean, string[]] => [
    one.accepted,
    one.findings.filter((found) => found.level === 'block').flatMap((found) => found.article),
  ])
  return { scenario: scenarios[0]!, said }
}

describe.skipIf(!portal)('rehearsing a policy', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())
  afterEach(async () => {
    expect(person.complaints).toEqual([])
    await person.context.close()
  })

  it('begins from a text that a reload has not lost', async () => {
    person = await sitDown(browser, portal, { login: 'admin' })
    const { page } = person
    await rehearse(page, TEXT)
    await page.getByRole('button', { name: '填入样例项目' }).waitFor()
    // The text is kept a moment after the last key.
    await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(1)
    await page.reload()
    await page.getByRole('button', { name: '填入样例项目' }).waitFor()
    await page.getByRole('button', { name: '返回办法文本' }).click()
    await page.locator('.cm-content').getByText('jurisdiction:').waitFor()
    await page.getByText('检查通过, 可以采用').waitFor()
  })

  it('plays a project act by act, refuses with the article, takes back, and keeps what the command line plays the same', async () => {
    person = await sitDown(browser, portal, { login: 'admin' })
    const { page } = person
    await rehearse(page, TEXT)
    await page.getByRole('button', { name: '填入样例项目' }).click()
    await page.getByRole('button', { name: '样例: 建设' }).waitFor()
    await page.getByRole('button', { name: '办理: 年度申报', exact: true }).click()
    const drawer = page.getByRole('dialog', { name: '年度申报' })
    await drawer.getByRole('checkbox', { name: '项目详细设计方案' }).uncheck()
    expect(await violations(page)).toEqual([])
    await drawer.locator('.form-foot .ant-btn-primary').first().click()
    await drawer.getByText('规则不放行').waitFor()
    await drawer.getByText(/须提交「项目详细设计方案」/).waitFor()
    await drawer.getByRole('alert').getByRole('button', { name: '第九条第二款', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    expect(await log(page).first().innerText()).toMatch(/拒绝/)

    // Taken back and refused once more on purpose, so that the file keeps a refusal.
    await page.getByRole('button', { name: '撤回上一步' }).click()
    await expect.poll(() => log(page).count()).toBe(0)
    await page.getByText(/^还不能办 \d+ 项/).click()
    await page.getByRole('button', { name: '硬办试试: 政府采购' }).click()
    const early = page.getByRole('dialog', { name: '政府采购' })
    await early.locator('.form-foot .ant-btn-primary').first().click()
    await early.getByText('规则不放行').waitFor()
    await early.getByRole('button', { name: '关闭' }).last().click()
    await early.waitFor({ state: 'hidden' })
    await doStep(page, '年度申报')
    await doStep(page, '初审')
    await page.getByRole('button', { name: '往后一个月' }).click()
    await expect.poll(() => log(page).count()).toBe(4)
    await page.getByText('推演到 2026-07-15').waitFor()
    expect(await log(page).last().innerText()).toMatch(/时间到了 2026-07-15/)
    expect(
      await page
        .getByRole('listitem')
        .filter({ has: page.locator('.stage-name') })
        .filter({ hasText: '评审' })
        .getAttribute('aria-current'),
    ).toBe('step')
    expect(await violations(page)).toEqual([])

    await page.getByRole('textbox', { name: '场景名称' }).fill('第十四条 未立项不得采购')
    const file = await saved(page)
    const { scenario, said } = playedByCommandLine(file)
    expect(scenario.name).toBe('第十四条 未立项不得采购')
    expect(said.map(([accepted]) => accepted)).toEqual([false, true, true, true])
    expect(said[0]![1]).not.toEqual([])
    expect(scenario.events![0]!.expect?.articles).toEqual([...new Set(said[0]![1])])
    const refusal = await log(page).first().innerText()
    for (const article of said[0]![1]) expect(refusal).toContain(article)

    // The text is come back to: the rehearsal is still there.
    await page.getByRole('button', { name: '返回办法文本' }).click()
    await page.getByRole('textbox', { name: '办法文本' }).waitFor()
    await page.goBack()
    await expect.poll(() => log(page).count()).toBe(4)

    await page.getByRole('button', { name: '重来' }).click()
    await page
      .getByRole('dialog', { name: /清掉全部经过/ })
      .getByRole('button', { name: /确.*定|OK/ })
      .click()
    await expect.poll(() => log(page).count()).toBe(0)
    await open(page, '乱写.yaml', 'facts: {a: 1}\nevents:\n  - {on: 2026-13-01, step: x}\n')
    await page.getByText('乱写.yaml 不是能播放的场景文件').waitFor()
    await page.getByText(/第 3 行第 \d+ 列: .*须写作存在的日期/).waitFor()
    await open(page, 'saved.yaml', file)
    await expect.poll(() => log(page).count()).toBe(4)
    expect(await page.getByRole('textbox', { name: '场景名称' }).inputValue()).toBe('第十四条 未立项不得采购')
    await page.getByRole('button', { name: '从头逐条播放' }).click()
    await page.getByText('未播放').nth(3).waitFor()
    await page.getByRole('button', { name: '播放下一条' }).click()
    await expect.poll(() => page.getByText('未播放').count()).toBe(3)
    await expect.poll(async () => playedByCommandLine(await saved(page)).said).toEqual(said)
  })

  it('shows a whole life at one click, on a small screen', async () => {
    person = await sitDown(browser, portal, { login: 'admin' }, { viewport: { width: 390, height: 800 } })
    const { page } = person
    await rehearse(page, LUAN)
    await page.getByRole('button', { name: '一键走完全程' }).click()
    await page.getByText(/走完了: 共办 \d+ 步/).waitFor({ timeout: 30_000 })
    const lines = await log(page).allInnerTexts()
    expect(lines.length).toBeGreaterThan(15)
    expect(lines.filter((line) => line.includes('拒绝'))).toEqual([])
    for (const line of lines.slice(0, 5)) expect(line).toMatch(/第.+条/)
    expect(lines.join()).toMatch(/竣工验收/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await violations(page)).toEqual([])
  })

  it('starts a procedure within, and tells what is overdue once its day has passed', async () => {
    person = await sitDown(browser, portal, { login: 'admin' })
    const { page } = person
    await rehearse(page, LUAN)
    await page.getByRole('button', { name: '一键走完全程' }).click()
    await page.getByText(/走完了: 共办 \d+ 步/).waitFor({ timeout: 30_000 })
    while (!/启动实施/.test(await log(page).last().innerText())) {
      const before = await log(page).count()
      await page.getByRole('button', { name: '撤回上一步' }).click()
      await expect.poll(() => log(page).count()).toBe(before - 1)
    }
    await page.getByText(/^可以发起的程序/).click()
    await page.getByRole('button', { name: '发起: 建设方案调整' }).click()
    const start = page.getByRole('dialog', { name: '建设方案调整' })
    await start.getByRole('textbox', { name: '调整内容' }).fill('增加移动端')
    await start.locator('.form-foot .ant-btn-primary').click()
    await start.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: '办理: 调整申请' }).waitFor()
    await page.getByRole('button', { name: /^走过最近的期限/ }).click()
    await expect.poll(() => log(page).last().innerText()).toMatch(/「竣工验收」逾期.*第十九条/s)
    const { scenarios } = readScenarios(await saved(page), 'saved.yaml')
    expect(scenarios[0]!.events!.at(-2)).toMatchObject({
      procedure: 'change',
      start: { facts: { content: '增加移动端' } },
    })
  })

  it('is worked by the keyboard alone', async () => {
    person = await sitDown(browser, portal, { login: 'admin' })
    const { page } = person
    await rehearse(page, LUAN)
    await page.getByRole('button', { name: '填入样例项目' }).focus()
    await page.keyboard.press('Enter')
    const declare = page.getByRole('button', { name: '办理: 年度申报', exact: true })
    await declare.waitFor({ timeout: 30_000 })
    await declare.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: '年度申报' })
    await drawer.locator('.form-foot .ant-btn-primary').first().waitFor()
    await drawer.getByRole('checkbox', { name: '项目详细设计方案' }).focus()
    await page.keyboard.press('Space')
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press('Tab')
      if (await page.evaluate(() => document.activeElement?.matches('.form-foot button'))) break
    }
    await page.keyboard.press('Enter')
    await drawer.getByText('规则不放行').waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    const focused = () => page.evaluate(() => document.activeElement?.outerHTML)
    await expect.poll(focused, { timeout: 5_000 }).toContain('aria-label="办理: 年度申报"')
    await page.getByRole('button', { name: '撤回上一步' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => log(page).count()).toBe(0)
  })
})
