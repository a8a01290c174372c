import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownFolder } from '../../db/open-files.ts'
import { openWorld, POLICY } from '../api/harness.ts'
import { foundFrom } from './province.ts'
import { declare, life } from './steps.ts'

let folder: string
beforeAll(async () => {
  const world = await openWorld('2026-06-15')
  const scribe = await foundFrom(world, POLICY, 'policy.yaml')
  const id = await life(scribe, '甲', '2026-06-15', {}, declare('2026-06-15'))
  await life(scribe, '乙', '2026-06-15', {}, declare('2026-06-15'))
  await scribe.raw(id, { type: 'executed', on: '2026-06-15' })
  folder = world.folder
  world.deps.databases.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function oversight(...args: string[]): { status: number | null; out: string; errors: string } {
  const script = join(import.meta.dirname, '..', '..', 'functions', 'cli', 'oversight.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], {
    encoding: 'utf8',
  })
  return { status, out: stdout, errors: stderr }
}

it('pulls, rebuilds and tells the status, with exit code 1 while something cannot be read', () => {
  expect(oversight('status', '--data', folder)).toMatchObject({ status: 0, out: '' })
  const told = /^hedong\t第 (\d+)\/\1 条\t项目 1\t截至 \d{4}-\d\d-\d\d\t搁置 1\n$/
  for (const command of ['pull', 'rebuild', 'status']) {
    const { status, out } = oversight(command, '--data', folder)
    expect({ command, status }).toEqual({ command, status: 1 })
    expect(out).toMatch(told)
  }
})

it('explains itself, and leaves a folder alone that is in use', () => {
  expect(oversight()).toMatchObject({ status: 2, errors: expect.stringContaining('oversight rebuild') })
  expect(oversight('repair')).toMatchObject({ status: 2 })
  const owner = ownFolder(folder)
  try {
    expect(oversight('pull', '--data', folder)).toMatchObject({
      status: 1,
      errors: expect.stringContaining(folder),
    })
  } finally {
    owner.release()
  }
})
