import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sql } from '../../db/statement.ts'
import { verifyFile } from '../../functions/cli/audit-verify.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { catchUp, rebuildOversight } from '../../functions/services/oversight/rebuild-oversight.ts'
import { derivedContent, rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { contentOf } from '../oversight/province.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

let small: SmallWorld
afterEach(() => small.world.close())

const POLICY = `
  steps:
    declare:
    merging: {after: declare, owed: never, by: {any: [unit, lead]}, outcomes: {keep: {}, absorb: {title: 并入, absorbedBy: into, records: {into: project}}}}
    build: {after: declare}
`
const declared = async (who = 'unit') => {
  const id = await small.project({}, who)
  await small.step(who, id, 'declare')
  return id
}
const absorb = (who: string, id: string, into: string, key?: string) =>
  small.post(who, `/projects/${id}/steps/merging`, { outcome: 'absorb', records: { into } }, key)
const history = async (who: string, id: string) =>
  (await small.get(who, `/projects/${id}/history`)).body.items
const notices = async (who: string) => (await small.get(who, '/notices')).body.items

describe('a project goes into another', () => {
  it('both histories tell it in one write and two round trips; a repeated key gets the same answer', async () => {
    small = await openSmall(POLICY)
    const [a, b] = [await declared(), await declared('other-unit')]
    const done = await absorb('lead', a, b, 'once')
    expect(done).toMatchObject({ status: 200, body: { project: { id: a, ended: 'absorbed' } } })
    expect(small.world.logs.at(-1)?.trips).toBe(2)
    expect((await absorb('lead', a, b, 'once')).body).toEqual(done.body)
    expect((await history('unit', a)).at(-1).event).toMatchObject({
      type: 'executed',
      absorbedBy: { id: b, title: '某项目' },
    })
    expect((await history('other-unit', b)).at(-1)).toMatchObject({
      type: 'absorbed',
      cause: `project:${a}@3`,
      event: { project: a, title: '某项目', by: ['lead'] },
    })
    const told = (await notices('other-unit')).map((one: { about: { title: string } }) => one.about.title)
    expect(told).toEqual(['「某项目」并入本项目'])
    expect(await small.said(small.step('unit', a, 'build'))).toBe('ended')
    expect(await small.said(small.step('other-unit', b, 'build'))).toBe('200')
  })

  it('not into what the person may not see, itself, nothing or what has ended', async () => {
    small = await openSmall(POLICY)
    const [a, b, foreign] = [await declared(), await declared(), await declared('other-unit')]
    for (const into of [foreign, a, 'no-such-project'])
      expect(await small.said(absorb('unit', a, into))).toBe('record')
    expect(await small.said(absorb('unit', b, a))).toBe('200')
    expect(await small.said(absorb('unit', a, b))).toBe('record')
    expect(await small.said(absorb('lead', foreign, a))).toBe('200')
  })

  it('two into each other at once: one goes, the other stays', async () => {
    small = await openSmall(POLICY)
    const [a, b] = [await declared(), await declared()]
    const raced = await Promise.all([small.said(absorb('lead', a, b)), small.said(absorb('lead', b, a))])
    expect(raced.filter((one) => one === '200')).toHaveLength(1)
    const [rows = []] = await small.world.deps.databases
      .tenant('small')
      .read([sql`SELECT ended FROM projects WHERE ended IS NOT NULL`])
    expect(rows).toHaveLength(1)
  })

  it('a rebuild makes the same rows, and the province sees what a fresh look at the log sees', async () => {
    small = await openSmall(POLICY)
    const { deps } = small.world
    const quiet = { ...deps, log: () => {} }
    const [a, b, c] = [await declared(), await declared('other-unit'), await declared()]
    await catchUp(quiet)
    await absorb('lead', a, b)
    await absorb('unit', c, b)
    await absorb('lead', b, c)
    await sweep(deps)
    const before = await derivedContent(deps, 'small')
    await rebuildTenant(deps, 'small')
    expect(await derivedContent(deps, 'small')).toEqual(before)
    const file = join(small.world.folder, 'tenants', 'small.db')
    expect(verifyFile(file, new Map()).bad).toBeUndefined()
    await catchUp(quiet)
    const content = await contentOf(deps.databases.oversight())
    await rebuildOversight(quiet)
    expect(await contentOf(deps.databases.oversight())).toBe(content)
  })
})
