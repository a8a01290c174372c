import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

it('ends quietly when the reader of its output has read enough', () => {
  const command = 'node_modules/.bin/tsx functions/cli/policy.ts schema | head -c 1'
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' })
})
