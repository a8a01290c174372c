import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { verifyFile } from '../../functions/cli/audit-verify.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

const POLICY = `
  registers:
    vendors: {of: organisations, keptBy: approver, levels: [乙级, 甲级], size: {atMost: 2}}
    watched: {of: organisations, keptBy: approver}
  steps:
    declare: {records: {vendor: text}}
    contract: {after: declare, owed: never, repeat: many, records: {vendor: {type: organisation, from: vendors}}}
    rating:
      by: lead
      after: declare
      repeat: many
      owed: never
      outcomes:
        good: {enters: {register: vendors, name: declare.vendor, level: 甲级, to: 1 year, article: 第五条}}
        fair: {enters: {register: vendors, name: declare.vendor, level: 乙级, to: 1 year}}
        poor: {leaves: {register: vendors, name: declare.vendor}, enters: {register: watched, name: declare.vendor}}
`
const entries = async (register: string) =>
  (await small.get('lead', `/registers/${register}/entries`)).body.items.map(
    (one: { name: string; level: string | null; from: string | null; to: string | null }) =>
      [one.name, one.level, one.from, one.to].join(' '),
  )
const declared = async (vendor: string) => {
  const id = await small.project()
  await small.step('unit', id, 'declare', { records: { vendor } })
  return id
}
const rate = (id: string, outcome: string) => small.said(small.step('lead', id, 'rating', { outcome }))
const contract = (id: string, vendor: string) =>
  small.said(small.step('unit', id, 'contract', { records: { vendor } }))

describe('a step that writes to a register', () => {
  it('adds, renews, regrades and ends entries, in the same write and two round trips; others see it at once', async () => {
    small = await openSmall(POLICY)
    const id = await declared('甲公司')
    const other = await declared('乙公司')
    expect(await contract(other, '甲公司')).toBe('record')
    expect(await rate(id, 'good')).toBe('200')
    expect(small.world.logs.at(-1)?.trips).toBe(2)
    expect(await entries('vendors')).toEqual(['甲公司 甲级 2026-03-02 2027-03-02'])
    expect(await contract(other, '甲公司')).toBe('200')
    await small.on('2026-06-01')
    expect(await rate(id, 'good')).toBe('200')
    expect(await entries('vendors')).toEqual(['甲公司 甲级 2026-03-02 2027-06-01'])
    await small.on('2026-07-01')
    expect(await rate(id, 'fair')).toBe('200')
    expect(await entries('vendors')).toEqual([
      '甲公司 甲级 2026-03-02 2026-06-30',
      '甲公司 乙级 2026-07-01 2027-07-01',
    ])
    await small.on('2026-08-01')
    expect(await rate(id, 'poor')).toBe('200')
    expect((await entries('vendors')).at(-1)).toBe('甲公司 乙级 2026-07-01 2026-07-31')
    expect(await entries('watched')).toEqual(['甲公司  2026-08-01 '])
    expect(await contract(other, '甲公司')).toBe('record')
    expect(await rate(id, 'poor')).toBe('record')
    const back = small.post('lead', `/projects/${id}/steps/rating/withdrawal`, { reason: '填错' })
    const refused = await back
    expect(refused.body.findings).toMatchObject([{ code: 'withdrawal', facts: { because: 'register' } }])
  })

  it('goes on with what the keeper of the register added, and the keeper ends what a step added', async () => {
    small = await openSmall(POLICY)
    const id = await declared('甲公司')
    await small.post('approver', '/registers/vendors/entries', {
      name: '甲公司',
      level: '甲级',
      from: '2026-01-01',
      to: '2026-12-31',
    })
    expect(await rate(id, 'good')).toBe('200')
    expect(await entries('vendors')).toEqual(['甲公司 甲级 2026-01-01 2027-03-02'])
    const [entry] = (await small.get('lead', '/registers/vendors/entries')).body.items
    const ended = await small.post('approver', `/registers/vendors/entries/${entry.id}/end`, {
      to: '2026-03-31',
    })
    expect(ended.status).toBe(200)
    const [rows = []] = await small.world.deps.databases
      .tenant('small')
      .read([sql`SELECT version, cause FROM events WHERE stream = 'register:vendors' ORDER BY version`])
    expect(rows.map((row) => row.cause)).toEqual([null, `project:${id}@3`, null])
  })

  it('is written once for a repeated key, and a race for the last place is won by one', async () => {
    small = await openSmall(POLICY)
    const [a, b, c] = [await declared('甲公司'), await declared('乙公司'), await declared('丙公司')]
    const once = () => small.post('lead', `/projects/${a}/steps/rating`, { outcome: 'good' }, 'once')
    const first = await once()
    expect((await once()).body).toEqual(first.body)
    expect(await entries('vendors')).toHaveLength(1)
    const raced = await Promise.all([rate(b, 'good'), rate(c, 'good')])
    expect(raced.sort()).toEqual(['200', 'record'])
    expect(await entries('vendors')).toHaveLength(2)
    const alike = await Promise.all([rate(a, 'poor'), rate(a, 'poor')])
    expect(alike.sort()).toEqual(['200', 'record'])
    expect(await entries('watched')).toHaveLength(1)
  })

  it('a rebuild makes the same rows, and the record can be checked', async () => {
    small = await openSmall(POLICY)
    const { deps } = small.world
    const [a, b] = [await declared('甲公司'), await declared('乙公司')]
    for (const [id, outcome] of [
      [a, 'good'],
      [a, 'fair'],
      [b, 'good'],
      [a, 'poor'],
    ] as const)
      expect(await rate(id, outcome)).toBe('200')
    await sweep(deps)
    const before = await derivedContent(deps, 'small')
    expect(before.register_entries).toHaveLength(4)
    await rebuildTenant(deps, 'small')
    expect(await derivedContent(deps, 'small')).toEqual(before)
    const file = join(small.world.folder, 'tenants', 'small.db')
    expect(verifyFile(file, new Map()).bad).toBeUndefined()
    expect(await rate(b, 'fair')).toBe('200')
  })
})
