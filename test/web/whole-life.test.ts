import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { StoryAct } from '../../functions/demo/story.ts'
import { launch } from './chromium.ts'
import { declareOnPage, playOnPages } from './play-on-pages.ts'
import { openTown } from './town.ts'

let browser: Browser

/** The acts of a jurisdiction's demo life that lead its main project to the passed acceptance, but for those days. */
function actsOf(acts: readonly StoryAct[], without: readonly string[]): StoryAct[] {
  const main = acts
    .filter((one) => one.project === undefined && (one.batch !== undefined || one.procedure === undefined))
    .filter((one) => one.expect?.status === undefined && !without.includes(one.on ?? ''))
    .map((one) =>
      Array.isArray(one.items)
        ? { ...one, items: one.items.filter((item) => (item.project ?? 'main') === 'main') }
        : one,
    )
  const last = main.findIndex((one) => one.step === 'acceptance' && one.outcome === 'pass' && !one.expect)
  return main.slice(0, last + 1)
}

interface Seen {
  stageTitle: string
  steps: { id: string; state: string; outcome?: string; outcomes: { id: string; title: string }[] }[]
}

describe.skipIf(!inject('portal'))(
  'a project from its declaration to its acceptance, on the pages alone',
  () => {
    beforeAll(async () => {
      browser = await launch(inject('chromium'))
    })
    afterAll(() => browser?.close())

    it.each([
      // What hangs on a change that is not told here is left out.
      { id: 'gulou', without: ['2027-02-05', '2027-07-15', '2027-07-20', '2027-08-10'], refused: 11 },
      {
        id: 'luan',
        without: [
          // What the second project of the bundle brings about.
          ...['2027-01-15', '2027-01-16', '2027-01-18', '2027-01-19'],
          // A failed acceptance and what follows, which the other life tells; refusals of kinds that come elsewhere.
          ...[
            '2027-10-22',
            '2027-10-25',
            '2027-10-28',
            '2027-11-03',
            '2027-11-08',
            '2027-11-09',
            '2027-11-12',
          ],
          ...['2026-07-02', '2026-07-10', '2026-09-10', '2027-01-08', '2027-01-11', '2027-10-08'],
        ],
        refused: 10,
      },
    ])('$id', { timeout: 240_000 }, async ({ id, without, refused }) => {
      const town = await openTown(browser, id, '2026-04-01')
      try {
        const acts = actsOf(town.tenant.life.acts, without)
        const registers = acts.filter((one) => one.register)
        const story = acts.filter((one) => !one.register)
        for (const act of registers) {
          town.goTo(act.on!)
          await playOnPages({ town, id: '', title: '', unit: 1, plans: new Map() }, act)
        }
        town.goTo(story[0]!.on!)
        const told = await declareOnPage(town, 'main')
        for (const act of story) {
          town.goTo(act.on!)
          await playOnPages(told, act)
        }
        const refusals = story.filter((one) => one.expect?.refused && !one.expect.codes?.includes('record'))
        expect(refusals.length).toBe(refused)
        const page = await town.at('unit', 'handler', told.unit)
        await page.goto(`/projects/${told.id}`)
        const { steps, stageTitle } = (await town.read(page, `/projects/${told.id}/case`)) as Seen
        const acceptance = steps.find((one) => one.id === 'acceptance')
        expect(acceptance).toMatchObject({ state: 'done', outcome: 'pass' })
        const passed = acceptance?.outcomes.find((one) => one.id === 'pass')?.title
        await page
          .getByText(new RegExp(`${story.at(-1)?.on} 办理, ${passed}`))
          .first()
          .waitFor()
        const now = page.getByRole('list', { name: '办理进度' }).locator('[aria-current=step]')
        expect(await now.innerText()).toContain(stageTitle)
        expect(town.complaints()).toEqual([])
      } finally {
        await town.close()
      }
    })
  },
)
