import type { Locator, Page } from 'playwright-core'

/** Says the same of all that the party is asked about. */
export async function sayOnPage(place: Page | Locator, value: 'agree' | 'object'): Promise<void> {
  const words = place
    .locator('.opinion-form')
    .getByText(value === 'agree' ? '同意' : '不同意', { exact: true })
  await words.first().waitFor()
  for (const word of await words.all()) await word.click()
  await place.getByRole('button', { name: /^发表意见|^一并送出/ }).click()
}
