import { expect, it } from 'vitest'
import { readingsOf } from '../../functions/core/policy/readings.ts'
import { small } from './small.ts'

it('every reading names its rule and article, its own or those of the nearest above it', () => {
  const { document } = small(`
    stages: {declaration: {reading: 阶段的理解}, implementation: {title: 建设期}}
    steps:
      declare: {title: 申报, article: 第三条, outcomes: {pass: {reading: 结果的理解}, fail: {title: 退回, article: 第四条, reading: 退回的理解}}}
  `)
  expect(readingsOf(document)).toEqual([
    { path: 'stages.declaration', title: '申报', article: [], reading: '阶段的理解' },
    { path: 'steps.declare.outcomes.pass', title: '申报', article: ['第三条'], reading: '结果的理解' },
    { path: 'steps.declare.outcomes.fail', title: '退回', article: ['第四条'], reading: '退回的理解' },
  ])
})
