import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { findChromium, launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'
import { servePortal } from './serve-portal.ts'

const OUT = fileURLToPath(new URL('../../web/screenshots/', import.meta.url))

interface Shot {
  name: string
  who?: { tenant?: string; login: string }
  path: (person: Person) => Promise<string> | string
  before?: (page: Page) => Promise<void>
  theme?: string
  width?: number
}

const LEAD = { tenant: 'luan', login: 'lead' }
const UNIT = { tenant: 'luan', login: 'unit3' }

/** The project of the first to-do of a step. */
function todo(step: string, rest: (project: string) => string) {
  return async ({ context }: Person): Promise<string> => {
    const { items } = (await (await context.request.get('/api/luan/todos?limit=100')).json()) as {
      items: { step: string; project: { id: string } | null }[]
    }
    const found = items.find((one) => one.step === step && one.project) ?? items.find((one) => one.project)
    return rest(found?.project?.id ?? '')
  }
}

async function fillDeclaration(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '项目名称' }).fill('公路养护智能巡检平台')
  for (const [field, option] of [
    ['资金来源', '市级财政性资金'],
    ['项目性质', '新建'],
    ['提出途径', '年度申报'],
    ['单位性质', '党政机关'],
  ] as const) {
    await page.getByRole('combobox', { name: field, exact: true }).click()
    await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
  }
  await page.getByRole('spinbutton', { name: '计划年度' }).fill('2027')
  await page.getByRole('spinbutton', { name: '总投资概算' }).fill('620')
  await page.getByRole('radiogroup', { name: '软件开发类' }).getByText('是', { exact: true }).click()
  for (const group of ['涉密项目', '跨层级项目'])
    await page.getByRole('radiogroup', { name: group }).getByText('否', { exact: true }).click()
  await page.getByRole('complementary').getByText('单位编制建议书单独报审').waitFor()
  await page.evaluate(() => scrollTo(0, 0))
}

const LUAN = readFileSync(new URL('../../tenants/luan/2021-08-06.yaml', import.meta.url), 'utf8')

/** The policy as a county would send it, with one slip. */
async function dropPolicy(page: Page): Promise<void> {
  const editor = page.getByRole('textbox', { name: '办法文本' })
  await editor.fill(
    LUAN.replace('id: luan', 'id: a-county')
      .replace('by: [unit, lead]', 'by: [unit, laed]')
      .replace('by: approver', 'by: aprover'),
  )
  await page.getByText(/检查未通过/).waitFor({ timeout: 60_000 })
  await page
    .getByRole('button', { name: /第 \d+ 行/ })
    .first()
    .click()
}

/** A whole life under rules that nobody has adopted yet. */
async function tryPolicy(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: '办法文本' }).fill(LUAN)
  await page.locator('.ant-alert').getByText('检查通过, 可以采用').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: '拿一个项目试一试' }).click()
  await page.getByRole('button', { name: '一键走完全程' }).click()
  await page.getByText(/走完了/).waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: '经过' }).evaluate((heading) => {
    scrollTo({ top: heading.getBoundingClientRect().top + scrollY - 300 })
  })
}

/** A change of rules, played on the running projects. */
async function rehearse(page: Page): Promise<void> {
  const takes = 'declaration, review, planning, approval, procurement'
  const text = LUAN.replace(
    'effective: 2021-08-06',
    `effective: 2026-12-01\n  transition: {of: earlier, takes: [${takes}], article: 第二十九条}`,
  ).replaceAll('atLeast: 100万元', 'atLeast: 1000万元')
  await page.getByRole('textbox', { name: '办法文本' }).fill(text)
  await page.getByText(/与现行版本相比: [1-9]/).waitFor({ timeout: 60_000 })
  await page.locator('.ant-alert').getByText('检查通过, 可以采用').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: '试演', exact: true }).click()
  const done = page.getByText(/看过 \d+ 个在办项目/)
  await done.waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: '在办项目试演' }).evaluate((heading) => {
    heading.scrollIntoView({ block: 'start' })
    // The bar at the top lies over the page.
    scrollBy(0, -80)
  })
}

const SHOTS: Shot[] = [
  { name: 'workbench', who: LEAD, path: () => '/work' },
  { name: 'projects', who: LEAD, path: () => '/projects' },
  { name: 'project', who: LEAD, path: todo('start', (id) => `/projects/${id}`) },
  {
    name: 'why',
    who: LEAD,
    path: todo('start', (id) => `/projects/${id}`),
    before: async (page) => {
      await page
        .getByRole('button', { name: /为什么: 系统测评|为什么: 建设完成/ })
        .first()
        .click()
      await page.locator('.grounds').first().waitFor()
    },
  },
  {
    name: 'step',
    who: LEAD,
    path: todo('preliminary-review', (id) => `/projects/${id}/steps/preliminary-review`),
    before: async (page) => {
      await page.getByRole('radio', { name: /^通过初审/ }).check()
      await page.getByRole('button', { name: '先检查' }).click()
      await page.locator('.ant-alert-error').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'picture',
    who: LEAD,
    path: todo('start', (id) => `/projects/${id}`),
    before: async (page) => {
      await page.getByText('流程图', { exact: true }).click()
      await page.locator('.react-flow__node').first().waitFor()
    },
  },
  { name: 'audit', who: { tenant: 'lianyungang', login: 'audit-auditor' }, path: () => '/audit' },
  { name: 'declaration', who: UNIT, path: () => '/declare', before: fillDeclaration },
  { name: 'policy', who: LEAD, path: () => '/policy' },
  { name: 'plans', who: LEAD, path: () => '/plans' },
  { name: 'people', who: { tenant: 'luan', login: 'admin' }, path: () => '/people' },
  { name: 'oversight', who: { login: 'overseer-320000' }, path: () => '/oversight' },
  { name: 'compare', who: { login: 'overseer-320000' }, path: () => '/oversight/policies?aspect=change' },
  { name: 'onboarding', who: { login: 'admin' }, path: () => '/tenants/new', before: dropPolicy },
  { name: 'trial', who: { login: 'admin' }, path: () => '/tenants/new', before: tryPolicy },
  { name: 'rehearsal', who: { login: 'admin' }, path: () => '/tenants/luan/policy', before: rehearse },
  { name: 'workbench-dark', who: LEAD, path: () => '/work', theme: 'dark' },
  { name: 'phone', who: LEAD, path: () => '/work', width: 390 },
  { name: 'sign-in', path: () => '/sign-in' },
]

/** The pictures are cloned with the repository, so all of them together stay under this. */
const MOST_BYTES = 1_000_000
const QUALITIES = [0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.4]

interface Picture {
  name: string
  bytes: Buffer
}

async function main(): Promise<void> {
  const executable = findChromium()
  if (!executable) throw new Error('没有 Chromium, 无法截图')
  const folder = mkdtempSync(join(tmpdir(), 'shots-'))
  const served = await servePortal(folder)
  const browser = await launch(executable)
  const taken: Picture[] = []
  for (const shot of SHOTS) {
    const viewport = { width: shot.width ?? 1280, height: shot.width ? 780 : 800 }
    const person = await sitDown(browser, served.url, shot.who, { viewport })
    const { page } = person
    if (shot.theme) await page.addInitScript((mode) => localStorage.setItem('theme', mode), shot.theme)
    await page.goto(await shot.path(person))
    await page.waitForLoadState('networkidle')
    await shot.before?.(page)
    await page.waitForTimeout(500)
    taken.push({ name: shot.name, bytes: await page.screenshot({ type: 'png' }) })
    await person.context.close()
  }
  const { pictures, quality } = await compressed(await browser.newPage(), taken)
  await browser.close()
  await served.close()
  rmSync(folder, { recursive: true, force: true })
  keep(pictures)
  for (const { name, bytes } of pictures) console.log(`${name} ${Math.round(bytes.length / 1000)} kB`)
  console.log(`${pictures.length} 张, 质量 ${quality}, 共 ${sumOf(pictures)} 字节(上限 ${MOST_BYTES})`)
}

/** The pictures as WebP in the best quality with which all of them together fit. */
async function compressed(page: Page, taken: Picture[]): Promise<{ pictures: Picture[]; quality: number }> {
  for (const quality of QUALITIES) {
    const pictures: Picture[] = []
    for (const { name, bytes } of taken)
      pictures.push({ name, bytes: await webpOf(page, bytes.toString('base64'), quality) })
    if (sumOf(pictures) < MOST_BYTES) return { pictures, quality }
  }
  throw new Error(`${taken.length} 张截图压不到 ${MOST_BYTES} 字节以内, 请减少张数`)
}

/** Chromium's own encoder: a library for this would be one more dependency for one command. */
async function webpOf(page: Page, png: string, quality: number): Promise<Buffer> {
  const encoded = await page.evaluate(
    async ({ png, quality }) => {
      const image = new Image()
      image.src = `data:image/png;base64,${png}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', quality)
    },
    { png, quality },
  )
  return Buffer.from(encoded.slice(encoded.indexOf(',') + 1), 'base64')
}

function sumOf(pictures: Picture[]): number {
  return pictures.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** Writes the pictures and takes away those that are no longer made. */
function keep(pictures: Picture[]): void {
  mkdirSync(OUT, { recursive: true })
  for (const name of readdirSync(OUT)) rmSync(join(OUT, name))
  for (const { name, bytes } of pictures) writeFileSync(join(OUT, `${name}.webp`), bytes)
}

await main()
