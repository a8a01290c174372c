import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { remoteDeps } from '../../functions/cli/remote-deps.ts'
import type { Deps } from '../../functions/deps.ts'
import { overseenProjectsStatement } from '../../functions/services/oversight/oversee-projects.ts'
import { summaryStatements } from '../../functions/services/oversight/oversee-summary.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { openWorld, type World } from '../api/harness.ts'
import { type HranaServer, startHrana } from '../runtime/hrana-server.ts'
import { chance, contentOf, found } from './province.ts'
import { Story } from './story.ts'

/** The same feed over HTTP, as Workers have it. */

const folder = mkdtempSync(join(tmpdir(), 'hrana-'))
let hrana: HranaServer
let files: World
let remote: World
beforeAll(async () => {
  hrana = await startHrana({ folder })
  const config = {
    controlUrl: `${hrana.url}/dev/control/`,
    oversightUrl: `${hrana.url}/dev/oversight/`,
    tenantUrl: `${hrana.url}/dev/{tenant}/`,
    adminUrl: hrana.url,
  }
  files = await openWorld('2026-01-05')
  const { databases } = await remoteDeps(config, () => {})
  remote = { ...files, deps: { ...files.deps, databases } }
})
afterAll(async () => {
  files.close()
  remote.deps.databases.close()
  await hrana.close()
  rmSync(folder, { recursive: true, force: true })
})

it('makes of the same logs the same rows and the same answers', async () => {
  const random = chance(17)
  const scribes = await found(remote, ['luan', 'jiyuan'])
  const story = new Story(remote, scribes, random, 3)
  for (let told = 0; told < 90 && (await story.next()); told++)
    if (told % 30 === 29) await catchUp(remote.deps)
  await catchUp(remote.deps)
  const over = remote.deps.databases.oversight()
  const content = await contentOf(over)
  const onFiles: Deps = {
    ...remote.deps,
    databases: { ...remote.deps.databases, oversight: () => files.deps.databases.oversight() },
  }
  await catchUp(onFiles)
  expect(await contentOf(files.deps.databases.oversight())).toBe(content)
  await rebuildOversight({ ...remote.deps, log: () => {} })
  expect(await contentOf(over)).toBe(content)
  const ids = JSON.stringify(['jiyuan', 'luan'])
  const questions = [
    ...summaryStatements(ids, { year: 2027 }, '2027-06-01').slice(0, 3),
    ...summaryStatements(ids, {}, '2027-06-01').slice(0, 3),
    overseenProjectsStatement(
      ids,
      { overdue: true, passed: 'review', known: 'estimate', limit: 10 },
      ['a', 'b'],
      '2030-01-01',
    ),
    overseenProjectsStatement(ids, { stage: 'closed', year: 'none', limit: 10 }, undefined, '2027-06-01'),
  ]
  expect(await over.read(questions)).toEqual(await files.deps.databases.oversight().read(questions))
})
