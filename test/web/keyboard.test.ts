import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'
import { declareOnPage, playOnPages } from './play-on-pages.ts'
import { PASSWORD } from './serve-portal.ts'
import { openTown } from './town.ts'

const portal = inject('portal')
let browser: Browser
beforeAll(async () => {
  if (portal) browser = await launch(inject('chromium'))
})
afterAll(() => browser?.close())

/** Where the focus is: the region of the shell, and whether one can see it. */
async function focused(page: Page): Promise<{ region: string; seen: boolean; what: string }> {
  return page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    // Some controls are an unseen input in a label that shows its focus.
    const face = at.closest('label') ?? at
    const box = face.getBoundingClientRect()
    const frames = [
      at,
      at.parentElement,
      at.nextElementSibling,
      face,
      at.closest('.ant-select, .ant-picker, a'),
    ]
    const shown = frames.some((one) => {
      if (!one) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    })
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    const region = at.closest('.skip, header.top, nav, main, [role=dialog]')
    return {
      region: region?.matches('.skip') ? 'skip' : (region?.getAttribute('role') ?? region?.localName ?? ''),
      seen: shown && inside && box.width > 0,
      what: `${at.localName} ${at.getAttribute('aria-label') ?? at.textContent?.slice(0, 30) ?? ''}`,
    }
  })
}

async function hasFocus(place: Locator): Promise<boolean> {
  return (await place.count()) > 0 && place.first().evaluate((one) => one === document.activeElement)
}

/** Presses Tab, or Shift with it, until the focus is there, and sees to it that one can see it on the way. */
async function tabTo(page: Page, place: Locator, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await hasFocus(place)) return
    await page.keyboard.press(key)
    const { seen, what } = await focused(page)
    expect({ what, seen }).toEqual({ what, seen: true })
  }
  throw new Error(`Tab does not come to ${place}`)
}

/** Jumps over header and menu by the link made for it, where a page has just been opened. */
async function skipToMain(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  expect((await focused(page)).region).toBe('skip')
  await page.keyboard.press('Enter')
  await expect.poll(() => hasFocus(page.getByRole('main'))).toBe(true)
}

describe.skipIf(!portal)('with the keyboard alone', () => {
  it('signs in, opens the first to-do, chooses, approves and comes back to the workbench', async () => {
    const town = await openTown(browser, 'gulou', '2026-05-06')
    try {
      const told = await declareOnPage(town, 'main')
      await playOnPages(told, town.tenant.life.acts.find((one) => one.step === 'reserve-application')!)
      const { page, context, complaints } = await sitDown(browser, town.url)
      page.setDefaultTimeout(15_000)
      await page.clock.setFixedTime(new Date('2026-05-06T10:00:00+08:00'))
      const read = page.waitForResponse('**/api/jurisdictions')
      await page.goto('/')
      await read
      const choice = page.getByRole('combobox')
      await tabTo(page, choice)
      for (let i = 0; i < 3 && (await choice.inputValue()) !== 'gulou'; i++)
        await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Tab')
      await page.keyboard.type('approver-head')
      await page.keyboard.press('Tab')
      await page.keyboard.type(PASSWORD)
      await page.keyboard.press('Enter')
      const todo = page.getByRole('main').getByRole('listitem').getByRole('link').first()
      await todo.waitFor()
      const name = await todo.innerText()
      await skipToMain(page)
      await tabTo(page, todo)
      await page.keyboard.press('Enter')
      // Who goes to another page stands at its heading, not at a link that is gone.
      await expect
        .poll(() => hasFocus(page.getByRole('heading', { level: 1, name: new RegExp(`^${name}`) })))
        .toBe(true)
      const agree = page.getByRole('radio').first()
      await agree.waitFor()
      await tabTo(page, agree)
      await page.keyboard.press('Space')
      expect(await agree.isChecked()).toBe(true)
      await tabTo(page, page.getByRole('button', { name: '确认办理' }))
      await page.keyboard.press('Enter')
      await page.getByText(`已办理: ${name}`).waitFor()
      await page.getByRole('list', { name: '办理进度' }).waitFor()
      await tabTo(page, page.getByRole('navigation').getByRole('link').first(), 'Shift+Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: '待办' }).waitFor()
      await expect.poll(() => page.locator('.todo').getByRole('link', { name, exact: true }).count()).toBe(0)
      expect(complaints).toEqual([])
      await context.close()
    } finally {
      await town.close()
    }
  })

  it('goes through the page as it is read: skip link, header, menu, main', async () => {
    const { page, context } = await sitDown(browser, portal, { tenant: 'luan', login: 'lead' })
    await page.goto('/work')
    await page.getByRole('main').getByRole('listitem').first().waitFor()
    const regions: string[] = []
    for (let i = 0; i < 40 && regions.at(-1) !== 'main'; i++) {
      await page.keyboard.press('Tab')
      const { region, seen, what } = await focused(page)
      expect({ what, seen }).toEqual({ what, seen: true })
      if (regions.at(-1) !== region) regions.push(region)
    }
    expect(regions).toEqual(['skip', 'header', 'nav', 'main'])
    expect(
      await page
        .locator('[tabindex]')
        .evaluateAll((all) => all.some((one) => (one as HTMLElement).tabIndex > 0)),
    ).toBe(false)
    await context.close()
  })

  it('keeps the focus in a dialog, and gives it back to where it was opened', async () => {
    const { page, context } = await sitDown(browser, portal, { tenant: 'luan', login: 'unit2' })
    await page.goto('/declare')
    const open = page.getByRole('button', { name: /从以往项目/ })
    await open.waitFor()
    await open.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox').waitFor()
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab')
      expect(['skip', 'header', 'nav', 'main']).not.toContain((await focused(page)).region)
    }
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => hasFocus(open)).toBe(true)
    await context.close()
  })
})

/** The main pages by who sees them; `{project}` and `{step}` are of a to-do of his. */
const PAGES: { who?: { tenant?: string; login: string }; paths: string[] }[] = [
  { paths: ['/sign-in'] },
  {
    who: { tenant: 'luan', login: 'lead' },
    paths: ['/work', '/projects', '/projects/{project}', '{step}', '/policy', '/plans', '/plans/{plan}'],
  },
  { who: { tenant: 'luan', login: 'unit3' }, paths: ['/declare'] },
  { who: { login: 'overseer-320000' }, paths: ['/oversight', '/oversight/policies'] },
]

async function addressed({ context }: Person, path: string): Promise<string> {
  if (!path.includes('{')) return path
  const read = async (at: string) =>
    ((await (await context.request.get(`/api/luan/${at}`)).json()) as { items: Record<string, unknown>[] })
      .items
  const todo = (await read('todos?limit=50')).find((one) => one.project && one.open && one.kind === 'step')
  const project = (todo?.project as { id: string } | undefined)?.id ?? ''
  const plan = path.includes('{plan}') ? String((await read('batches?limit=5'))[0]?.id) : ''
  return path
    .replace('{plan}', plan)
    .replace('{step}', `/projects/${project}/steps/${todo?.step}`)
    .replace('{project}', project)
}

/** Headings that can be seen. */
function headings(page: Page): Promise<string[]> {
  return page
    .locator('h1, h2')
    .evaluateAll((all) =>
      all
        .filter((one) => one.getBoundingClientRect().width > 1)
        .map((one) => (one as HTMLElement).innerText.trim()),
    )
}

function lost(whole: readonly string[], shown: readonly string[]): string[] {
  return whole.filter((one) => !shown.includes(one))
}

describe.skipIf(!portal)('enlarged to 200 % and to 400 %', () => {
  for (const { who, paths } of PAGES)
    it(`${who?.login ?? '(nobody)'}: nothing is lost or wider than the screen`, async () => {
      const person = await sitDown(browser, portal, who, { viewport: { width: 1280, height: 800 } })
      const { page } = person
      for (const path of paths) {
        await page.setViewportSize({ width: 1280, height: 800 })
        await page.goto(await addressed(person, path))
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' })
        await page.waitForLoadState('networkidle')
        const whole = await headings(page)
        for (const size of [
          { width: 640, height: 400 },
          { width: 320, height: 400 },
        ]) {
          await page.setViewportSize(size)
          const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          await expect
            .poll(async () => ({ path, size, wider: await wider() }))
            .toEqual({ path, size, wider: 0 })
          expect({ path, size, lost: lost(whole, await headings(page)) }).toEqual({ path, size, lost: [] })
        }
      }
      await person.context.close()
    })
})
