import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Deps } from '../../functions/deps.ts'
import { nodeDeps } from '../../functions/node.ts'
import { feedOversight } from '../../functions/services/oversight/feed-oversight.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { PolicyCache } from '../../functions/services/tenants/policies.ts'
import { dying } from './faults.ts'
import { chance, contentOf, openProvince, seeds } from './province.ts'
import { Story } from './story.ts'

/** A data folder whose read model is some months behind its logs, and what it must become. */
interface Folder {
  path: string
  now: Date
  /** The read model after everything was read, and after a rebuild. */
  content: string
}

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

/** Compiling a policy is not what is tried here. */
const policies = new PolicyCache()

let folder: Folder
beforeAll(async () => {
  folder = await folderBehind(11)
})
afterAll(() => rmSync(folder.path, { recursive: true, force: true }))

async function folderBehind(seed: number): Promise<Folder> {
  const random = chance(seed)
  const { world, scribes } = await openProvince(['luan', 'tianning'])
  const story = new Story(world, scribes, random, 9)
  for (let told = 0; await story.next(); told++) if (told === 80) await feedOversight(world.deps)
  const path = mkdtempSync(join(tmpdir(), 'oversight-'))
  world.deps.databases.close()
  cpSync(world.folder, path, { recursive: true })
  rmSync(world.folder, { recursive: true, force: true })
  const now = world.clock.now
  const content = await inCopy(path, now, async (deps) => {
    await rebuildOversight(deps)
    return contentOf(deps.databases.oversight())
  })
  return { path, now, content }
}

/** Does something with a copy of a data folder, as a process of its own would. */
async function inCopy<T>(
  path: string,
  now: Date,
  work: (deps: Deps, copy: string) => Promise<T>,
): Promise<T> {
  const copy = mkdtempSync(join(tmpdir(), 'oversight-'))
  cpSync(path, copy, { recursive: true })
  try {
    return await inFolder(copy, now, (deps) => work(deps, copy))
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

async function inFolder<T>(path: string, now: Date, work: (deps: Deps) => Promise<T>): Promise<T> {
  const deps = { ...(await nodeDeps({ data: path, now: () => now, log: () => {} })), policies }
  try {
    return await work(deps)
  } finally {
    deps.databases.close()
  }
}

describe('a feeder that dies', () => {
  it.each([
    ['reads on', catchUp, 15],
    ['rebuilds', rebuildOversight, 20],
  ])(
    'while it %s leaves, once another has gone on, the same rows at every call to a database',
    async (_, work, least) => {
      const { path, now, content } = folder
      const calls = await inCopy(path, now, async (deps) => {
        const counted = dying(deps, undefined)
        await work(counted.deps)
        expect(await contentOf(deps.databases.oversight())).toBe(content)
        return counted.calls()
      })
      expect(calls).toBeGreaterThan(least)
      for (let call = 1; call <= calls; call++)
        for (const when of ['before', 'after'] as const)
          await inCopy(path, now, async (first, copy) => {
            await work(dying(first, { call, when }).deps).catch(() => undefined)
            first.databases.close()
            await inFolder(copy, now, async (second) => {
              await catchUp(second)
              expect(await contentOf(second.databases.oversight()), `${when} call ${call}`).toBe(content)
            })
          })
    },
  )

  it('leaves them also when it dies again and again, in the middle of a rebuild', async () => {
    for (const seed of seeds([3], 1)) {
      const random = chance(seed)
      await inCopy(folder.path, folder.now, async (first, copy) => {
        first.databases.close()
        for (let death = 0; death < 12; death++)
          await inFolder(copy, folder.now, async (deps) => {
            const point = {
              call: 1 + Math.floor(random() * 25),
              when: random() < 0.5 ? 'before' : 'after',
            } as const
            const work = death % 4 === 0 ? rebuildOversight : catchUp
            await work(dying(deps, point).deps).catch(() => undefined)
          })
        await inFolder(copy, folder.now, async (deps) => {
          await catchUp(deps)
          expect(await contentOf(deps.databases.oversight()), `seed ${seed}`).toBe(folder.content)
        })
      })
    }
  })

  it('leaves them when it is killed', async () => {
    for (const seed of seeds([21, 22, 23], 2)) {
      const random = chance(seed)
      await inCopy(folder.path, folder.now, async (first, copy) => {
        first.databases.close()
        await killed(copy, folder.now, Math.floor(random() * 120))
        await inFolder(copy, folder.now, async (deps) => {
          await catchUp(deps)
          expect(await contentOf(deps.databases.oversight()), `seed ${seed}`).toBe(folder.content)
        })
      })
    }
  })
})

/** Has a process rebuild the folder over and over, and kills it some milliseconds after it has begun. */
function killed(path: string, now: Date, afterMs: number): Promise<void> {
  const script = join(import.meta.dirname, 'rebuild-child.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, path, now.toISOString()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('exit', (_code, signal) =>
      signal === 'SIGKILL' ? done() : failed(new Error('it ended by itself')),
    )
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs))
  })
}
