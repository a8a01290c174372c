import type { Locator, Page } from 'playwright-core'

/** What a form asks for, as the service describes it. */
export interface AskedField {
  id: string
  title: string
  type: string
  options?: Record<string, string>
  register?: string
}

/** Fills the control of a field, found by its name, with what a story states. */
export async function fillField(
  page: Page,
  scope: Page | Locator,
  field: AskedField,
  value: unknown,
): Promise<void> {
  const name = { name: field.title, exact: true }
  if (field.register) return choose(page, scope, field.title, [String(value)])
  switch (field.type) {
    case 'boolean':
      return scope
        .getByRole('radiogroup', name)
        .getByText(value ? '是' : '否', { exact: true })
        .click()
    case 'choice':
      return choose(page, scope, field.title, [field.options?.[String(value)] ?? String(value)])
    case 'set':
      return choose(
        page,
        scope,
        field.title,
        (value as string[]).map((one) => field.options?.[one] ?? one),
      )
    case 'money':
    case 'ratio':
      return scope.getByRole('spinbutton', name).fill(String(Number.parseFloat(String(value))))
    case 'number':
    case 'year':
      return scope.getByRole('spinbutton', name).fill(String(value))
    case 'day':
      await scope.getByRole('textbox', name).fill(String(value))
      return page.keyboard.press('Enter')
    case 'list':
      return fillRows(scope, field.title, value as string[])
    default:
      return scope.getByRole('textbox', name).fill(String(value))
  }
}

/** Chooses in a list by what it shows. */
export async function choose(
  page: Page,
  scope: Page | Locator,
  title: string,
  shown: readonly string[],
): Promise<void> {
  const box = scope.getByRole('combobox', { name: title, exact: true })
  await box.click()
  for (const one of shown)
    await page.locator('.ant-select-dropdown:visible').getByTitle(one, { exact: true }).click()
  if (shown.length > 1) await page.keyboard.press('Escape')
}

async function fillRows(scope: Page | Locator, title: string, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return scope.getByRole('checkbox', { name: `没有: ${title}` }).check()
  for (const [i, row] of rows.entries()) {
    await scope.getByRole('button', { name: `加一行: ${title}` }).click()
    await scope.getByRole('textbox', { name: `${title} ${i + 1}`, exact: true }).fill(row)
  }
}
