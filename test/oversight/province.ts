import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { sql } from '../../db/statement.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { scenario } from '../../functions/core/policy/scenario.ts'
import { controlStatements } from '../../functions/services/tenants/add-tenant.ts'
import { loadedPolicy } from '../../functions/services/tenants/checked-policy.ts'
import { provisionTenant } from '../../functions/services/tenants/provision-tenant.ts'
import { openWorld, PASSWORD, type World } from '../api/harness.ts'
import { Scribe } from './scribe.ts'

const TENANTS = join(import.meta.dirname, '..', '..', 'tenants')
const GOLDEN = join(import.meta.dirname, '..', 'golden')

/** The jurisdictions that ship with the product, and lives that their golden scenarios tell. */
export const JURISDICTIONS = readdirSync(GOLDEN).sort()

const lives = z.array(
  z.union([z.strictObject({ define: z.unknown(), name: z.string().optional() }), scenario.loose()]),
)
export type Life = z.infer<typeof scenario>

/** The lives of a jurisdiction that go on for some time. */
export function livesOf(id: string): Life[] {
  const text = readFileSync(join(GOLDEN, id, 'life.yaml'), 'utf8')
  const raw: unknown = parse(text, { version: '1.2', schema: 'core', maxAliasCount: 10_000 })
  return lives.parse(raw).flatMap((one) => ('define' in one ? [] : [one as Life]))
}

/** Founds jurisdictions and gives a scribe for each. The texts that do not show their day are adopted for 2020. */
export async function found(world: World, ids: readonly string[]): Promise<Map<string, Scribe>> {
  const scribes = new Map<string, Scribe>()
  for (const id of ids) {
    const file = readdirSync(join(TENANTS, id)).find((name) => name.endsWith('.yaml'))!
    scribes.set(id, await foundFrom(world, readFileSync(join(TENANTS, id, file), 'utf8'), file))
  }
  return scribes
}

/** Founds a jurisdiction from a policy text. */
export async function foundFrom(world: World, text: string, file: string): Promise<Scribe> {
  const { policy, problems } = loadPolicy(text, file)
  if (!policy) throw new Error(JSON.stringify(problems))
  const unseen = policy.document.policy.effective === 'unseen'
  const administrator = { login: 'admin', name: '管理员', password: PASSWORD }
  const plan = { text, file, administrator, ...(unseen && { effectiveOn: '2020-01-01' }) }
  const act = { at: world.deps.now(), actor: { user: 'test', name: 'test' }, requestId: 'test' }
  const tenant = await provisionTenant(world.deps, act, plan, async () => false, loadedPolicy)
  await world.deps.databases.control().write(controlStatements(tenant, plan, act))
  return new Scribe(world, tenant, { ...policy, effective: tenant.effectiveOn })
}

/** An installation with jurisdictions on a day. */
export async function openProvince(
  ids: readonly string[] = JURISDICTIONS,
  today = '2026-01-05',
): Promise<{ world: World; scribes: Map<string, Scribe> }> {
  const world = await openWorld(today)
  return { world, scribes: await found(world, ids) }
}

/** Everything in the read model that may not depend on how it came to be, as one text. */
export async function contentOf(oversight: Database): Promise<string> {
  const tables = await oversight.read([
    sql`SELECT tenant_id, epoch, seq, mark, made_by, as_of FROM cursors ORDER BY tenant_id`,
    sql`SELECT * FROM tenant_folds ORDER BY tenant_id`,
    sql`SELECT * FROM folds ORDER BY tenant_id, project_id`,
    sql`SELECT tenant_id, stream, seq, error FROM parked ORDER BY tenant_id, stream`,
    sql`SELECT * FROM projects ORDER BY tenant_id, id`,
    sql`SELECT * FROM obligations ORDER BY tenant_id, project_id, item`,
    sql`SELECT * FROM stage_spans ORDER BY tenant_id, project_id, n`,
  ])
  return tables.map((rows) => rows.map((row) => JSON.stringify(row)).join('\n')).join('\n\n')
}

/** A small generator of numbers below one, the same for the same seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The seeds of a run: those that ran before, and new ones each time, printed so that a failure can be played again. */
export function seeds(fixed: readonly number[], fresh: number): number[] {
  const given = process.env.SEED
  if (given) return [Number(given)]
  const found = [...fixed, ...Array.from({ length: fresh }, () => Math.floor(Math.random() * 1e9))]
  console.log(`seeds ${found.join(' ')} (SEED=n runs one)`)
  return found
}
