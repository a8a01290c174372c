import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import { migrate } from '../../db/migrate.ts'
import { sql } from '../../db/statement.ts'
import { TENANT_MIGRATIONS } from '../../db/tenant/migrations.ts'
import { sweep } from '../../functions/jobs/sweep.ts'
import { gatherRuleUses } from '../../functions/services/tenants/gather-rule-uses.ts'
import { rebuildTenant } from '../../functions/services/tenants/rebuild-tenant.ts'
import { smallText } from '../core/small.ts'
import { addPlatform, PASSWORD } from './harness.ts'
import { openSmall, type SmallWorld } from './small-world.ts'

const HEAD = 'jurisdiction: {id: small, name: 某市, division: "990100", level: city}'
const BODY = `
  facts: {estimate: money, shared: boolean}
  vetoes: {hoarding: {title: 不共享, when: {shared: false}, bars: [{step: declare}], article: 第五条}}
  sanctions: {deferral: {title: 暂缓, on: unit, bars: [{step: declare}], lifted: {by: lead}, article: 第六条}}
`
const OLD = `
  policy: {effective: 2026-01-01, ${HEAD}}
  ${BODY}
  tables: {route: {title: 报审方式, hit: first, rows: [{when: {estimate: {atLeast: 500万元}}, is: own, article: 第二条}, {else: true, is: bundled, article: 第三条}]}}
  steps:
    declare: {stage: declaration, materials: {design: 方案}}
    review: {stage: review, by: lead, after: declare, when: {any: [{route: own}, {route: bundled}]}, outcomes: {pass: {}, return: {reopens: declare}}}
    fix: {stage: approval, after: review, due: {within: 10 days, of: review, missed: {imposes: deferral}}}
`
/** The threshold of the first row is another; everything else says the same, the second row under another article. */
const NEW = OLD.replace('2026-01-01', '2026-05-01')
  .replace('500万元', '600万元')
  .replace('article: 第三条', 'article: 第四条')

let small: SmallWorld
beforeEach(async () => {
  small = await openSmall(OLD, '2026-03-02')
})
afterEach(() => small.world.close())

const database = (): Database => small.world.deps.databases.tenant('small')
const answered = async (query = '', who = 'auditor') => {
  const { status, body } = await small.get(who, `/policy/uses${query}`)
  expect(status).toBe(200)
  return body as { items: { rule: string; projects: number }[]; complete: boolean }
}
/** Projects by rule without the fingerprint; articles by their unit alone. */
const uses = async (query = ''): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await answered(query)).items.map(({ rule, projects }) => [
      rule.replace(/~\w+$/, '').replace(/^article:\w+:/, 'article:'),
      projects,
    ]),
  )
const keyOf = async (start: string): Promise<string> =>
  (await answered()).items.find(({ rule }) => rule.startsWith(start))!.rule
const listed = async (rule: string, who = 'auditor'): Promise<string[]> => {
  const { body } = await small.get(who, `/projects?rule=${encodeURIComponent(rule)}`)
  return body.items.map((one: { id: string }) => one.id).sort()
}
const kept = async (): Promise<string[]> => {
  const [rows = []] = await database().read([
    sql`SELECT x.project_id || ' ' || r.rule AS met FROM rule_uses x JOIN touched_rules r ON r.id = x.rule ORDER BY 1`,
  ])
  return rows.map((row) => String(row.met))
}
const declared = async (estimate: string): Promise<string> => {
  const id = await small.project({ estimate, shared: true })
  expect((await small.step('unit', id, 'declare', { materials: ['design'] })).status).toBe(200)
  return id
}

it('every rule counts its projects, each once; the number leads to their list', async () => {
  expect(await uses()).toEqual({})
  const large = await declared('500万元')
  const little = await declared('499.999999万元')
  const barred = await small.project({ estimate: '80万元', shared: false })
  expect(await uses()).toEqual({
    'step:declare': 2,
    'material:declare.design': 2,
    'when:review': 2,
    'row:route': 1,
    'veto:hoarding': 1,
    'scope:main': 2,
    'article:第一条': 2,
    'article:第二条': 1,
    'article:第三条': 1,
    'article:第五条': 1,
  })
  expect(await listed('step:declare')).toEqual([large, little].sort())
  expect(await listed(await keyOf('veto:'))).toEqual([barred])
  expect(await listed(await keyOf('article:').then((key) => key.replace(/第.+$/, '第三条')))).toEqual([
    little,
  ])
  const rows = (await answered()).items.filter(({ rule }) => rule.startsWith('row:'))
  expect(rows).toHaveLength(2)
  expect((await Promise.all(rows.map(({ rule }) => listed(rule)))).flat().sort()).toEqual(
    [large, little].sort(),
  )

  for (const { rule, projects } of (await answered()).items)
    expect({ rule, projects: (await listed(rule)).length }).toEqual({ rule, projects })

  expect((await small.step('lead', large, 'review', { outcome: 'return', remark: '请补正' })).status).toBe(
    200,
  )
  expect((await small.step('unit', large, 'declare', { materials: ['design'] })).status).toBe(200)
  expect(await uses()).toMatchObject({
    'step:declare': 2,
    'step:review': 1,
    'outcome:review.return': 1,
    'after:review': 1,
  })
})

it('what was taken back has met the rule all the same; who may see little is shown his own in the list', async () => {
  const id = await declared('500万元')
  expect(
    (await small.post('unit', `/projects/${id}/steps/declare/withdrawal`, { reason: '填错了' })).status,
  ).toBe(200)
  expect(await uses()).toMatchObject({ 'step:declare': 1 })
  const foreign = await small.project({ estimate: '1万元', shared: true }, 'other-unit')
  await small.step('other-unit', foreign, 'declare', { materials: ['design'] })
  expect(await uses()).toMatchObject({ 'step:declare': 2 })
  expect(await listed('step:declare', 'unit')).toEqual([id])
})

it('a sanction counts once its day has come, and so does the bar of what it holds up', async () => {
  const id = await declared('500万元')
  await small.step('lead', id, 'review', { outcome: 'pass' })
  expect(await uses()).toMatchObject({ 'due:fix': 1 })
  expect(await uses()).not.toHaveProperty('sanction:deferral')
  await small.on('2026-03-13')
  expect(await uses()).toMatchObject({ 'sanction:deferral': 1, 'article:第六条': 1 })
  expect(await uses()).not.toHaveProperty('bar:deferral')
  const barred = await small.project({ estimate: '1万元', shared: true })
  expect(await uses()).toMatchObject({ 'sanction:deferral': 1, 'bar:deferral': 1 })
  expect(await listed(await keyOf('bar:'))).toEqual([barred])
})

it('is gathered in pieces behind the acts, with the same rows as on reading and after a rebuild', async () => {
  const ids = [await declared('500万元'), await declared('1万元')]
  await small.project({ estimate: '1万元', shared: false })
  await uses()
  await small.step('lead', ids[0]!, 'review', { outcome: 'return', remark: '请补正' })
  await small.post('unit', `/projects/${ids[1]}/steps/declare/withdrawal`, { reason: '填错了' })
  for (let i = 0; i < 25; i++) await small.project({ estimate: '2万元', shared: i % 2 === 0 })
  await sweep(small.world.deps)
  const swept = await kept()
  expect(swept.length).toBeGreaterThan(30)
  await uses()
  expect(await kept()).toEqual(swept)
  await gatherRuleUses(small.world.deps, 'small', true)
  expect(await kept()).toEqual(swept)
  await rebuildTenant(small.world.deps, 'small')
  expect(await kept()).toEqual(swept)
  const [counts = []] = await database().read([
    sql`SELECT r.projects, (SELECT count(*) FROM rule_uses x WHERE x.rule = r.id) AS rows FROM touched_rules r`,
  ])
  expect(counts.filter((one) => one.projects !== one.rows)).toEqual([])
})

it('takes two round trips when something is new, one when nothing is; a sweep then only looks', async () => {
  const trips = async (): Promise<unknown> => {
    await answered()
    return small.world.logs.filter(({ event }) => event === 'request').at(-1)?.trips
  }
  expect(await trips()).toBe(2)
  expect(await trips()).toBe(1)
  await declared('500万元')
  expect(await trips()).toBe(2)
  expect(await trips()).toBe(1)
  const prototype = Object.getPrototypeOf(database()) as Database
  const { read, write } = prototype
  const done: string[] = []
  prototype.read = function (statements) {
    done.push('read')
    return read.call(this, statements)
  }
  prototype.write = function (statements) {
    done.push('write')
    return write.call(this, statements)
  }
  await gatherRuleUses(small.world.deps, 'small')
  Object.assign(prototype, { read, write })
  expect(done).toEqual(['read'])
})

it('more than a page of new acts: the answer says that more is being counted', async () => {
  await answered()
  for (let i = 0; i < 45; i++) await small.project({ estimate: '1万元', shared: false })
  const first = await answered()
  expect(first.complete).toBe(false)
  expect(first.items.find(({ rule }) => rule.startsWith('veto:'))?.projects).toBeLessThan(45)
  expect((await answered()).complete).toBe(true)
  expect(await uses()).toMatchObject({ 'veto:hoarding': 45 })
})

it('a rule that a new version leaves as it is keeps its count, a changed one starts at none, articles count by version', async () => {
  await declared('700万元')
  await declared('1万元')
  expect(await uses()).toMatchObject({ 'step:declare': 2, 'article:第三条': 1 })
  const before = (await answered()).items
  await addPlatform(small.world, { login: 'boss', name: '平台', role: 'platform-administrator' })
  const { token } = (
    await small.world.call('POST', '/api/session', { json: { login: 'boss', password: PASSWORD } })
  ).body
  const policy = smallText(NEW)
  const adopted = await small.world.call('POST', '/api/tenants/small/policies', { token, json: { policy } })
  expect(adopted.status).toBe(201)
  await small.on('2026-05-04')
  const after = (await answered()).items
  const rows = (items: typeof after) => items.filter(({ rule }) => rule.startsWith('row:'))
  expect(rows(before)).toHaveLength(2)
  expect(rows(after)).toHaveLength(1)
  expect(rows(before)).toContainEqual(rows(after)[0])
  expect(await uses()).toMatchObject({ 'step:declare': 2, 'article:第四条': 1 })
  expect(await uses()).not.toHaveProperty('article:第三条')
  const old = (await small.get('auditor', '/policy')).body.versions[0].hash
  expect(await uses(`?hash=${old}`)).toMatchObject({ 'step:declare': 2, 'article:第三条': 1, 'row:route': 1 })
  expect((await small.get('auditor', `/policy/uses?hash=${'0'.repeat(64)}`)).status).toBe(404)
})

it('a folder from before is opened and gathered anew', async () => {
  await declared('500万元')
  const found = await uses()
  const own = TENANT_MIGRATIONS.findIndex(({ name }) => name.endsWith('rule-uses-of-every-kind'))
  const later = TENANT_MIGRATIONS.slice(own).map(({ name }) => name)
  expect(later).toEqual(['0008-rule-uses-of-every-kind'])
  await database().write([
    sql`DROP TABLE rule_uses`,
    sql`DROP TABLE touched_rules`,
    sql`DROP TABLE rule_uses_until`,
    sql`CREATE TABLE rule_uses (kind TEXT NOT NULL, rule TEXT NOT NULL, project_id TEXT NOT NULL, PRIMARY KEY (kind, rule, project_id)) STRICT, WITHOUT ROWID`,
    sql`CREATE TABLE rule_uses_until (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL) STRICT`,
    sql`INSERT INTO rule_uses_until (one, seq) VALUES (1, 7)`,
    sql`DELETE FROM migrations WHERE n > ${own}`,
  ])
  await migrate(database(), TENANT_MIGRATIONS, new Date())
  expect(await kept()).toEqual([])
  expect(await uses()).toEqual(found)
})

it('a rule that nothing knows has no projects; what is no key is refused', async () => {
  await declared('500万元')
  await answered()
  expect(await listed('step:nowhere')).toEqual([])
  expect(await listed("row:x~' OR 1=1 --")).toEqual([])
  for (const wrong of ['declare', ':declare', 'step:', `step:${'x'.repeat(300)}`])
    expect((await small.get('auditor', `/projects?rule=${encodeURIComponent(wrong)}`)).status).toBe(400)
})
