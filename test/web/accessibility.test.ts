import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { violations } from './axe.ts'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'

const portal = inject('portal')
let browser: Browser

/** Waits until nothing is being read and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('.ant-skeleton').first().waitFor({ state: 'detached' })
  await page.waitForTimeout(400)
}

/** Pages of a person; `{project}` is one of his own. */
const PAGES: { who?: { tenant?: string; login: string }; paths: string[] }[] = [
  { paths: ['/sign-in'] },
  {
    who: { tenant: 'luan', login: 'lead' },
    paths: [
      '/work',
      '/projects',
      '/projects?rule=step%3Adeclare',
      '/projects/{project}',
      '{step}',
      '/plans',
      '/plans/{plan}',
      '/policy',
      '/policy?view=article',
      '/policy?view=tables',
      '/policy?view=calendar',
      '/policy?view=discretion',
      '/policy?view=registers',
      '/policy?view=readings',
      '/people',
      '/account',
      '/work?tab=done',
      '/overdue',
      '/notices',
      '/nowhere',
    ],
  },
  { who: { tenant: 'luan', login: 'audit-auditor' }, paths: ['/finance', '/audit', '/audit?exception=all'] },
  {
    who: { tenant: 'luan', login: 'finance' },
    paths: [
      ...[
        'basics',
        'money',
        'materials',
        'contracts',
        'procedures',
        'lists',
        'acceptance',
        'operation',
        'evaluation',
        'documents',
        'history',
      ].map((tab) => `/projects/{late}?tab=${tab}`),
      '/projects/{late}?view=picture',
      '/projects/{late}/print',
    ],
  },
  {
    who: { tenant: 'luan', login: 'unit3' },
    paths: ['/declare', '/projects/{project}/facts', '/work', '/notices?category=returned'],
  },
  {
    who: { tenant: 'luan', login: 'lead-admin' },
    paths: ['/people', '/people?tab=organisations', '/people?tab=sign-ins'],
  },
  { who: { login: 'overseer-320000' }, paths: ['/oversight', '/oversight/projects', '/oversight/policies'] },
  { who: { login: 'admin' }, paths: ['/tenants', '/tenants/new'] },
]

const IN_ALL_THEMES = new Set([
  '/projects/{late}?view=picture',
  '/projects/{late}?tab=money',
  '/sign-in',
  '/work',
  '/projects',
  '/audit?exception=all',
  '/projects/{project}',
  '/policy',
  '/policy?view=tables',
  '{step}',
  '/declare',
  '/oversight',
  '/oversight/policies',
])

async function addressed(person: Person, path: string): Promise<string> {
  if (!path.includes('{')) return path
  const answer = await person.context.request.get('/api/luan/todos?limit=50')
  const { items } = (await answer.json()) as {
    items: { step: string; open: boolean; project?: { id: string } }[]
  }
  const late = await person.context.request.get('/api/luan/projects?limit=50&stage=operation')
  const [done] = ((await late.json()) as { items: { id: string }[] }).items
  const review = items.find((one) => one.step === 'preliminary-review' && one.open) ?? items[0]
  const batches = await person.context.request.get('/api/luan/batches?limit=5')
  const plans = ((await batches.json()) as { items: { id: string }[] }).items
  return path
    .replace('{late}', done?.id ?? '')
    .replace('{plan}', plans[0]?.id ?? '')
    .replace('{step}', `/projects/${review?.project?.id}/steps/${review?.step}`)
    .replace('{project}', review?.project?.id ?? '')
}

describe.skipIf(!portal)('everybody can use it', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
  })
  afterAll(() => browser.close())

  for (const { who, paths } of PAGES)
    for (const theme of ['light', 'dark', 'contrast'])
      it(`${who?.login ?? '(nobody)'}: pages without violations in ${theme}`, async () => {
        const person = await sitDown(browser, portal, who)
        await person.page.addInitScript((mode) => localStorage.setItem('theme', mode), theme)
        const shown = theme === 'light' ? paths : paths.filter((path) => IN_ALL_THEMES.has(path))
        for (const path of shown) {
          await person.page.goto(await addressed(person, path))
          await settled(person.page)
          expect({ path, found: await violations(person.page) }).toEqual({ path, found: [] })
        }
        await person.context.close()
      })

  for (const { who, paths } of PAGES)
    it(`${who?.login ?? '(nobody)'}: a phone and 200 % zoom are wide enough for every page`, async () => {
      const person = await sitDown(browser, portal, who, { viewport: { width: 375, height: 740 } })
      for (const path of paths) {
        await person.page.goto(await addressed(person, path))
        await settled(person.page)
        const wider = await person.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect({ path, wider }).toEqual({ path, wider: 0 })
      }
      await person.context.close()
    })
})
