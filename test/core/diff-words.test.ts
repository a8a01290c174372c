import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diffPolicies } from '../../functions/core/policy/diff.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import { small } from './small.ts'
import { SMALL_POLICY, spoiled } from './small-policy.ts'

const TENANTS = join(import.meta.dirname, '../../tenants')

function load(text: string) {
  const { policy, problems } = loadPolicy(text, 'small.yaml')
  if (!policy) throw new Error(problems.map((problem) => problem.message).join('\n'))
  return policy
}

/** What changed from the small policy, as `kind message`. */
function said(...edits: [string, string][]): string[] {
  return diffPolicies(load(SMALL_POLICY), load(spoiled(...edits))).map((one) => `${one.kind} ${one.message}`)
}

describe('a difference is told piece by piece', () => {
  it.each<[string, [string, string][], string[]]>([
    [
      'a threshold, alone of its condition',
      [['{plan-listing.budget: {atLeast: 100万元}', '{plan-listing.budget: {atLeast: 150万元}']],
      ['changed 环节「委托监理」的适用条件: 年度安排 不少于 100万元 → 不少于 150万元'],
    ],
    [
      'an edge',
      [['{plan-listing.budget: {atLeast: 100万元}', '{plan-listing.budget: {moreThan: 100万元}']],
      ['changed 环节「委托监理」的适用条件: 年度安排 不少于 100万元 → 大于 100万元'],
    ],
    [
      'a condition built anew',
      [['when: {route: own}', 'when: {any: [{route: own}, {secret: true}]}']],
      ['changed 环节「项目建议书」的适用条件: 立项方式为own → (立项方式为own 或 涉密项目为是)'],
    ],
    [
      'the rows of a table that moved, each with its own article',
      [
        ['{estimate: {atLeast: 500万元}}', '{estimate: {atLeast: 800万元}}'],
        ['{estimate: {lessThan: 500万元}}', '{estimate: {lessThan: 800万元}}'],
      ],
      [
        'changed 判定表「立项方式」的各行: 取「own」的条件: 投资概算 不少于 500万元 → 不少于 800万元',
        'changed 判定表「立项方式」的各行: 取「simple」的条件: 投资概算 小于 500万元 → 小于 800万元',
      ],
    ],
    [
      'a prerequisite that came and one that went',
      [['after: [approval, supervision]', 'after: [approval, proposal]']],
      ['added 环节「启动实施」的前提: 「项目建议书」', 'removed 环节「启动实施」的前提: 「委托监理」'],
    ],
    [
      'a delay',
      [['delay: 3 months', 'delay: 1 month']],
      ['changed 环节「验收申请」的前提: 「建成」之后的间隔 3个月 → 1个月'],
    ],
    [
      'a deadline',
      [['due: {within: 6 months, of: completion}', 'due: {within: 9 months, of: completion}']],
      ['changed 环节「验收申请」的期限: 自「建成」起 6个月内 → 自「建成」起 9个月内'],
    ],
    [
      'a window',
      [['to: 08-31', 'to: 09-15']],
      ['changed 环节「年度申报」的办理窗口: 07-01 起, 08-31 止, 为下一年度 → 07-01 起, 09-15 止, 为下一年度'],
    ],
    [
      'who acts',
      [
        [
          'title: 竣工验收\n    stage: acceptance\n    by: lead',
          'title: 竣工验收\n    stage: acceptance\n    by: {all: [lead, finance]}',
        ],
      ],
      ['changed 环节「竣工验收」的责任方: 数据局 → 数据局、财政局共同'],
    ],
    [
      'materials, by their names',
      [['materials: {design: {title: 设计方案}}', 'materials: {plan: {title: 建设计划}}']],
      [
        'removed 环节「年度申报」的材料·「设计方案」: 「设计方案」',
        'added 环节「年度申报」的材料·「建设计划」: 「建设计划」',
      ],
    ],
    [
      'a requirement',
      [
        [
          '- {that: {sound: true}, article: 第四条}',
          '- {that: {sound: true}, article: 第四条}\n          - {title: 涉密的另行审批, that: {secret: false}, article: 第四条}',
        ],
      ],
      ['added 环节「立项审批」的结果·「批准」·条件: 涉密的另行审批'],
    ],
    [
      'an article',
      [
        [
          '    after: [approval, supervision]\n    due: {by: 12-31, year: planYear}\n    article: 第五条',
          '    after: [approval, supervision]\n    due: {by: 12-31, year: planYear}\n    article: [第五条, 第六条]',
        ],
      ],
      ['changed 环节「启动实施」的条文: 第五条 → 第五条; 第六条'],
    ],
    [
      'steps that came and went',
      [
        ['closing: {title: 停用,', 'shutdown: {title: 报废,'],
        ['until: closing', 'until: shutdown'],
      ],
      [
        'added 环节「报废」',
        'removed 环节「停用」',
        'changed 环节「年度评价」的次数: 每年一次, 11-30 前, 自「竣工验收」起, 至「停用」止 → 每年一次, 11-30 前, 自「竣工验收」起, 至「报废」止',
      ],
    ],
  ])('%s', (_, edits, expected) => {
    expect(new Set(said(...edits))).toEqual(new Set(expected))
  })

  it('calls the values of a table by their titles', () => {
    const titled: [string, string] = [
      'title: 立项方式',
      'title: 立项方式\n    values: {own: 单独立项, simple: 简易立项}',
    ]
    const after = load(spoiled(titled, ['{estimate: {atLeast: 500万元}}', '{estimate: {moreThan: 500万元}}']))
    expect(diffPolicies(load(spoiled(titled)), after)[0]?.message).toBe(
      '判定表「立项方式」的各行: 取「单独立项」的条件: 投资概算 不少于 500万元 → 大于 500万元',
    )
  })

  it('§15 says of a transition which projects go over', () => {
    const transition = 'transition: {of: earlier, takes: [declaration, review], binds: approval}'
    expect(said(['  articles: 9', `  articles: 9\n  ${transition}`])).toEqual([
      'added 办法的过渡规定: 此前各版的在办项目, 处于申报、评审的转入; 办过「立项审批」的不转',
    ])
  })

  it('carries kind, path, both values and the article, for machines', () => {
    const after = load(spoiled(['{estimate: {atLeast: 500万元}}', '{estimate: {moreThan: 500万元}}']))
    expect(diffPolicies(load(SMALL_POLICY), after)).toEqual([
      {
        kind: 'changed',
        path: 'tables.route.rows',
        message: '判定表「立项方式」的各行: 取「own」的条件: 投资概算 不少于 500万元 → 大于 500万元',
        before: { estimate: { atLeast: '500万元' } },
        after: { estimate: { moreThan: '500万元' } },
        article: ['第四条'],
      },
    ])
  })
})

describe('what an outcome brings about and a sanction bars is told by titles', () => {
  const RULES = `
    facts: {amount: {title: 安排金额, type: money}, kind: {title: 性质, type: choice, options: {new: 新建, upgrade: 升级}}}
    sanctions: {ban: {title: 暂停申报, on: unit, bars: [{step: plan, outcome: listed, when: {kind: {in: [new, upgrade]}}}], lifted: {when: {fix.done: true}}}}
    steps:
      start: {title: 启动}
      plan: {title: 列入计划, by: lead, outcomes: {listed: {title: 列入, demands: [{step: engage, when: {start.done: true, amount: {atLeast: 100万元}}}]}, refused: {title: 不列入, ends: refused}}}
      engage: {title: 引入监理, owed: on-demand}
      check: {title: 检查, by: lead, outcomes: {pass: {title: 通过}, fail: {title: 不通过, again: true, imposes: {sanction: ban, when: {check.times.fail: {atLeast: 1}}}}}}
      fix: {title: 整改}
  `
  const told = (from: string, to: string): string[] => {
    expect(RULES).toContain(from)
    return diffPolicies(small(RULES), small(RULES.replace(from, to))).map(
      (one) => `${one.kind} ${one.message}`,
    )
  }

  it.each<[string, string, string, string[]]>([
    [
      'a threshold of what is demanded',
      'amount: {atLeast: 100万元}',
      'amount: {atLeast: 200万元}',
      [
        'changed 环节「列入计划」的结果·「列入」·引起的要求: 「引入监理」的适用条件: 安排金额 不少于 100万元 → 不少于 200万元',
      ],
    ],
    [
      'a condition that went',
      ', when: {start.done: true, amount: {atLeast: 100万元}}',
      '',
      [
        'changed 环节「列入计划」的结果·「列入」·引起的要求: 「引入监理」的适用条件: 启动已办为是, 安排金额 不少于 100万元 → 不限',
      ],
    ],
    [
      'a demand that came',
      'demands: [{step: engage,',
      'demands: [{step: fix, within: 10 days}, {step: engage,',
      ['added 环节「列入计划」的结果·「列入」·引起的要求: 环节 整改, 时长 10日'],
    ],
    [
      'what a sanction bars',
      'in: [new, upgrade]',
      'in: [new]',
      ['changed 惩戒「暂停申报」的限制的环节: 「列入计划」的适用条件: 性质 为新建、升级之一 → 为新建之一'],
    ],
    [
      'the outcome that it bars',
      'outcome: listed, when',
      'outcome: refused, when',
      [
        'changed 惩戒「暂停申报」的限制的环节: 环节 列入计划, 结果 列入, 适用条件 性质 为新建、升级之一 → 环节 列入计划, 结果 不列入, 适用条件 性质 为新建、升级之一',
      ],
    ],
    [
      'what lifts it',
      'lifted: {when: {fix.done: true}}',
      'lifted: {by: lead}',
      ['changed 惩戒「暂停申报」的解除: 整改已办为是 → 由lead解除'],
    ],
    [
      'when it is imposed',
      'check.times.fail: {atLeast: 1}',
      'check.times.fail: {atLeast: 2}',
      [
        'changed 环节「检查」的结果·「不通过」·采取的惩戒: 「暂停申报」的适用条件: 检查结果为不通过的次数 不少于 1 → 不少于 2',
      ],
    ],
  ])('%s', (_, from, to, expected) => expect(told(from, to)).toEqual(expected))

  it.each(readdirSync(TENANTS).filter((name) => !name.includes('.')))(
    'no condition inside a rule of %s is told by a code',
    (id) => {
      const file = readdirSync(join(TENANTS, id)).find((name) => name.endsWith('.yaml'))!
      const before = loadPolicy(readFileSync(join(TENANTS, id, file), 'utf8'), file).policy!
      const conditions = placesOf(before.document).filter((path) =>
        path.some((key) =>
          ['demands', 'imposes', 'bars', 'through', 'lifted', 'requires', 'stages'].includes(key),
        ),
      )
      expect(conditions.length).toBeGreaterThan(0)
      for (const path of conditions) {
        const document = structuredClone(before.document)
        const around = path
          .slice(0, -1)
          .reduce((at: Tree, key) => at[key] as Tree, document as unknown as Tree)
        delete around[path.at(-1)!]
        for (const { message } of diffPolicies(before, { ...before, document }))
          expect(message, path.join('.')).not.toMatch(/[A-Za-z]{3,}/)
      }
    },
  )
})

type Tree = Record<string, unknown>

/** Where conditions stand in a policy's document. */
function placesOf(node: unknown, path: string[] = []): string[][] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, inner]) =>
    key === 'when' ? [[...path, key]] : placesOf(inner, [...path, key]),
  )
}
