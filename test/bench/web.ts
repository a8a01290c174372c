import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { findChromium, launch } from '../web/chromium.ts'
import { type ManyProjects, manyProjects } from './many-projects.ts'
import { printTable } from './table.ts'

/** How fast the portal is in Chromium: scripts, largest contentful paint, and a list of ten thousand projects. */

const PROJECTS = Number(process.env.PROJECTS ?? 10_000)
const DIST = join(import.meta.dirname, '../../web/dist')
const ROUNDS = 5

/** What people ask a list for. */
const QUERIES: [string, string][] = [
  ['everything, newest first', ''],
  ['two characters', 'word=停车'],
  ['pinyin initials', 'word=zhtc'],
  ['stage', 'stage=review'],
  ['kind and amount, by amount', 'nature=new&least=300&most=500&order=-amount'],
  ['overdue, by deadline', 'due=overdue&order=due'],
  ['what bars spending', 'gated=true'],
]

/** Script and paint of the first pages, as they are and with a processor four times slower. */
async function pages(browser: Browser, served: ManyProjects): Promise<void> {
  const rows: string[][] = []
  for (const [name, path, signedIn, asked] of [
    ['sign-in', '/sign-in', false, '< 200 KB'],
    ['workbench', '/work', true, '< 400 KB'],
    ['project list', '/projects', true, '(lazy)'],
  ] as const) {
    const paints: number[][] = [[], []]
    let script = 0
    for (const [place, slowdown] of [1, 4].entries())
      for (let round = 0; round < ROUNDS; round += 1) {
        const context = await open(browser, served, signedIn)
        const page = await context.newPage()
        const session = await context.newCDPSession(page)
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
        await watch(page)
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.waitForLoadState('networkidle')
        await page.waitForTimeout(300)
        paints[place]!.push(await page.evaluate(() => window.seen.paint))
        script = await scriptBytes(page)
        await context.close()
      }
    rows.push([
      name,
      `${Math.round(script / 1024)} KB`,
      asked,
      `${median(paints[0]!).toFixed(0)} ms`,
      '< 1200 ms',
      `${median(paints[1]!).toFixed(0)} ms`,
      '< 2500 ms',
    ])
  }
  printTable(
    `First look, empty cache, median of ${ROUNDS}`,
    ['page', 'script gzipped', 'asked', 'largest paint', 'asked', 'with 4 × slower CPU', 'asked'],
    rows,
  )
}

/** What a filter costs, asked from the page itself, and what scrolling costs. */
async function answers(browser: Browser, served: ManyProjects): Promise<void> {
  const context = await open(browser, served, true)
  const page = await context.newPage()
  await watch(page)
  await page.goto('/projects?size=100')
  await page.locator('tbody tr.ant-table-row').nth(99).waitFor()
  const rows: string[][] = []
  for (const [name, query] of QUERIES) {
    const times = await page.evaluate(timeAnswers, [
      `/api/${served.tenant}/projects?limit=50&totals=true&${query}`,
      9,
    ] as const)
    rows.push([name, `${median(times.times).toFixed(0)} ms`, String(times.count), '< 200 ms'])
  }
  printTable(
    `A filter on ${PROJECTS} projects, with number and sums, from the browser`,
    ['filter', 'answer', 'matches', 'asked'],
    rows,
  )
  const shown = await typed(page)
  await page.evaluate(() => window.seen.long.splice(0))
  await page.mouse.move(700, 500)
  for (let i = 0; i < 60; i += 1) {
    await page.mouse.wheel(0, i < 30 ? 400 : -400)
    await page.waitForTimeout(30)
  }
  const long = await page.evaluate(() => window.seen.long)
  printTable(
    'The list of 100 rows a page',
    ['what', 'measured', 'asked'],
    [
      [
        'from the last key to the filtered rows (200 ms of it wait for typing to rest)',
        `${shown.toFixed(0)} ms`,
        '',
      ],
      ['longest task while scrolling', `${Math.max(0, ...long).toFixed(0)} ms`, '< 200 ms'],
    ],
  )
  await context.close()
}

/** Types a word and waits until the rows that it finds stand there. */
async function typed(page: Page): Promise<number> {
  const input = page.getByRole('textbox', { name: '查找项目' })
  const times: number[] = []
  for (const word of ['智慧停车', '社保', '应急指挥', '数字医疗', '税务']) {
    await input.fill('')
    await page.waitForURL((url) => !url.searchParams.has('word'))
    await page.waitForTimeout(600)
    const from = Date.now()
    await input.fill(word)
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('tbody tr.ant-table-row a')].every((one) =>
          [...wanted].every((letter) => one.textContent?.includes(letter)),
        ),
      word,
      { polling: 20 },
    )
    times.push(Date.now() - from)
  }
  return median(times)
}

async function timeAnswers([path, rounds]: readonly [string, number]): Promise<{
  times: number[]
  count: number
}> {
  const times: number[] = []
  let count = 0
  for (let i = 0; i < rounds; i += 1) {
    const from = performance.now()
    const answer = (await (await fetch(path)).json()) as { totals: { count: number } }
    times.push(performance.now() - from)
    count = answer.totals.count
  }
  return { times, count }
}

async function open(browser: Browser, served: ManyProjects, signedIn: boolean): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1360, height: 850 },
    baseURL: served.url,
  })
  if (signedIn) {
    const { tenant, login, password } = served
    const answer = await context.request.post('/api/session', {
      data: { tenant, login, password },
      headers: { origin: served.url },
    })
    if (answer.status() !== 201) throw new Error(await answer.text())
  }
  return context
}

declare global {
  interface Window {
    seen: { paint: number; long: number[] }
  }
}

/** Notes the largest paint and every long task of the page. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.seen = { paint: 0, long: [] }
    new PerformanceObserver((list) => {
      window.seen.paint = list.getEntries().at(-1)!.startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver((list) => {
      window.seen.long.push(...list.getEntries().map((one) => one.duration))
    }).observe({ type: 'longtask', buffered: true })
  })
}

/** Bytes of the scripts that the page has loaded, as gzip sends them. */
async function scriptBytes(page: Page): Promise<number> {
  const paths = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((one) => new URL(one.name).pathname)
      .filter((path) => path.endsWith('.js')),
  )
  return [...new Set(paths)]
    .map((path) => join(DIST, path))
    .map((file) => statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file).size)
    .reduce((sum, size) => sum + size, 0)
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
}

const chromium = findChromium()
if (!chromium) throw new Error('no Chromium here: nothing can be measured')
console.log(`making ${PROJECTS} projects through the service's own routes …`)
const began = Date.now()
const served = await manyProjects(PROJECTS)
console.log(`made in ${((Date.now() - began) / 1000).toFixed(0)} s`)
const browser = await launch(chromium)
try {
  await pages(browser, served)
  await answers(browser, served)
} finally {
  await browser.close()
  served.close()
}
