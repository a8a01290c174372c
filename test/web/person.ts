import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { PASSWORD, TODAY } from './serve-portal.ts'

/** Somebody at a browser, signed in; what the page complains about is kept. */
export interface Person {
  context: BrowserContext
  page: Page
  complaints: string[]
}

/** Opens a browser for a person of a tenant, or of the platform where no tenant is named; the clock is the server's. */
export async function sitDown(
  browser: Browser,
  portal: string,
  who?: { tenant?: string; login: string; password?: string },
  options: BrowserContextOptions = {},
): Promise<Person> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1360, height: 850 },
    baseURL: portal,
    ...options,
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(TODAY)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of (401|404|409|412|422)/.test(message.text()))
      complaints.push(message.text())
  })
  if (who) {
    const { tenant, login, password = PASSWORD } = who
    const answer = await context.request.post('/api/session', {
      data: { ...(tenant ? { tenant } : {}), login, password },
      headers: { origin: portal },
    })
    expect(answer.status()).toBe(201)
  }
  return { context, page, complaints }
}
