import { describe, expect, it } from 'vitest'
import { checkTimes } from '../../functions/core/policy/check/times.ts'
import { lineOf, problemsOf, proved, spoiled } from './small-policy.ts'

const found = (text: string) => problemsOf(text, 'time-contradiction', checkTimes)[0]!

describe('delays against deadlines', () => {
  it('a six-month deadline after a seven-month delay', () => {
    const text = spoiled(['{step: completion, delay: 3 months}', '{step: completion, delay: 7 months}'])
    expect(found(text)).toMatchObject({
      severity: 'error',
      line: lineOf(text, 'due: {within: 6 months, of: completion}'),
      example: { facts: { nature: 'new' } },
    })
    expect(found(text).message).toContain('须在「建成」之后 6个月内办理, 而按 after 的间隔最早要在其后 7个月')
  })
  it('six months after six are in time', () => {
    expect(proved(spoiled(['delay: 3 months', 'delay: 6 months']), checkTimes)).toEqual([])
  })
  it('along the graph, delay after delay', () => {
    const text = spoiled([
      'after: acceptance-application\n',
      'after: {step: acceptance-application, delay: 2 months}\n    due: {within: 4 months, of: completion}\n',
    ])
    expect(found(text).path).toEqual(['steps', 'acceptance', 'due'])
    expect(found(text).message).toContain('最早要在其后 5个月')
  })
  it('in other units, as far as it is certain', () => {
    const text = (within: string) =>
      spoiled(['due: {within: 6 months, of: completion}', `due: {within: ${within}, of: completion}`])
    expect(found(text('80 days')).message).toContain('80日')
    expect(proved(text('100 days'), checkTimes)).toEqual([])
    expect(found(text('30 workdays')).message).toContain('30个工作日')
  })
  it('only where the delay applies', () => {
    const after =
      '[{step: completion, delay: 3 months}, {step: start, delay: 12 months, when: {secret: true}}]'
    const text = spoiled(
      ['after: {step: completion, delay: 3 months}', `after: ${after}`],
      ['due: {within: 6 months, of: completion}', 'due: {within: 9 months, of: start}'],
    )
    expect(found(text)).toMatchObject({ example: { facts: { nature: 'new', secret: true } } })
  })
  it('not when the later of two anchors may come later still', () => {
    const handover =
      'handover: {title: 移交, stage: implementation, by: unit, after: approval, article: 第五条}'
    const text = spoiled(
      ['due: {within: 6 months, of: completion}', 'due: {within: 2 months, of: [completion, handover]}'],
      ['  completion: {', `  ${handover}\n  completion: {`],
    )
    expect(proved(text, checkTimes)).toEqual([])
  })
  it('a deadline that runs from what comes afterwards', () => {
    const text = spoiled(['due: {by: 12-31, year: planYear}', 'due: {within: 30 days, of: completion}'])
    expect(found(text).message).toContain('期限从不起算')
  })
  it('a demand within a term that its own delay does not allow', () => {
    const text = spoiled(
      [
        'title: 整改\n    stage: acceptance',
        'title: 整改\n    after: {step: acceptance-application, delay: 2 months}\n    stage: acceptance',
      ],
      [
        'pass: {title: 合格, lifts: suspension}',
        'pass: {title: 合格, lifts: suspension}\n      later: {title: 暂缓, again: true, demands: {step: closing, within: 10 days}}',
      ],
      ['owed: never, after: acceptance,', 'owed: on-demand, after: {step: completion, delay: 4 months},'],
    )
    expect(proved(text, checkTimes)).toEqual([])
  })
})

describe('windows and fixed days', () => {
  it('a window that closes before the one before it opens', () => {
    const text = spoiled([
      'after: declare\n',
      'after: declare\n    window: {from: 03-01, to: 06-30, for: next-year}\n',
    ])
    expect(found(text)).toMatchObject({ line: lineOf(text, 'window: {from: 03-01') })
    expect(found(text).message).toContain('办理窗口到 2026-06-30 为止')
  })
  it('a fixed day before the window, with the delays between', () => {
    const text = spoiled(
      ['due: {by: 12-31, year: planYear}', 'due: {by: 01-31, year: planYear}'],
      [
        'title: 评审\n    stage: declaration\n    by: lead\n    after: declare',
        'title: 评审\n    stage: declaration\n    by: lead\n    after: {step: declare, delay: 8 months}',
      ],
    )
    expect(found(text).message).toContain('期限是 2027-01-31')
    expect(found(text).message).toContain('其后 8个月')
  })
  it('a yearly due day before the yearly window', () => {
    const text = spoiled([
      'repeat: {each: year, by: 11-30,',
      'window: {from: 12-01}\n    repeat: {each: year, by: 11-30,',
    ])
    expect(found(text)).toMatchObject({ line: lineOf(text, 'repeat: {each') })
  })
})
