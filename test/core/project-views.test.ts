import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { comparisons } from '../../functions/core/case/comparisons.ts'
import { dossierOf } from '../../functions/core/case/dossier.ts'
import { stepForm } from '../../functions/core/case/step-form.ts'
import type { Command } from '../../functions/core/policy/command.ts'
import { emptyOutside } from '../../functions/core/policy/engine/outside.ts'
import { policyGraph } from '../../functions/core/policy/graph-view.ts'
import { loadPolicy } from '../../functions/core/policy/load.ts'
import type { Policy } from '../../functions/core/policy/model.ts'
import { newCase } from '../../functions/core/policy/state.ts'
import { seededCalendar } from '../../functions/services/calendar.ts'
import { openAndPlay, play, small } from './small.ts'

/** What the project page is made of: the graph of the steps, the money, the dossier, the ground of a due day. */

const tenants = join(import.meta.dirname, '../../tenants')
const shipped = readdirSync(tenants, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

function policyOf(name: string): Policy {
  const file = readdirSync(join(tenants, name)).find((one) => one.endsWith('.yaml'))!
  return loadPolicy(readFileSync(join(tenants, name, file), 'utf8'), file).policy!
}

describe('the graph of a policy', () => {
  it('tells what comes before, what waits, what is demanded and what is done again, each with its article', () => {
    const policy = small(`
      steps:
        declare: {}
        review: {after: declare, outcomes: {pass: {}, return: {title: 退回, reopens: declare, article: 第八条}}}
        trial: {after: {step: review, delay: 3 months, article: 第九条}}
        accept: {after: trial, unless: repair, outcomes: {pass: {}, fail: {title: 不合格, demands: {step: repair, within: 30 days}, again: true}}}
        repair: {owed: on-demand}
        report: {due: {within: 10 workdays, of: accept, article: 第十条}}
    `)
    const { steps, edges } = policyGraph(policy)
    expect(steps.map((one) => one.id)).toEqual(['declare', 'review', 'trial', 'accept', 'repair', 'report'])
    const told = edges.map(
      (one) => `${one.kind} ${one.from}>${one.to} ${one.outcome ?? ''} ${one.span ?? ''}`,
    )
    expect(told.map((one) => one.trimEnd())).toEqual([
      'after declare>review',
      'reopens review>declare 退回',
      'after review>trial  3个月',
      'after trial>accept',
      'unless repair>accept',
      'demands accept>repair 不合格 30日',
      'due accept>report  10个工作日',
    ])
    expect(edges.find((one) => one.kind === 'reopens')?.article).toEqual(['第八条'])
    expect(edges.find((one) => one.to === 'trial')?.article).toEqual(['第九条'])
  })

  it.each(shipped)('of %s names only steps that it has, and binds nearly all of them', (name) => {
    const { steps, edges } = policyGraph(policyOf(name))
    const ids = new Set(steps.map((one) => one.id))
    expect(edges.filter((one) => !ids.has(one.from) || !ids.has(one.to))).toEqual([])
    expect(edges.filter((one) => one.article.length === 0 && one.kind !== 'unless')).toEqual([])
    const bound = new Set(edges.flatMap((one) => [one.from, one.to]))
    expect(bound.size / ids.size).toBeGreaterThan(0.6)
  })
})

describe('the money of a case', () => {
  const policy = small(`
    facts: {estimate: money, left: {title: 结余, difference: [approval.estimate, final-accounts.finalInvestment], article: 第四条}}
    steps:
      declare: {}
      approval: {after: declare, records: {estimate: money}}
      contract:
        after: approval
        repeat: many
        records: {amount: money}
        requires: [{title: 合同额不超批复, that: {amount: {atMost: 100%, of: approval.estimate}}, article: 第三条}]
      final-accounts: {after: contract, records: {finalInvestment: money}, requires: [{that: {left: {known: true}}}]}
  `)
  const execute = (step: string, records: Record<string, unknown>): Command => ({
    type: 'execute',
    step,
    by: ['unit'],
    records,
  })

  it('keeps each basis apart, sums the contracts, and leaves out what is not known', () => {
    const { state } = openAndPlay(policy, { estimate: '500万元' }, [
      ['2026-01-02', execute('declare', {})],
      ['2026-02-01', execute('approval', { estimate: '480万元' })],
      ['2026-03-01', execute('contract', { amount: '300万元' })],
      ['2026-03-05', execute('contract', { amount: '150万元' })],
    ])
    const { money, runs } = dossierOf(policy, state)
    expect(money.map((one) => [one.basis, one.amountFen / 1_000_000, one.entries.length])).toEqual([
      ['estimate', 500, 1],
      ['approved', 480, 1],
      ['contract', 450, 2],
    ])
    expect(runs.map((one) => one.step)).toEqual(['declare', 'approval', 'contract', 'contract'])
    expect(runs.at(-1)?.records).toMatchObject([{ id: 'amount', value: '150万元', amountFen: 150_000_000 }])
  })

  it('names what the rules compare, with the article, and the values where they are known', () => {
    const { state } = openAndPlay(policy, { estimate: '500万元' }, [
      ['2026-01-02', execute('declare', {})],
      ['2026-02-01', execute('approval', { estimate: '480万元' })],
      ['2026-03-01', execute('contract', { amount: '300万元' })],
    ])
    expect(comparisons(policy, state)).toMatchObject([
      {
        title: '结余',
        left: { basis: 'approved', amountFen: 480_000_000 },
        right: { basis: 'final' },
        article: ['第四条'],
      },
      {
        title: '合同额不超批复',
        left: { basis: 'contract', amountFen: 300_000_000 },
        right: { basis: 'approved', amountFen: 480_000_000 },
        limit: { operator: 'atMost', share: '100%' },
        article: ['第三条'],
      },
    ])
  })

  it.each(shipped)('of %s is compared only where both sides are amounts and an article says so', (name) => {
    const shippedPolicy = policyOf(name)
    const found = comparisons(shippedPolicy, newCase('P', '2026-01-01', {}, {}))
    expect(found.filter((one) => one.article.length === 0)).toEqual([])
    if (name === 'lianyungang')
      expect(found.map((one) => `${one.left.name} ${one.right.name} ${one.article}`)).toContain(
        'contract.amount approval.estimate 第二十四条',
      )
  })
})

describe('the ground of a due day', () => {
  it('names the step that it runs from, the term, the article and the working days that are left', () => {
    const policy = small('steps: {a: , s: {due: {within: 30 days, of: a, article: 第五条}}}')
    expect(play(policy, { on: '2026-01-05' }, ['2026-01-05 a']).step('s').due).toEqual({
      message: '自「a」(2026-01-05)起 30日内, 当天不计',
      article: ['第五条'],
      facts: { from: '2026-01-05' },
      workdaysLeft: 22,
    })
    expect(play(policy, { on: '2026-02-06' }, ['2026-01-05 a']).step('s').due?.workdaysLeft).toBe(-2)
  })

  it('is told of each demand, of each period, and of an opinion that is awaited', () => {
    const policy = small(`
      steps:
        a: {outcomes: {ask: {demands: {step: fix, within: 10 days, article: 第六条}, again: true}}}
        fix: {owed: on-demand}
        begin:
        report: {repeat: {each: year, by: 12-31, from: begin}, article: 第七条}
        review: {by: lead, after: begin, opinions: {from: finance, within: 5 days, silence: agrees, article: 第八条}}
    `)
    const { state } = play(policy, { on: '2026-02-10' }, [
      '2026-01-02 begin',
      '2026-01-05 a:ask',
      '2026-01-20 a:ask',
    ])
    const of = (step: string) => state.obligations.filter((one) => one.step === step).map((one) => one.due)
    expect(of('fix')).toMatchObject([
      { message: '2026-01-05 起要求办理, 最迟 2026-01-15', article: ['第六条'], facts: { to: '2026-01-15' } },
      { message: '2026-01-20 起要求办理, 最迟 2026-01-30', facts: { from: '2026-01-20' } },
    ])
    expect(of('fix')[0]!.workdaysLeft).toBeLessThan(0)
    expect(of('report')).toMatchObject([
      { message: expect.stringMatching(/^2026.* 期应办, 最迟 2026-12-31$/) },
    ])
    expect(state.steps.find(({ id }) => id === 'review')?.opinions?.[0]?.due).toMatchObject({
      message: '自 2026-01-02 征求意见起 5日内, 当天不计; 逾期不答复视为同意',
      article: ['第八条'],
      facts: { from: '2026-01-02', to: '2026-01-07' },
    })
  })

  it('names the day of the year that a fact gives', () => {
    const policy = small(
      'facts: {planYear: year}\nsteps: {s: {due: {by: 12-31, year: planYear, article: 第九条}}}',
    )
    const at = (planYear: number) => play(policy, { on: '2026-01-05', facts: { planYear } }, []).step('s').due
    expect(at(2027)).toMatchObject({
      message: '2027 年 12 月 31 日前',
      article: ['第九条'],
      facts: { planYear: 2027 },
    })
  })

  it('names the demand, the return, the fact', () => {
    const demand = small(
      'steps: {a: {outcomes: {fail: {demands: {step: s, within: 10 days, article: 第六条}}}}, s: {owed: on-demand}}',
    )
    expect(play(demand, { on: '2026-01-05' }, ['2026-01-05 a:fail']).step('s').due).toMatchObject({
      message: '2026-01-05 起要求办理, 最迟 2026-01-15',
      article: ['第六条'],
    })
    const back = small(
      'steps: {a: , r: {after: a, outcomes: {pass: {}, return: {reopens: {from: a, within: 5 days, article: 第七条}}}}}',
    )
    expect(
      play(back, { on: '2026-01-06' }, ['2026-01-05 a', '2026-01-06 r:return']).step('a').due,
    ).toMatchObject({ message: '退回重办时限定在 2026-01-11 前', article: ['第七条'] })
    const fact = small('facts: {agreedOn: day}\nsteps: {s: {due: {fact: agreedOn, article: 第八条}}}')
    expect(
      play(fact, { on: '2026-01-06', facts: { agreedOn: '2026-03-01' } }, []).step('s').due,
    ).toMatchObject({ message: '按「agreedOn」', article: ['第八条'] })
  })
})

describe('a step that was sent back', () => {
  it('names the execution that did it, until it is done again', () => {
    const policy = small(
      'steps: {a: , r: {by: lead, after: a, outcomes: {pass: {}, return: {title: 退回, reopens: {from: a, article: 第七条}}}}}',
    )
    const back = ['2026-01-05 a', '2026-01-06 r:return by lead']
    expect(play(policy, { on: '2026-01-06' }, back).step('a').returned).toEqual({
      step: 'r',
      title: 'r',
      n: 1,
      on: '2026-01-06',
      by: ['lead'],
      outcome: '退回',
      article: ['第七条'],
    })
    expect(play(policy, { on: '2026-01-07' }, [...back, '2026-01-07 a']).step('a').returned).toBeUndefined()
  })
})

describe('the form of a step', () => {
  it('says on which facts something is asked for, and until when what an outcome demands must be done', () => {
    const policy = small(`
      facts: {secret: boolean}
      steps:
        a:
          materials: {report: {title: 保密报告, when: {secret: true}, article: 第六条}}
          outcomes: {pass: {}, fail: {title: 不合格, demands: {step: s, within: 10 workdays, article: 第七条}, again: true}}
        s: {owed: on-demand}
    `)
    const { state } = openAndPlay(policy, { secret: true }, [])
    const outside = { ...emptyOutside, calendar: seededCalendar }
    const form = stepForm(policy, state, 'a', outside, '2026-09-28')!
    expect(form.materials).toMatchObject([
      { id: 'report', required: 'yes', facts: { secret: true }, article: ['第六条'] },
    ])
    expect(form.outcomes.find((one) => one.id === 'fail')?.effects).toEqual([
      { kind: 'demands', step: 's', within: '10个工作日', until: '2026-10-16', article: ['第七条'] },
    ])
  })
})
