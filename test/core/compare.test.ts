import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ComparedRow, compareRules } from '../../functions/core/policy/compare.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Policy } from '../../functions/core/policy/model.ts'
import { SMALL_POLICY, spoiled } from './small-policy.ts'

const ROOT = join(import.meta.dirname, '../../tenants')

function shipped(id: string): { id: string; policy: Policy } {
  const file = readdirSync(join(ROOT, id)).find((name) => name.endsWith('.yaml'))!
  return { id, policy: loadPolicy(readFileSync(join(ROOT, id, file), 'utf8'), file).policy! }
}

let rows: ComparedRow[]
beforeAll(() => {
  rows = compareRules(['tianning', 'lianyungang', 'luan', 'jiyuan', 'gulou'].map(shipped))
})

const cell = (aspect: string, key: string, id: string) =>
  rows.find((row) => row.aspect === aspect && row.key === key)?.cells[id]

describe('policies side by side, each cell with its article', () => {
  it.each([
    ['threshold', 'supervision', 'gulou', /批复总投资概算 不少于 100万元/, '第十九条'],
    ['threshold', 'supervision', 'luan', /不少于 100万元/, '第十六条'],
    ['threshold', 'estimate-review', 'lianyungang', /不少于 100万元/, '第十条'],
    ['route', 'approval-route', 'luan', /不少于 500万元/, '第九条第三款'],
    ['window', 'declare', 'luan', /07-31 止, 为下一年度/, '第九条第一款'],
    ['window', 'declare', 'gulou', /07-01 起, 09-30 止/, '第八条'],
    ['interval', 'acceptance-application', 'gulou', /至少 3个月/, '第二十二条第一款'],
    ['interval', 'trial-report', 'luan', /至少 1个月/, '第十九条第一款'],
    ['deadline', 'acceptance-application', 'gulou', /6个月内/, '第二十二条第一款'],
    ['deadline', 'acceptance-application', 'lianyungang', /6个月内/, '第二十六条'],
    ['deadline', 'acceptance-filing', 'tianning', /10个工作日内/, '解读·三(二)'],
    ['period', 'annual-evaluation', 'tianning', /每年一次, 11-30 前/, '解读·三(二)'],
    ['change', 'change-route', 'gulou', /不少于「批复总投资概算」的 110%/, '第二十条'],
    ['change', 'change-route', 'lianyungang', /不超过「批复概算」的 15%/, '第二十五条'],
    ['party', 'acceptance', 'lianyungang', /市发改委/, '第二十六条第三款'],
  ])('%s of %s in %s', (aspect, key, id, text, article) => {
    const lines = cell(aspect, key, id)
    expect(lines?.map((line) => line.text).join('\n')).toMatch(text)
    expect(lines?.flatMap((line) => line.article)).toContain(article)
  })

  it('says where a step is owed whatever the amount, and leaves out what is not ruled', () => {
    expect(cell('threshold', 'supervision', 'lianyungang')?.[0]?.text).toBe('不论金额')
    expect(cell('interval', 'trial-report', 'gulou')).toBeUndefined()
  })

  it('says names, never ids', () => {
    const texts = rows.flatMap((row) =>
      Object.values(row.cells).flatMap((lines) => lines.map(({ text }) => text)),
    )
    expect(texts.filter((text) => /[a-z]{3}/.test(text))).toEqual([])
    expect(rows.filter((row) => /[a-z]{3}/.test(row.title))).toEqual([])
  })

  it('differs in the changed cell alone', () => {
    const load = (text: string) => loadPolicy(text, 'small.yaml').policy!
    const both = compareRules([
      { id: 'before', policy: load(SMALL_POLICY) },
      { id: 'after', policy: load(spoiled(['atLeast: 500万元', 'atLeast: 400万元'])) },
    ])
    const differing = both.filter(({ cells }) => JSON.stringify(cells.before) !== JSON.stringify(cells.after))
    expect(differing.map(({ key }) => key)).toEqual(['route'])
    expect(differing[0]?.cells.after?.[0]?.text).toMatch(/400万元/)
  })
})
