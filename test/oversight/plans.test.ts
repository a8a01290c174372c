import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Databases } from '../../db/database.ts'
import { openFiles } from '../../db/open-files.ts'
import { type Statement, sql, text } from '../../db/statement.ts'
import {
  OVERSEEN_ORDERS,
  overseenProjectsStatement,
} from '../../functions/services/oversight/oversee-projects.ts'
import type { OverseeFilter } from '../../functions/services/oversight/oversee-scope.ts'
import { summaryStatements } from '../../functions/services/oversight/oversee-summary.ts'

let folder: string
let databases: Databases
const ids = JSON.stringify([...Array(8).keys()].map((n) => `t${n}`))
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plans-'))
  databases = await openFiles(folder, () => new Date('2026-06-15T02:00:00.000Z'))
  const numbers = (count: number) =>
    sql`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`
  await databases.oversight().write([
    sql`INSERT INTO projects (tenant_id, division, id, title, organisation_id, stage, settled, opened_on, version, plan_year, category,
        estimate, approved, budget, contract, paid)
      ${numbers(8000)} SELECT 't' || (i % 10), '320000', printf('%08d', i), 'p', 'o',
        CASE i % 3 WHEN 0 THEN 'review' WHEN 1 THEN 'trial' ELSE 'closed' END, 0, '2026-01-01', 1, nullif(2020 + i % 9, 2021), 'c' || (i % 4),
        i, nullif(i, 7), nullif(i, 8), nullif(i, 9), nullif(i, 10) FROM n`,
    sql`INSERT INTO obligations (tenant_id, project_id, item, step, title, parties, due_on, provisional)
      SELECT tenant_id, id, 'x', 's', 't', '[]', '2026-06-0' || (1 + id % 9), 0 FROM projects`,
    sql`INSERT INTO stage_spans (tenant_id, project_id, n, stage, entered_on, left_on, days, first)
      SELECT tenant_id, id, 0, 'review', '2026-01-01', '2026-02-01', 1 + id % 50, 1 FROM projects`,
  ])
})
afterAll(() => {
  databases.close()
  rmSync(folder, { recursive: true, force: true })
})

async function planOf({ sql: query, args }: Statement): Promise<string[]> {
  const [rows = []] = await databases.oversight().read([{ sql: `EXPLAIN QUERY PLAN ${query}`, args }])
  return rows.map((row) => text(row, 'detail'))
}

async function walks(
  filter: Parameters<typeof overseenProjectsStatement>[1],
  after: string[] | undefined,
  index: RegExp,
): Promise<void> {
  const statement = overseenProjectsStatement(ids, filter, after, '2026-06-15')
  const plan = await planOf(statement)
  expect(plan.join('\n')).toMatch(index)
  expect(plan.filter((step) => /^SCAN (p|o|s)\b|TEMP B-TREE/.test(step))).toEqual([])
  expect((await databases.oversight().read([statement]))[0]!.length).toBeGreaterThan(0)
}

describe('a page of projects', () => {
  it.each(OVERSEEN_ORDERS)('in the order %s walks the index of that amount', async (order) => {
    const index = new RegExp(`^SEARCH p USING INDEX projects_by_${order.replace('-', '')} \\(`, 'm')
    const key = order.startsWith('-') ? '600' : '500'
    for (const after of [undefined, [key, 't3', '00000000']])
      for (const filter of [{}, { stage: 'trial', year: 2027 }, { overdue: true }])
        await walks({ ...filter, order, limit: 50 }, after, index)
  })

  it.each<[string, OverseeFilter & { overdue?: boolean; passed?: string }, RegExp]>([
    ['all', {}, /USING PRIMARY KEY \(tenant_id=\?/],
    ['a stage', { stage: 'trial' }, /projects_by_stage \(tenant_id=\? AND stage=\?/],
    ['a year', { year: 2026 }, /projects_by_year \(tenant_id=\? AND plan_year=\?/],
    ['no year', { year: 'none' }, /projects_by_year \(tenant_id=\? AND plan_year=\?/],
    ['a category', { category: 'c1' }, /projects_by_category \(tenant_id=\? AND category=\?/],
    [
      'overdue ones',
      { overdue: true },
      /obligations_by_project \(tenant_id=\? AND project_id=\? AND due_on</,
    ],
    [
      'those past a stage',
      { passed: 'review' },
      /SEARCH s USING PRIMARY KEY \(tenant_id=\? AND project_id=\?/,
    ],
  ])('%s is found by an index, in the order of the page', async (_, filter, index) => {
    for (const after of [undefined, ['t3', '00004000']]) await walks({ ...filter, limit: 50 }, after, index)
  })
})

it('the summary reads nothing but the jurisdictions overseen', async () => {
  for (const filter of [{}, { year: 2026 }] as OverseeFilter[]) {
    const [cells, overdue, stays, feeds] = await Promise.all(
      summaryStatements(ids, filter, '2026-06-15').map(planOf),
    )
    expect(cells).toContain('SEARCH p USING PRIMARY KEY (tenant_id=?)')
    expect(overdue!.join()).toMatch(
      /SEARCH o USING .*obligations_due \(tenant_id=\? AND due_on<\?\).*SEARCH p USING PRIMARY KEY \(tenant_id=\? AND id=\?\)/,
    )
    expect(stays!.join()).toMatch(/SEARCH s USING .*stage_spans_passed \(tenant_id=\?/)
    for (const plan of [cells, overdue, stays, feeds])
      expect(plan!.filter((step) => /^SCAN (p|o|s|f|c)\b/.test(step))).toEqual([])
  }
})
