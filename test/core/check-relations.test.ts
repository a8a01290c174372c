import { describe, expect, it } from 'vitest'
import { checkConsequences } from '../../functions/core/policy/check/consequences.ts'
import { checkNoEffect } from '../../functions/core/policy/check/no-effect.ts'
import { checkBatches, checkRelations } from '../../functions/core/policy/check/relations.ts'
import { checkUnused } from '../../functions/core/policy/check/unused.ts'
import { check, lineOf, problemsOf, proved, spoiled } from './small-policy.ts'

describe('relations that contradict themselves', () => {
  it('unless-owed: `unless` a step that nothing demands or returns', () => {
    const text = spoiled(['unless: rectification', 'unless: [rectification, start]'])
    const [problem] = problemsOf(text, 'unless-owed', checkRelations)
    expect(problem).toMatchObject({ severity: 'error', line: lineOf(text, 'unless: [') })
    expect(problem!.fix).toContain('after: start')
  })
  it('never-demanded: a due date on a step that nothing demands', () => {
    const text = spoiled(['        demands: {step: rectification, due: {fact: rectifyBy}}\n', ''])
    const [problem] = problemsOf(text, 'never-demanded', checkRelations)
    expect(problem).toMatchObject({ line: lineOf(text, 'due: {fact: acceptance.rectifyBy') })
    expect(problem!.fix).toContain('demands: rectification')
  })
  it('dead-step: without a due date it is a warning', () => {
    const text = spoiled([
      'title: 停用, stage: evaluation, by: unit, owed: never',
      'title: 停用, stage: evaluation, by: unit, owed: on-demand',
    ])
    const [problem] = problemsOf(text, 'dead-step', checkRelations)
    expect(problem).toMatchObject({ severity: 'warning', line: lineOf(text, 'closing: {') })
    expect(check(text).ok).toBe(true)
  })
  it('veto-bars-all: nothing left with which to refuse', () => {
    const text = spoiled([
      'bars: [{step: approval, outcome: approve}]',
      'bars: [{step: approval, outcome: approve}, {step: approval, outcome: reject}]',
    ])
    expect(problemsOf(text, 'veto-bars-all', checkRelations)[0]).toMatchObject({
      line: lineOf(text, 'bars: [{step: approval'),
      article: ['第四条'],
    })
  })
  it('party-from-own-record: who acts is only recorded by the act', () => {
    const text = spoiled(
      [
        'finance: {name: 财政局, article: 第一条}',
        'finance: {name: 财政局, article: 第一条, held: {per: project, from: completion.builder}}',
      ],
      [
        'completion: {title: 建成, stage: implementation, by: unit',
        'completion: {title: 建成, records: {builder: {type: organisation}}, stage: implementation, by: finance',
      ],
    )
    expect(problemsOf(text, 'party-from-own-record', checkRelations)[0]).toMatchObject({
      line: lineOf(text, 'finance: {name'),
    })
  })
  it('reference: a step per part that nothing makes', () => {
    const text = spoiled(['completion: {title: 建成,', 'completion: {title: 建成, each: contract,'])
    expect(problemsOf(text, 'reference', checkRelations)[0]!.message).toContain(
      '没有环节产生分项「contract」',
    )
  })
})

describe('batches', () => {
  const carries = 'carries: {items: listed, rest: not-listed}'
  it('through-without-carries: the batch step carries nothing', () => {
    const text = spoiled([`, ${carries}`, ''])
    const [problem] = problemsOf(text, 'through-without-carries', checkBatches)
    expect(problem).toMatchObject({ severity: 'error', line: lineOf(text, 'through: plan-approval') })
    expect(problem!.fix).toContain('carries: {items: listed}')
  })
  it('through-without-carries: no step of the batch composes it', () => {
    const text = spoiled([', composes: [plan-listing]', ''])
    expect(problemsOf(text, 'through-without-carries', checkBatches)[0]!.message).toContain(
      '没有环节把它列为内容',
    )
  })
  it('through-without-carries: not a step of a batch at all', () => {
    const text = spoiled(['through: plan-approval', 'through: start'])
    expect(problemsOf(text, 'through-without-carries', checkBatches)[0]!.message).toContain(
      '不是批次程序的环节',
    )
  })
  it('carries-without-through: the step could be done past the batch', () => {
    const text = spoiled(['through: plan-approval', 'by: government'])
    const [problem] = problemsOf(text, 'carries-without-through', checkBatches)
    expect(problem).toMatchObject({ line: lineOf(text, 'approve: {title: 批准, carries') })
    expect(problem!.message).toContain('可以绕过批次')
  })
  it('carries-without-through: an outcome that the step does not have', () => {
    const text = spoiled(['items: listed, rest', 'items: accepted, rest'])
    expect(problemsOf(text, 'carries-without-through', checkBatches)[0]!.fix).toBe('可用: listed、not-listed')
  })
})

describe('what follows leaves a way on', () => {
  it('reopens-batch-step: a return sweeps along what a batch has done', () => {
    const text = spoiled([
      'reject: {title: 不批准, ends: rejected}',
      'return: {title: 退回, reopens: declare}',
    ])
    const [problem] = problemsOf(text, 'reopens-batch-step', checkConsequences)
    expect(problem).toMatchObject({ line: lineOf(text, 'reopens: declare}\n    article: 第四条') })
    expect(problem!.message).toContain('会一并重办「列入计划」')
    const anew = text.replace(
      'reopens: declare}\n    article: 第四条',
      'reopens: {from: declare, anew: true}}\n    article: 第四条',
    )
    expect(proved(anew, checkConsequences)).toEqual([])
  })
  it('merge-leaves-open: a step between merged ones is still owed', () => {
    const merge =
      'merges:\n  both: {title: 合并办理, steps: [start, acceptance-application], when: {secret: false}, by: unit, article: 第五条}\nvetoes:'
    const text = spoiled(['vetoes:', merge])
    const [problem] = problemsOf(text, 'merge-leaves-open', checkConsequences)
    expect(problem).toMatchObject({ line: lineOf(text, 'both: {'), example: { facts: { secret: false } } })
    expect(problem!.message).toContain('「建成」')
  })
  it('sanction-bars-remedy: what would lift it is barred by it', () => {
    const text = spoiled(['bars: [{step: payment}]', 'bars: [{step: payment}, {step: acceptance}]'])
    expect(problemsOf(text, 'sanction-bars-remedy', checkConsequences)[0]).toMatchObject({
      severity: 'error',
      line: lineOf(text, 'bars: [{step: payment}'),
    })
    const other = text.replace('on: project\n    bars', 'on: project\n    lifted: {by: lead}\n    bars')
    expect(proved(other, checkConsequences)).toEqual([])
  })
  it('sanction-bars-remedy: the way to it is barred', () => {
    const text = spoiled([
      'bars: [{step: payment}]',
      'bars: [{step: payment}, {step: acceptance-application}]',
    ])
    expect(problemsOf(text, 'sanction-bars-remedy', checkConsequences)[0]!.message).toContain('「验收申请」')
  })
  it('sanction-never-lifted is a note', () => {
    const text = spoiled(['pass: {title: 合格, lifts: suspension}', 'pass: {title: 合格}'])
    expect(problemsOf(text, 'sanction-never-lifted', checkConsequences)[0]!.severity).toBe('note')
  })
})

describe('unused', () => {
  it('notes what nothing looks at, and the policy may be adopted', () => {
    const text = spoiled([
      '  secret: {title: 涉密项目, type: boolean, article: 第一条}',
      '  secret: {title: 涉密项目, type: boolean, article: 第一条}\n  cloud: {title: 上云, type: boolean, article: 第一条}',
    ])
    expect(problemsOf(text, 'unused', checkUnused)[0]).toMatchObject({
      severity: 'note',
      line: lineOf(text, 'cloud:'),
    })
    expect(check(text).ok).toBe(true)
  })
  it('no-effect refuses what will never act: a template, columns of a register', () => {
    const text = spoiled(
      ['design: {title: 设计方案}', 'design: {title: 设计方案, template: 方案样式}'],
      [
        'coverage:\n  第一条',
        'registers:\n  pool: {title: 专家库, of: experts, keptBy: lead, entry: {age: {type: number}}, article: 第一条}\ncoverage:\n  第一条',
      ],
    )
    const found = problemsOf(text, 'no-effect', checkNoEffect)
    expect(found.map((one) => [one.severity, one.line])).toEqual([
      ['error', lineOf(text, 'pool: {title')],
      ['error', lineOf(text, 'design: {title: 设计方案, template')],
    ])
  })
})
