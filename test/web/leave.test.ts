import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startNode } from '../../functions/node.ts'
import { addTenant, personOf } from '../api/harness.ts'
import { smallText } from '../core/small.ts'
import { launch } from './chromium.ts'
import { type Person, sitDown } from './person.ts'
import { TODAY } from './serve-portal.ts'

/** A body that does a step and is itself asked for its opinion on it: one page, two forms. */
const RULES = `
  steps:
    declare: {}
    review:
      by: lead
      after: declare
      opinions: {from: [lead, finance], on: [资金, 绩效]}
      outcomes: {pass: {title: 通过}, return: {title: 退回, reopens: declare}}
`

let browser: Browser
let folder: string
let server: Awaited<ReturnType<typeof startNode>>
let person: Person
let path: string

describe.skipIf(!inject('portal'))('leaving a page with something begun', () => {
  beforeAll(async () => {
    browser = await launch(inject('chromium'))
    folder = mkdtempSync(join(tmpdir(), 'leave-'))
    server = await startNode({ data: join(folder, 'data'), port: 0, now: () => TODAY, log: () => undefined })
    const tenant = await addTenant(server, 'small', smallText(RULES).replace('id: somewhere', 'id: small'))
    const [unit, lead] = [await personOf(server, tenant, 'unit'), await personOf(server, tenant, 'lead')]
    const post = async (at: string, json: object, key: string) =>
      (await (
        await fetch(`${server.url}/api/small${at}`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${unit.token}`,
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify(json),
        })
      ).json()) as { project: { id: string } }
    const { project } = await post('/projects', { title: '某项目', facts: {} }, 'open')
    await post(`/projects/${project.id}/steps/declare`, {}, 'declare')
    path = `/projects/${project.id}/steps/review`
    person = await sitDown(browser, server.url)
    await person.context.addCookies([{ name: 'session', value: lead.token, url: server.url }])
  })
  afterAll(async () => {
    await person.context.close()
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const asked = (page: Page) => page.getByRole('dialog').filter({ hasText: '要离开这一页吗?' })
  const opinion = (page: Page) => page.getByRole('textbox', { name: '意见内容: 资金' })
  const leave = (page: Page) =>
    page.getByRole('navigation').getByRole('link', { name: '项目', exact: true }).click()

  it('is asked about for an opinion begun beside the form of the step, and for the form, once', async () => {
    const { page } = person
    await page.goto(path)
    await leave(page)
    await page.getByRole('heading', { level: 1, name: '项目' }).waitFor()

    await page.goto(path)
    await opinion(page).fill('资金已落实')
    await leave(page)
    await asked(page).getByRole('button', { name: '继续填写' }).click()
    await asked(page).waitFor({ state: 'detached' })
    expect(page.url()).toContain(path)
    expect(await opinion(page).inputValue()).toBe('资金已落实')

    await page.getByRole('radio', { name: /^退回/ }).check()
    await leave(page)
    await asked(page).waitFor()
    expect(await asked(page).count()).toBe(1)
    await asked(page).getByRole('button', { name: '继续填写' }).click()

    await opinion(page).fill('')
    await leave(page)
    await asked(page).getByRole('button', { name: '离开' }).click()
    await page.getByRole('heading', { level: 1, name: '项目' }).waitFor()
    expect(person.complaints).toEqual([])
  })

  it('is not asked about once the opinion is sent, nor on the next page', async () => {
    const { page } = person
    await page.goto(path)
    await opinion(page).fill('资金已落实')
    await page.getByRole('group', { name: /资金$/ }).first().getByText('同意', { exact: true }).click()
    await page.getByRole('button', { name: '单独送出: 资金' }).click()
    await page.getByText('已答复 1 / 2 项').waitFor()
    await leave(page)
    await page.getByRole('heading', { level: 1, name: '项目' }).waitFor()
    expect(await asked(page).count()).toBe(0)
    expect(person.complaints).toEqual([])
  })
})
