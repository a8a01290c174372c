import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../functions/core/policy/check.ts'

const root = join(import.meta.dirname, '../../tenants')
const folders = readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory())

describe('the policies that ship', () => {
  for (const { name } of folders)
    for (const file of readdirSync(join(root, name)).filter((one) => one.endsWith('.yaml')))
      it(`${name}/${file} passes the whole check`, { timeout: 30_000 }, () => {
        const { problems } = checkPolicy(readFileSync(join(root, name, file), 'utf8'), file)
        const said = problems
          .filter((problem) => problem.severity !== 'note')
          .map((problem) => `${problem.line} ${problem.code} ${problem.message}`)
        expect(said).toEqual([])
      })
})
