import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { type Line, openAndPlay, play, small, smallText } from '../small.ts'

const POLICY = `
  registers:
    vendors: {of: organisations, keptBy: lead, levels: [丙级, 乙级, 甲级], size: {atMost: 3}}
    watched: {of: organisations, keptBy: lead}
  steps:
    declare:
    rating:
      by: lead
      owed: never
      repeat: many
      after: declare
      records: {vendor: organisation, rank: {type: choice, optional: true, options: {low: 丙级, high: 甲级}}, until: {type: day, optional: true}}
      outcomes:
        good: {enters: {register: vendors, name: vendor, level: rank, to: 1 year, when: {rank: {known: true}}}}
        poor: {leaves: {register: vendors, name: vendor}, enters: {register: watched, name: vendor, to: until, article: 第五条}}
    contract: {after: declare, owed: never, repeat: many, records: {vendor: {type: organisation, from: vendors, level: 乙级}}}
`
const policy = small(POLICY)
const rating = (on: string, outcome: string, vendor: string, more: object = {}): Line => ({
  on,
  step: 'rating',
  by: 'lead',
  outcome,
  records: { vendor, ...more },
})
const contract = (on: string, vendor: string): Line => ({
  on,
  step: 'contract',
  by: 'unit',
  records: { vendor },
})
const said = (lines: Line[], vendors: (string | { name: string })[] = ['甲公司']) =>
  play(policy, { registers: { vendors, watched: [] } }, ['01-01 declare', ...lines]).said.slice(1)

describe('§11 a step writes to a register', () => {
  it('who enters is in it from that day, at the level stated and for the time said', () => {
    expect(said([contract('01-02', '乙公司')])).toEqual(['record'])
    expect(said([rating('01-02', 'good', '乙公司', { rank: 'high' }), contract('01-02', '乙公司')])).toEqual([
      'ok',
      'ok',
    ])
    expect(said([rating('01-02', 'good', '乙公司', { rank: 'low' }), contract('01-02', '乙公司')])).toEqual([
      'ok',
      'record',
    ])
    const entered = rating('01-02', 'good', '乙公司', { rank: 'high' })
    expect(said([entered, contract('2027-01-02', '乙公司'), contract('2027-01-03', '乙公司')])).toEqual([
      'ok',
      'ok',
      'record',
    ])
  })

  it('who is in it at the same level goes on; another level begins where the old one ends', () => {
    const twice = [
      rating('01-02', 'good', '乙公司', { rank: 'high' }),
      rating('06-01', 'good', '乙公司', { rank: 'high' }),
    ]
    expect(said([...twice, contract('2027-05-31', '乙公司'), contract('2027-06-02', '乙公司')])).toEqual([
      'ok',
      'ok',
      'ok',
      'record',
    ])
    const fallen = [twice[0]!, rating('06-01', 'good', '乙公司', { rank: 'low' })]
    expect(said([...fallen, contract('06-01', '乙公司')])).toEqual(['ok', 'ok', 'record'])
  })

  it('who leaves is out of it from that day; who is not in it cannot leave', () => {
    const poor = (vendor: string) => rating('03-01', 'poor', vendor, { until: '2027-01-01' })
    const entered = rating('01-02', 'good', '乙公司', { rank: 'high' })
    expect(said([entered, poor('乙公司'), contract('03-01', '乙公司')])).toEqual(['ok', 'ok', 'record'])
    expect(said([poor('丙公司')])).toEqual(['record'])
  })

  it('a full register takes no more, only who is in it already', () => {
    const full = [{ name: '甲公司' }, { name: '乙公司', level: '甲级' }, { name: '丙公司' }]
    const enter = (vendor: string) => said([rating('02-01', 'good', vendor, { rank: 'high' })], full)
    expect(enter('丁公司')).toEqual(['record'])
    expect(enter('乙公司')).toEqual(['ok'])
  })

  it('what an entry needs and nobody stated refuses; an end before the beginning too', () => {
    expect(said([rating('02-01', 'poor', '甲公司')])).toEqual(['undetermined'])
    const backwards = play(policy, { registers: { vendors: ['甲公司'], watched: [] } }, [
      '01-01 declare',
      rating('02-01', 'poor', '甲公司', { until: '2026-01-01' }),
    ])
    expect(backwards.events.at(-1)!.findings).toMatchObject([
      { code: 'record', article: ['第五条'], facts: { record: 'watched' } },
    ])
    expect(said([rating('02-01', 'good', '丁公司')])).toEqual(['ok'])
  })

  it('cannot be taken back', () => {
    const lines: Line[] = [
      rating('02-01', 'good', '丁公司', { rank: 'high' }),
      { on: '02-01', withdraw: 'rating', by: 'lead', reason: '填错' },
    ]
    expect(said(lines)).toEqual(['ok', 'withdrawal'])
    expect(said([rating('02-01', 'good', '丁公司'), lines[1]!])).toEqual(['ok', 'ok'])
  })

  it('stands in the event, so that a replay needs no register', () => {
    const { events } = openAndPlay(
      policy,
      {},
      [
        ['2026-01-01', { type: 'execute', step: 'declare', by: ['unit'] }],
        [
          '2026-03-01',
          {
            type: 'execute',
            step: 'rating',
            by: ['lead'],
            outcome: 'poor',
            records: { vendor: '甲公司', until: '2026-12-31' },
          },
        ],
      ],
      undefined,
      { registers: { vendors: [{ name: '甲公司' }], watched: [] } },
    )
    expect(events.at(-1)).toMatchObject({
      registers: [
        { act: 'leave', register: 'vendors', name: '甲公司', to: '2026-02-28' },
        { act: 'enter', register: 'watched', name: '甲公司', from: '2026-03-01', to: '2026-12-31' },
      ],
    })
  })

  it('the file says what is wrong: the register, the level, who, the day, where it stands', () => {
    const problems = (from: string, to: string): string[] => {
      const text = smallText(POLICY.replace(from, to))
      return loadPolicy(text, 'small').problems.map((one) => `${one.path.slice(2).join('.')} ${one.message}`)
    }
    const good = 'enters: {register: vendors, name: vendor, level: rank, to: 1 year'
    const wrong = (to: string) => problems(good, to)
    expect(wrong('enters: {register: vendor, name: vendor')).toEqual([
      'outcomes.good.enters.register 名录「vendor」没有定义',
    ])
    expect(wrong('enters: {register: vendors, name: vendor, level: 特级')).toEqual([
      expect.stringContaining('outcomes.good.enters.level'),
    ])
    expect(wrong('enters: {register: vendors, name: vendor, level: vendor')).toEqual([
      'outcomes.good.enters.level 「vendor」不是名录的等级',
    ])
    expect(wrong('enters: {register: vendors, name: until')).toEqual([
      'outcomes.good.enters.name 「until」说不出是谁',
    ])
    expect(wrong('enters: {register: vendors, name: vendor, to: vendor')).toEqual([
      'outcomes.good.enters.to 「vendor」不是日期',
    ])
    const merged = `${POLICY}  merges: {both: {steps: [declare, rating], when: {declare.done: false}}}\n`
    expect(loadPolicy(smallText(merged), 'small').problems.map((one) => one.message)).toContain(
      '经批次、合并办理的环节和一次办几个分项的环节不能写名录',
    )
  })
})
