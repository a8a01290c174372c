import { describe, expect, it } from 'vitest'
import { toldBy } from '../../../functions/core/case/told.ts'
import { byName, drawFrom } from '../../../functions/core/policy/engine/draw.ts'
import { chance } from '../../oversight/province.ts'
import { type Line, openAndPlay, play, small } from '../small.ts'

const NAMES = ['甲', '乙', '丙', '丁', '戊', '己', '庚']
const registers = {
  pool: [...NAMES, { name: '辛', organisation: '市规划局' }, { name: '壬', to: '2025-12-31' }],
}
const policy = small(`
  facts: {cost: money}
  registers: {pool: {of: experts, keptBy: lead}}
  tables: {size: {title: 人数, rows: [{when: {cost: {atLeast: 500万元}}, is: 5, article: 第三条}, {when: {cost: {lessThan: 500万元}}, is: 3, article: 第三条}]}}
  steps:
    declare: {to: {table: {rows: [{when: {cost: {atLeast: 500万元}}, is: [lead, finance]}, {else: true, is: lead}]}}}
    review:
      by: lead
      after: declare
      experts: {from: pool, count: {table: size}, odd: true, drawn: true, share: 2/3, apart: [unit], article: 第四条}
      outcomes: {pass: {}, return: {reopens: declare}}
`)
const world = { facts: { cost: '600万元' }, registers, organisations: { unit: '市规划局' } }
const draw = (on: string, more: object = {}): Line => ({
  on,
  act: 'draw',
  step: 'review',
  by: 'lead',
  seed: 'a1b2',
  ...more,
})
const review = (on: string, names: string[], agree = names.length, outcome = 'pass'): Line => ({
  on,
  step: 'review',
  by: 'lead',
  outcome,
  experts: names.map((name, i) => ({ name, agrees: i < agree })),
})
const limits = (lines: Line[], given: object = world) =>
  play(policy, given, lines)
    .events.at(-1)!
    .findings.filter((one) => one.level === 'block')
    .map((one) => one.facts.limit)
const FIVE = drawFrom(NAMES, 5, 'a1b2')

describe('§11 experts', () => {
  it('are drawn from the register of the day, without those who must stand aside; the log can be drawn again', () => {
    const outside = {
      registers: {
        pool: [
          ...NAMES.map((name) => ({ name })),
          { name: '辛', organisation: '市规划局' },
          { name: '壬', to: '2025-12-31' },
        ],
      },
      bodies: { unit: '市规划局' },
    }
    const { events, state } = openAndPlay(
      policy,
      { cost: '600万元' },
      [
        ['2026-01-01', { type: 'execute', step: 'declare', by: ['unit'] }],
        [
          '2026-01-02',
          {
            type: 'draw',
            step: 'review',
            by: ['lead'],
            seed: 'a1b2',
            aside: [{ name: '甲', reason: '参与编制方案' }],
          },
        ],
      ],
      undefined,
      outside,
    )
    const drawn = events.at(-1)!
    if (drawn.type !== 'drawn') throw new Error('not drawn')
    expect(drawn.pool).toEqual(NAMES.filter((name) => name !== '甲').sort(byName))
    expect(drawn.aside).toEqual([
      { name: '甲', reason: '参与编制方案' },
      { name: '辛', reason: '与unit同属市规划局' },
    ])
    expect(drawn.experts).toEqual(drawFrom(drawn.pool, 5, drawn.seed))
    expect(new Set(drawn.experts).size).toBe(5)
    expect(state.steps.review!.drawn).toEqual(drawn.experts)
  })

  it('must be drawn before they judge, and only the drawn ones judge, with the share that must agree', () => {
    expect(limits(['01-01 declare', review('01-02', FIVE)])).toEqual(['须先随机抽取'])
    const lines: Line[] = ['01-01 declare', draw('01-02')]
    expect(limits([...lines, review('01-03', FIVE)])).toEqual([])
    expect(limits([...lines, review('01-03', FIVE, 3)])).toEqual(['同意的不足 2/3'])
    const stranger = NAMES.find((name) => !FIVE.includes(name))!
    expect(limits([...lines, review('01-03', [...FIVE.slice(1), stranger])])).toEqual([
      `${stranger} 不是抽取的专家`,
    ])
  })

  it('another draw in the same round needs a reason; a new round a new draw', () => {
    const drawn: Line[] = ['01-01 declare', draw('01-02')]
    expect(limits([...drawn, draw('01-03')])).toEqual(['本轮已抽取过, 重新抽取须说明理由'])
    expect(limits([...drawn, draw('01-03', { reason: '两名专家因病不能到会', seed: 'ff' })])).toEqual([])
    const returned: Line[] = [...drawn, review('01-03', FIVE, 5, 'return'), '01-04 declare']
    expect(limits([...returned, review('01-05', FIVE)])).toEqual(['须先随机抽取'])
    expect(limits([...returned, draw('01-05')])).toEqual([])
  })

  it('count and share may come from tables; a pool that is too small says so', () => {
    const few = { ...world, facts: { cost: '100万元' } }
    const three = drawFrom(NAMES, 3, 'a1b2')
    expect(limits(['01-01 declare', draw('01-02'), review('01-03', three)], few)).toEqual([])
    expect(play(policy, { registers }, ['01-01 declare', draw('01-02')]).said.at(-1)).toBe('undetermined')
    const small = { ...world, registers: { pool: NAMES.slice(0, 3) } }
    expect(limits(['01-01 declare', draw('01-02')], small)).toEqual(['可抽取的专家只有 3 名, 不足 5 名'])
    expect(play(policy, world, ['01-01 declare', draw('01-02', { by: 'unit' })]).said.at(-1)).toBe('actor')
  })

  it('an expert of a body that must be kept apart stands aside although not drawn by lot', () => {
    const chosen = small(`
      parties: {unit: {name: 建设单位, from: unit}, lead: {name: lead}, finance: {name: finance}}
      registers: {pool: {of: experts, keptBy: lead}}
      steps: {review: {by: lead, experts: {from: pool, apart: [unit]}}}
    `)
    const run = play(chosen, { ...world, facts: {} }, [
      { on: '01-01', step: 'review', by: 'lead', experts: ['甲', '辛'] },
    ])
    expect(run.events[0]!.findings[0]!.facts.limit).toBe('辛 与建设单位同属市规划局, 须回避')
  })

  it('every expert is as likely as another', () => {
    const random = chance(11)
    const seen = new Map(NAMES.map((name) => [name, 0]))
    for (let n = 0; n < 7000; n++) {
      const seed = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
      for (const name of drawFrom(NAMES, 3, seed)) seen.set(name, seen.get(name)! + 1)
    }
    for (const times of seen.values()) expect(Math.abs(times - 3000)).toBeLessThan(200)
  })
})

describe('§11 parties', () => {
  const kept = small(`
    parties:
      unit: {name: 建设单位, from: unit}
      contractor: {name: 承建单位, held: {per: project, from: contract.firm}, external: true, recordedBy: unit}
      supervisor: {name: 监理单位, held: {per: project, from: supervision.firm}, external: true, recordedBy: unit, apart: [contractor, unit], article: 第六条}
    steps:
      contract: {records: {firm: text}}
      supervision: {after: contract, records: {firm: text}}
      check: {by: supervisor, after: supervision}
  `)
  const sign = (step: string, firm: string): Line => ({ on: '01-02', step, by: 'unit', records: { firm } })

  it('`apart`: never the same body, whether a record names it or it acts', () => {
    const world = { organisations: { unit: '市规划局' } }
    const run = play(kept, world, [
      sign('contract', '某公司'),
      sign('supervision', '某公司'),
      sign('supervision', '市规划局'),
      sign('supervision', '另一公司'),
    ])
    expect(run.said).toEqual(['ok', 'actor', 'actor', 'ok'])
    expect(run.events[1]!.findings[0]).toMatchObject({
      article: ['第六条'],
      message: '「监理单位」与「承建单位」不得为同一单位, 现均为 某公司(第六条)',
    })
  })

  it('`to` may come from a table', () => {
    const told = (cost: string) => {
      const { events, state } = openAndPlay(policy, { cost }, [
        ['2026-01-01', { type: 'execute', step: 'declare', by: ['unit'] }],
      ])
      return toldBy(policy, undefined, state, events[1]!)
        .told.filter((one) => one.category === 'received')
        .map((one) => one.party)
    }
    expect(told('600万元')).toEqual(['lead', 'finance'])
    expect(told('60万元')).toEqual(['lead'])
  })
})
