import { describe, expect, it } from 'vitest'
import { play, small } from '../small.ts'

const policy = small(`
  facts: {own: boolean}
  stages: {declaration: {}, review: {}, approval: {when: {own: true}}, implementation: {}, trial: {}, acceptance: {}, operation: {}, evaluation: {}}
  steps:
    declare: {stage: declaration}
    review: {stage: review, after: declare, outcomes: {pass: {}, return: {reopens: declare}, reject: {ends: rejected}}}
    approval: {stage: approval, after: review}
    build: {stage: implementation, after: approval}
    report: {stage: implementation, after: approval, repeat: {each: year, by: 12-31, from: build, until: acceptance}}
    photo: {stage: declaration, aside: true}
    hint: {stage: declaration, owed: never}
    trial: {stage: trial, after: build}
    acceptance: {stage: acceptance, after: {step: trial, delay: 3 months}, outcomes: {pass: {}, fail: {demands: fix, reopens: acceptance}}}
    fix: {stage: implementation, owed: on-demand}
    register: {stage: operation, after: acceptance}
    filing: {stage: operation, after: acceptance, repeat: {each: year, by: 12-31, from: acceptance, until: stop}}
    stop: {stage: operation, after: acceptance, owed: never}
    evaluate: {stage: evaluation, after: acceptance, owed: never}
`)
const stage = (lines: string[], own = true, on = '2026-06-01') =>
  play(policy, { facts: { own }, on }, lines).state.stage
const life = [
  '01-01 declare',
  '01-02 review:pass',
  '01-03 approval',
  '01-04 build',
  '02-01 trial',
  '05-01 acceptance:pass',
  '05-02 register',
]

describe('§16 stage', () => {
  it.each([
    [0, 'declaration'],
    [1, 'review'],
    [2, 'approval'],
    [3, 'implementation'],
    [4, 'trial'],
    [6, 'operation'],
    [7, 'operation'],
  ])('after %i steps: %s', (count, wanted) => {
    expect(stage(life.slice(0, count))).toBe(wanted)
  })

  it('the earliest pending step that a later stage waits for; a stage that is out is skipped', () => {
    expect(stage(life.slice(0, 2), false)).toBe('implementation')
    expect(stage([...life.slice(0, 2)].map((line) => line.replace('pass', 'return')))).toBe('declaration')
  })

  it('while it waits only for a delay, the stage of the step that the delay runs from', () => {
    expect(stage(life.slice(0, 5), true, '2026-04-30')).toBe('trial')
    expect(stage(life.slice(0, 5), true, '2026-05-01')).toBe('acceptance')
  })

  it('periodic, optional, demanded and aside steps never hold a stage', () => {
    expect(stage([...life.slice(0, 5), '05-01 acceptance:fail'])).toBe('acceptance')
    expect(stage(life.slice(0, 6), true, '2027-06-01')).toBe('operation')
  })

  it('closed when ended, or settled without a running periodic step', () => {
    expect(stage(['01-01 declare', '01-02 review:reject'])).toBe('closed')
    expect(stage([...life, '05-10 photo'])).toBe('operation')
    const stopped = [...life, '05-10 photo', '05-11 stop']
    expect(stage(stopped)).toBe('closed')
    expect(play(policy, { facts: { own: true }, on: '2026-06-01' }, stopped).state.settled).toBe(true)
  })

  it('a step that is repeated after its first time holds nothing', () => {
    const many = small(`
      stages: {procurement: {}, implementation: {}}
      steps: {contract: {stage: procurement, repeat: many}, build: {stage: implementation, after: contract}}
    `)
    expect(play(many, {}, []).state.stage).toBe('procurement')
    expect(play(many, {}, ['01-01 contract']).state.stage).toBe('implementation')
  })

  it('the first stage of a project of which nothing is known', () => {
    expect(play(policy, {}, []).state.stage).toBe('declaration')
  })
})
