import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ownFolder } from '../../db/open-files.ts'
import type { Deps } from '../deps.ts'
import type { DemoTenant } from './demo-files.ts'
import type { Send } from './office.ts'
import { type DemoClock, type SeedReport, seedDemo } from './seed-demo.ts'

const ASIDE = 'demo-seeding'
const READY = 'ready'
/** Moved last: a folder without it has never been in use. */
const LAST = 'control.db'

/** An installation opened for seeding. */
export interface SeedPlace {
  deps: Deps
  send: Send
}

/** What was found in the data folder, or made of it. */
export interface Prepared {
  seeded: boolean
  report?: SeedReport
}

/**
 * Makes an empty data folder the demo's; one with anything in it stays as it is. Everything is built aside and moved in
 * when it is complete, so that a stop at any point leaves either nothing or something that the next start finishes.
 */
export async function prepareDemoFolder(
  folder: string,
  now: Date,
  open: (folder: string, clock: DemoClock) => Promise<SeedPlace>,
  tenants?: readonly DemoTenant[],
): Promise<Prepared> {
  const owner = ownFolder(folder)
  try {
    const aside = join(folder, ASIDE)
    if (existsSync(join(aside, READY))) {
      moveIn(folder)
      return { seeded: true }
    }
    rmSync(aside, { recursive: true, force: true })
    if (isInUse(folder)) return { seeded: false }
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    const clock = { now }
    const { deps, send } = await open(aside, clock)
    const report = await seedDemo(deps, clock, send, tenants)
    deps.databases.close()
    syncAll(aside)
    writeFileSync(join(aside, READY), '', { flush: true })
    moveIn(folder)
    return { seeded: true, report }
  } finally {
    owner.release()
  }
}

/**
 * Throws when a seeding is half moved in: only a start with the demo may finish it. One that was stopped while it was
 * still building is swept away.
 */
export function refuseHalfSeeded(folder: string): void {
  if (existsSync(join(folder, ASIDE, READY)))
    throw new Error(`${folder} 中的演示数据尚未就位: 请先不带 --no-demo 启动一次, 或另选一个空的数据目录`)
  rmSync(join(folder, ASIDE), { recursive: true, force: true })
}

function isInUse(folder: string): boolean {
  return readdirSync(folder).some((name) => !name.startsWith('owner.lock.db') && name !== ASIDE)
}

/** While building, commits do not wait for the disk; here all of it gets there. */
function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = openSync(join(entry.parentPath, entry.name), 'r')
    fsyncSync(file)
    closeSync(file)
  }
}

function moveIn(folder: string): void {
  const aside = join(folder, ASIDE)
  const names = readdirSync(aside).filter((name) => name !== READY && name !== LAST)
  for (const name of [...names, LAST])
    if (existsSync(join(aside, name))) renameSync(join(aside, name), join(folder, name))
  rmSync(aside, { recursive: true, force: true })
}
