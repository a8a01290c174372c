import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa']

interface Violation {
  id: string
  nodes: { target: unknown; failureSummary: string }[]
}

/** What axe finds on the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(
    (tags) =>
      (
        window as unknown as {
          axe: { run: (of: Document, how: object) => Promise<{ violations: Violation[] }> }
        }
      ).axe.run(document, { runOnly: { type: 'tag', values: tags } }),
    TAGS,
  )
  return found.violations.flatMap((one) =>
    one.nodes.map((node) => `${one.id}: ${String(node.target)} ${node.failureSummary.split('\n')[1] ?? ''}`),
  )
}
