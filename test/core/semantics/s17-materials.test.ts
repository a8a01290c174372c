import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

const policy = small(`
  facts: {secret: boolean}
  steps:
    contract: {materials: {contract: 合同}}
    a:
      materials:
        design: {title: 方案, contents: [目标, 概算], article: 第九条}
        secrecy: {title: 保密方案, when: {secret: true}, article: 第七条}
        source: {title: 源代码, orReason: true}
        contract: {title: 合同, from: contract}
        study: {title: 可研, anyOf: document}
        proposal: {title: 建议书, anyOf: document}
        extra: {title: 附件, optional: true}
      outcomes: {pass: {materials: {minutes: 会议纪要}}, return: {again: true}}
`)
const world = { facts: { secret: false } }
const full = ['design', 'source', 'contract', 'study', 'minutes']
const hand = (materials: unknown[], more = {}, facts = world) =>
  play(policy, facts, [{ on: '01-02', step: 'a', outcome: 'pass', by: 'unit', materials, ...more }])
    .events[0]!
const missing = (event: ReturnType<typeof hand>) =>
  event.findings.filter((one) => one.level === 'block').map((one) => one.facts.name)

describe('§17 materials', () => {
  it('everything that is asked for, of the step and of its outcome', () => {
    expect(hand(full).accepted).toBe(true)
    expect(missing(hand([]))).toEqual(['design', 'source', 'contract', 'study,proposal', 'minutes'])
    expect(hand(full.slice(1)).findings[0]).toMatchObject({ code: 'material', article: ['第九条'] })
  })

  it('`when` asks on the facts; unknown ones are named', () => {
    expect(missing(hand(full, {}, { facts: { secret: true } }))).toEqual(['secrecy'])
    const unknown = play(policy, {}, [
      { on: '01-02', step: 'a', outcome: 'pass', by: 'unit', materials: full },
    ]).events[0]!
    expect(unknown.findings).toMatchObject([
      { code: 'undetermined', article: ['第七条'], facts: { secret: null } },
    ])
  })

  it('chapters are ticked one by one', () => {
    const part = { id: 'design', contents: ['目标'] }
    const event = hand([part, ...full.slice(1)])
    expect(event.findings[0]!.facts).toMatchObject({ material: '方案', contents: '概算' })
    expect(hand([{ id: 'design', contents: ['目标', '概算'] }, ...full.slice(1)]).accepted).toBe(true)
  })

  it('a reason instead, only where the policy allows one', () => {
    const reason = (id: string, text = '没有源代码') => [
      ...full.filter((one) => one !== id),
      { id, reason: text },
    ]
    expect(hand(reason('source')).accepted).toBe(true)
    expect(missing(hand(reason('source', ' ')))).toEqual(['source'])
    expect(missing(hand(reason('design')))).toEqual(['design'])
  })

  it('what an earlier step brought is there; one of a group is enough', () => {
    const before = { on: '01-01', step: 'contract', by: 'unit', materials: ['contract'] }
    const without = full.filter((one) => one !== 'contract')
    const run = play(policy, world, [
      before,
      { on: '01-02', step: 'a', outcome: 'pass', by: 'unit', materials: without },
    ])
    expect(run.said).toEqual(['ok', 'ok'])
    expect(hand(full.map((one) => (one === 'study' ? 'proposal' : one))).accepted).toBe(true)
  })

  it('a return asks for nothing', () => {
    expect(hand([], { outcome: 'return' }).accepted).toBe(true)
  })

  it('a paper that nobody asked for is noted; a mistyped one is said', () => {
    expect(hand([...full, 'weather-report']).findings).toMatchObject([{ code: 'unknown', level: 'note' }])
    expect(hand([...full.slice(1), 'desing']).findings).toContainEqual(
      expect.objectContaining({
        code: 'unknown',
        level: 'block',
        facts: { name: 'desing', guess: 'design' },
      }),
    )
  })

  it('what is needed is shown beforehand, with chapters, reasons and articles', () => {
    const { materials } = play(policy, world, []).step('a')
    expect(materials.map((one) => one.id)).toEqual([
      'design',
      'source',
      'contract',
      'study',
      'proposal',
      'extra',
    ])
    expect(materials[0]).toMatchObject({
      required: 'yes',
      contents: ['目标', '概算'],
      article: ['第九条'],
      given: false,
    })
    expect(materials.find((one) => one.id === 'extra')!.required).toBe('no')
    expect(
      play(policy, {}, [])
        .step('a')
        .materials.find((one) => one.id === 'secrecy')!.required,
    ).toBe('undetermined')
  })
})

describe('§17 documents and parameters', () => {
  const package_ = small(`
    documents: {guide: {title: 申报指南, number: 1号}}
    parameters: {cap: {type: money, values: {2026: 100万元, 2027: 120万元}, article: 第五条}}
    facts: {planYear: year, estimate: money}
    steps:
      a: {requires: [{that: {estimate: {atMost: {fact: cap}}}, article: {doc: guide, at: 第3页, note: 扫描不清}}]}
  `)
  const at = (planYear: number, estimate: string) =>
    play(package_, { facts: { planYear, estimate } }, ['01-01 a'])

  it('values by year, and a year without one is unknown', () => {
    expect([at(2026, '100万元').said, at(2026, '100.000001万元').said, at(2027, '120万元').said]).toEqual([
      ['ok'],
      ['requires'],
      ['ok'],
    ])
    expect(at(2028, '1元').events[0]!.findings).toMatchObject([
      { code: 'undetermined', facts: { cap: null } },
    ])
  })

  it('an article of another text of the package is cited with its title', () => {
    expect(at(2026, '101万元').events[0]!.findings[0]!.article).toEqual(['申报指南 第3页'])
  })
})
