import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { StoryAct } from '../../functions/demo/story.ts'
import { type AskedField, choose, fillField } from './fill-field.ts'
import type { Told } from './play-on-pages.ts'
import { sayOnPage } from './say-on-page.ts'

/** An act on an annual plan or another batch: opened, composed, said something to, decided, each on its page. */
export async function playOnPlan(told: Told, act: StoryAct): Promise<void> {
  const { town } = told
  const parties = [act.by!].flat()
  const key = `${act.batch} ${act.year ?? ''}`
  if (!told.plans.has(key)) told.plans.set(key, await openPlan(told, act, parties[0]!))
  const path = `/plans/${told.plans.get(key)}`
  if (act.items) await compose(told, act, await at(path, await town.at(parties[0]!, 'handler')))
  for (const [party, value] of Object.entries(act.opinions ?? {})) {
    const page = await at(path, await town.at(party, 'reviewer', told.unit))
    const agreed = card(page, titleOf(told, act))
    await sayOnPage(agreed, value)
    await agreed.locator('.opinion-form').waitFor({ state: 'detached' })
  }
  if (act.step)
    for (const party of parties) {
      const outcomes = stepOf(told, act)?.outcomes.length ?? 0
      const page = await at(path, await town.at(party, outcomes > 1 ? 'head' : 'handler'))
      await execute(told, act, page)
    }
}

async function at(path: string, page: Page): Promise<Page> {
  await page.goto(path)
  await page.getByRole('heading', { name: '环节' }).waitFor()
  return page
}

async function openPlan({ town }: Told, act: StoryAct, party: string): Promise<string> {
  const page = await town.at(party, 'handler')
  await page.goto('/plans')
  const title = town.tenant.policy.procedures.get(act.batch!)?.title ?? ''
  const kind = page.getByRole('combobox', { name: '种类' })
  await kind.waitFor()
  await choose(page, page, '种类', [title])
  await page.getByRole('spinbutton', { name: '年度' }).fill(String(act.year ?? town.day().slice(0, 4)))
  await page.getByRole('button', { name: '新建' }).click()
  await page.waitForURL(/\/plans\/.+/)
  return page.url().split('/').at(-1)!
}

async function compose(told: Told, act: StoryAct, page: Page): Promise<void> {
  if (!Array.isArray(act.items)) return
  const [item] = act.items
  const { outcomes } =
    told.town.tenant.policy.steps[told.town.tenant.policy.stepIndex.get(item!.step!) ?? -1]!
  const line = page.getByRole('button', { name: `填写编列内容: ${told.title}` })
  const candidate = page.getByRole('checkbox', { name: new RegExp(`^${told.title}`) })
  await line.or(candidate).first().waitFor()
  if (await candidate.count()) {
    await candidate.check()
    await page.getByRole('button', { name: '列入所选 1 个' }).click()
  }
  await line.click()
  const dialog = page.getByRole('dialog')
  const path = `/projects/${told.id}/steps/${item!.step}/form`
  const form = (await told.town.read(page, path)) as {
    fields: AskedField[]
    outcomes: { id: string; title: string; fields: AskedField[] }[]
  }
  const outcome = form.outcomes.find((one) => one.id === (item!.outcome ?? outcomes[0]!.id))!
  await dialog.getByRole('radiogroup', { name: '结果' }).getByText(outcome.title, { exact: true }).click()
  for (const [id, value] of Object.entries(item!.records ?? {}))
    await fillField(page, dialog, [...form.fields, ...outcome.fields].find((one) => one.id === id)!, value)
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function execute(told: Told, act: StoryAct, page: Page): Promise<void> {
  const title = titleOf(told, act)
  const here = card(page, title)
  const submit = here.getByRole('button', { name: '确认办理' })
  const refused = act.expect?.refused === true
  if (!refused || (await submit.count())) {
    await submit.waitFor()
    const outcome = stepOf(told, act)?.outcomes.find((one) => one.id === act.outcome)
    const choice = here.getByRole('radiogroup', { name: '结果' })
    if (outcome && (await choice.count())) await choice.getByText(outcome.title, { exact: true }).click()
    const minute = here.getByRole('textbox', { name: '纪要文号' })
    if (await minute.count()) {
      await minute.fill(`${told.town.day().slice(0, 7)}纪要`)
      await here.getByRole('textbox', { name: /^会议日期/ }).fill(told.town.day())
      await page.keyboard.press('Enter')
    }
    if (act.remark) await here.getByRole('textbox', { name: '办理意见' }).fill(act.remark)
    await submit.click()
  }
  const done = page.getByText(/已办理|已确认, 等待/)
  const refusal = here.getByText(/现在不能办理/)
  await (refused ? here.locator('.step-reason').or(refusal) : done.or(refusal)).first().waitFor()
  const said = await here.innerText()
  expect(!refused && (await refusal.count()) ? `${act.on} ${act.step}: ${said}` : '').toBe('')
  if (refused) for (const article of act.expect?.articles ?? []) expect(said).toContain(article)
}

function card(page: Page, title: string) {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByText(title, { exact: true }) })
    .first()
}

function titleOf(told: Told, act: StoryAct): string {
  return stepOf(told, act)?.title ?? ''
}

function stepOf({ town: { tenant } }: Told, act: StoryAct) {
  return tenant.policy.steps[tenant.policy.stepIndex.get(act.step ?? '') ?? -1]
}
