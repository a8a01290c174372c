import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { StoryAct } from '../../functions/demo/story.ts'
import { type AskedField, choose, fillField } from './fill-field.ts'
import { playOnPlan } from './play-on-plan.ts'
import { sayOnPage } from './say-on-page.ts'
import type { Town } from './town.ts'

/** A project of a story that is being told on the pages. */
export interface Told {
  town: Town
  id: string
  title: string
  unit: number
  /** Plans by procedure and year. */
  plans: Map<string, string>
}

interface AskedForm {
  title: string
  fields: AskedField[]
  materials: { id: string; title: string }[]
  outcomes: {
    id: string
    title: string
    settles: boolean
    fields: AskedField[]
    materials: { id: string; title: string }[]
  }[]
  minute: boolean
}

/** The unit opens its project on the declaration page; gives the project's id. */
export async function declareOnPage(town: Town, name: string): Promise<Told> {
  const story = town.tenant.life.projects[name]!
  const page = await town.at('unit', 'handler', story.unit)
  await page.goto('/declare')
  await page.getByRole('textbox', { name: '项目名称' }).fill(story.title)
  for (const [id, value] of Object.entries(story.facts)) {
    const fact = town.tenant.policy.document.facts[id]!
    await fillField(
      page,
      page,
      { id, title: fact.title, type: fact.type ?? '', options: fact.options },
      value,
    )
  }
  await page.getByText('要素齐全, 可以建立').waitFor()
  await page.getByRole('button', { name: /建立项目/ }).click()
  await page.waitForURL(/\/projects\/[^/]+/)
  const id = /projects\/([^/?]+)/.exec(page.url())![1]!
  return { town, id, title: story.title, unit: story.unit, plans: new Map() }
}

/** One act of a story as its people do it on the pages; what must be refused is refused there with its article. */
export async function playOnPages(told: Told, act: StoryAct): Promise<void> {
  const { town } = told
  if (act.register) return addToRegister(town, act)
  if (act.batch) return playOnPlan(told, act)
  const parties = [act.by ?? 'unit'].flat()
  for (const [party, value] of Object.entries(act.opinions ?? {})) await giveOpinion(told, act, party, value)
  // A name outside its register, a missing record: the page does not let them be stated, so nothing refuses them.
  if (act.expect?.codes?.includes('record')) return
  for (const party of [act.witness ?? []].flat()) await witness(told, act, party)
  for (const [i, party] of parties.entries())
    if (!(await doStep(told, act, party, i === 0, parties.length - i - 1))) return
}

async function addToRegister(town: Town, act: StoryAct): Promise<void> {
  const page = await town.at([act.by!].flat()[0]!, 'handler')
  await page.goto('/policy?view=registers')
  const title = town.tenant.policy.document.registers?.[act.register!]?.title ?? ''
  for (const name of act.add ?? []) {
    const list = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { level: 2, name: title }) })
      .last()
    await list.getByRole('button', { name: '增加条目' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill(name)
    await dialog.getByRole('button', { name: '增加条目' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await list.getByRole('cell', { name, exact: true }).waitFor()
  }
}

async function openStep(told: Told, act: StoryAct, page: Page): Promise<AskedForm> {
  const path = `/projects/${told.id}/steps/${act.step}`
  await page.goto(path)
  const form = (await told.town.read(page, `${path}/form`)) as AskedForm
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${form.title}`) }).waitFor()
  return form
}

async function giveOpinion(told: Told, act: StoryAct, party: string, value: 'agree' | 'object') {
  const page = await told.town.at(party, 'reviewer', told.unit)
  await openStep(told, act, page)
  await sayOnPage(page, value)
  await page.getByText('意见已记录').waitFor()
}

async function witness(told: Told, act: StoryAct, party: string): Promise<void> {
  const page = await told.town.at(party, 'reviewer', told.unit)
  await openStep(told, act, page)
  await page.getByRole('button', { name: '见证', exact: true }).click()
  await page.getByText('已见证').waitFor()
}

/** Does a step for a party; false when it was refused, as the story wants. */
async function doStep(told: Told, act: StoryAct, party: string, first: boolean, left: number) {
  const { town } = told
  const outcomes = stepOf(town, act)?.outcomes.length ?? 0
  const page = await town.at(party, act.by !== 'unit' && outcomes > 1 ? 'head' : 'handler', told.unit)
  const form = await openStep(told, act, page)
  const submit = page.getByRole('button', { name: '确认办理' })
  const actor = act.expect?.codes?.includes('actor')
  const refusal = page.getByRole('alert').filter({ hasText: actor ? /^由.*办理/ : '现在不能办理' })
  await submit.or(refusal).first().waitFor()
  const barred = (await submit.count()) === 0
  if (!barred) {
    await fillStep(told, act, page, form, first)
    await submit.click()
    await page.getByRole('list', { name: '办理进度' }).or(refusal).first().waitFor()
  }
  if (await refusal.count()) {
    const said = await refusal.first().innerText()
    expect(act.expect?.refused ? '' : `${told.town.day()} ${act.step}: ${said}`).toBe('')
    for (const article of act.expect?.articles ?? [])
      await refusal
        .getByRole('button', { name: new RegExp(`^${escaped(article)}`) })
        .first()
        .waitFor()
    return false
  }
  expect(left === 0 && act.expect?.refused ? `${act.on} ${act.step} was not refused` : '').toBe('')
  await page
    .getByText(left > 0 || act.expect?.awaiting ? /等待/ : '已办理')
    .first()
    .waitFor()
  return true
}

async function fillStep(told: Told, act: StoryAct, page: Page, form: AskedForm, first: boolean) {
  const outcome = form.outcomes.find((one) => one.id === act.outcome)
  if (outcome && form.outcomes.length > 1)
    await page.getByRole('radio', { name: new RegExp(`^${escaped(outcome.title)}(\\s|$)`) }).check()
  // What is only asked for when the step is settled by it is not on the page of a return.
  const settles = outcome?.settles !== false
  const fields = [...(settles ? form.fields : []), ...((outcome ?? form.outcomes[0])?.fields ?? [])]
  for (const [id, value] of Object.entries(act.records ?? {})) {
    if (!settles && form.fields.some((one) => one.id === id)) continue
    const field = fields.find((one) => one.id === id)
    expect(field?.id, `${act.on} ${act.step} asks for ${id}`).toBe(id)
    await fillField(page, page, field!, value)
  }
  if (first) await handIn(act, page, [...form.materials, ...(outcome?.materials ?? [])])
  if (act.experts) await choose(page, page, '评审专家', act.experts)
  if (act.remark && first) await page.getByRole('textbox', { name: '办理意见' }).fill(act.remark)
  if (form.minute) {
    await page.getByRole('textbox', { name: '纪要文号' }).fill(`${told.town.day().slice(0, 7)}纪要`)
    await page.getByRole('textbox', { name: /^会议日期/ }).fill(told.town.day())
    await page.keyboard.press('Enter')
  }
}

/** Hands in files through the upload control, as somebody who clicks on it. */
async function handIn(act: StoryAct, page: Page, asked: { id: string; title: string }[]): Promise<void> {
  for (const one of act.materials ?? []) {
    const id = typeof one === 'string' ? one : one.id
    const title = asked.find((material) => material.id === id)?.title ?? id
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: new RegExp(`点击选择文件: ${escaped(title)}$`) }).click()
    const name = `${title.replaceAll(/[/\\]/g, '、')}.txt`
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(`${title}\n`) })
    await page.getByRole('link', { name }).waitFor()
  }
}

function stepOf({ tenant }: Town, act: StoryAct) {
  return tenant.policy.steps[tenant.policy.stepIndex.get(act.step ?? '') ?? -1]
}

/** Text as a regular expression that means just that. */
export function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
