import { readdirSync } from 'node:fs'
import { sql } from '../../db/statement.ts'
import { addTenant, openWorld } from '../api/harness.ts'
import { printTable } from './table.ts'

const TENANTS = 1_000

/** One process with a thousand tenants, each made, read and written; run in a process of its own by `bench.ts`. */
export async function benchTenants(): Promise<void> {
  const world = await openWorld('2026-07-01')
  const before = process.memoryUsage.rss()
  const from = process.hrtime.bigint()
  for (let i = 0; i < TENANTS; i += 1) {
    const { id } = await addTenant(world, `t${i}`)
    const database = world.deps.databases.tenant(id)
    await database.read([sql`SELECT id, name FROM organisations`])
    await database.write([sql`UPDATE organisations SET name = name`])
  }
  const seconds = Number(process.hrtime.bigint() - from) / 1e9
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`
  printTable(
    `${TENANTS} tenants in one process, every database open, read and written`,
    ['what', 'measured', 'asked'],
    [
      ['resident memory before', megabytes(before), ''],
      ['resident memory with all open', megabytes(process.memoryUsage.rss()), 'under 600 MB'],
      ['open descriptors', descriptors(), ''],
      ['making, reading and writing one tenant', `${((seconds / TENANTS) * 1_000).toFixed(1)} ms`, ''],
    ],
  )
  world.close()
}

function descriptors(): string {
  try {
    return String(readdirSync('/proc/self/fd').length)
  } catch {
    return '(not known on this system)'
  }
}
