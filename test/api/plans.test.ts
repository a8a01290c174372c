import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Database } from '../../db/database.ts'
import type { Statement } from '../../db/statement.ts'
import { createProject, openPlayer, type Player } from './player.ts'

let player: Player
let id: string
let seen: Statement[] = []
beforeAll(async () => {
  player = await openPlayer('2026-06-15')
  id = await createProject(player)
  await player.step('unit', id, 'declare', { materials: ['design'] })
  const database = player.world.deps.databases.tenant('hedong')
  const prototype = Object.getPrototypeOf(database) as Database
  const { read, write } = prototype
  prototype.read = function (statements) {
    seen.push(...statements)
    return read.call(this, statements)
  }
  prototype.write = function (statements) {
    seen.push(...statements)
    return write.call(this, statements)
  }
})
afterAll(() => player.world.close())

/** Tables that stay small in any tenant: reading all of them is fine. */
const SMALL =
  /^(SCAN|SEARCH) (json_each|policies|touched_rules|rule_uses_until|regulations|directory_stamp|unit_parties|announcements|CONSTANT ROW|\(?subquery|i\b|\w+ VIRTUAL)/

const LISTS = [
  '/projects',
  '/projects?stage=review',
  '/projects?year=2027',
  '/projects?nature=new&category=construction&track=construction&least=100&most=900.5&ended=false&totals=true',
  '/projects?due=overdue&order=due&gated=true&gates=true',
  '/projects?order=-amount&exception=any&totals=true',
  '/projects?order=amount&exception=over-estimate',
  '/projects?rule=step:declare&totals=true',
  '/projects?rule=row:none&order=due&year=2027',
  '/policy/uses',
  `/projects?limit=2&after=${Buffer.from('["2026-06-15","9"]').toString('base64url')}`,
  '/views',
  '/preferences',
  '/todos',
  '/users',
  '/organisations',
  '/batches',
  '/batches?procedure=annual-plan',
  '/registers/expert-pool/entries',
  '/announcements',
  '/policy/text',
  '/policy/articles/第九条第三款',
  '/todos?held=mine',
  '/todos?due=overdue',
  '/todos?due=soon&held=nobody',
  '/todos?due=open',
  '/notices',
  '/notices?category=received&since=2026-06-01',
  '/notices?unread=true',
  '/notices/unread',
  '/me/notice-preferences',
  '/me/sessions',
  '/me/acts?kind=begun',
  '/me/acts?kind=done',
  '/workbench',
  '/drafts',
  '/sign-ins',
]

it.each(LISTS.flatMap((path) => ['unit', 'lead', 'administrator'].map((who) => [who, path])))(
  'for %s, %s reads along indexes and sorts nothing',
  async (who, path) => {
    seen = []
    expect((await player.get(who!, path!)).status).toBe(200)
    expect(await faults(seen)).toEqual([])
  },
)

it('a case and its history, documents and steps read and write along indexes', async () => {
  for (const path of ['', '/case', '/history', '/documents', '/todos', '/desk']) {
    seen = []
    await player.get('unit', `/projects/${id}${path}`)
    expect({ path, faults: await faults(seen) }).toEqual({ path, faults: [] })
  }
  seen = []
  const records = { integrated: true, sharing: true, governmentNetwork: true }
  expect((await player.step('lead', id, 'preliminary-review', { outcome: 'pass', records })).status).toBe(200)
  expect(await faults(seen)).toEqual([])
})

it('a word is looked up in the index, and only what it finds is sorted', async () => {
  for (const who of ['unit', 'lead'])
    for (const path of [
      '/projects?word=停车&totals=true',
      '/projects?word=tc&order=due',
      '/search?q=停车',
      '/similar?title=停车',
    ]) {
      seen = []
      expect((await player.get(who, path)).status).toBe(200)
      expect({ path, faults: await faults(seen, /project_search/) }).toEqual({ path, faults: [] })
    }
})

/** The projects of one unit are few: they are read along its own index and then sorted. */
const SORTED = /FROM project_parties h/

/** Steps of the plans that read a whole table, or sort where that is not the way. */
async function faults(statements: Statement[], sorted = SORTED): Promise<string[]> {
  const explained = statements
    // A register and the sanctions of one unit are short lists.
    .filter((statement) => !/FROM (register_entries|unit_sanctions)/.test(statement.sql))
    .filter((statement) => /^\s*SELECT/i.test(statement.sql))
    .map(({ sql, args }) => ({ sql: `EXPLAIN QUERY PLAN ${sql}`, args }))
  const plans = await player.world.deps.databases.tenant('hedong').write(explained)
  return plans.flatMap((plan, i) =>
    plan
      .map((row) => String(row.detail))
      .filter(
        (detail) =>
          (/^SCAN/.test(detail) && !SMALL.test(detail)) ||
          (/USE TEMP B-TREE FOR ORDER BY/.test(detail) &&
            !SORTED.test(explained[i]!.sql) &&
            !sorted.test(explained[i]!.sql)),
      )
      .map((detail) => `${detail} in ${explained[i]!.sql.slice(19, 200)}`),
  )
}
