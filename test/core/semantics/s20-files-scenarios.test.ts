import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { scenario } from '../../../functions/core/policy/scenario.ts'
import { play, small, smallText } from '../small.ts'

const load = (text: string) => loadPolicy(text, 'x.yaml')

describe('§20 files', () => {
  it('YAML 1.2: on, yes, no, off are words and days are text', () => {
    const policy = small(`
      facts: {answer: {type: choice, title: 答, optional: true, options: {yes: 是, no: 否, on: 开, off: 关}}}
      steps: {on: {when: {answer: yes}}, no: {when: {answer: no}}}
    `)
    expect(play(policy, { facts: { answer: 'yes' } }, []).open).toEqual(['on'])
    expect(play(policy, { facts: { answer: 'no' } }, []).open).toEqual(['no'])
    expect(policy.effective).toBe('2020-01-01')
  })

  it('anchors and aliases may be used', () => {
    const text = smallText('steps: {a: {materials: {plan: 方案}}, b: }')
      .replace('materials:', 'materials: &plan')
      .replace('  b:\n', '  b:\n    materials: *plan\n')
    const { policy, problems } = load(text)
    expect(problems).toEqual([])
    expect(policy!.steps[1]!.materials.map((one) => one.id)).toEqual(['plan'])
  })

  it('a problem behind an alias is shown where it is written', () => {
    const text = smallText('steps: {a: {materials: {plan: {title: 方案, colour: 红}}}, b: }')
    const { problems } = load(
      text.replace('materials:', 'materials: &plan').replace('  b:\n', '  b:\n    materials: *plan\n'),
    )
    const line = text.split('\n').findIndex((one) => one.includes('colour')) + 1
    expect(problems.map((one) => [one.code, one.line])).toContainEqual(['unknown-key', line])
  })

  it('merge keys may not', () => {
    const text = smallText('steps: {a: , b: }')
      .replace('  a:\n', '  a: &a\n')
      .replace('  b:\n', '  b:\n    <<: *a\n')
    expect(load(text).problems[0]).toMatchObject({ code: 'unknown-key', severity: 'error' })
    expect(load(text).problems[0]!.message).toContain('<<')
  })

  it.each([
    ['a key twice', (text: string) => text.replace('tracks:', 'tracks: {}\ntracks:')],
    ['a broken line', (text: string) => `${text}\n  x: [1, 2`],
    ['a tab', (text: string) => text.replace('  a:', '\ta:')],
    ['an unknown alias', (text: string) => `${text}\nnorms: *nothing\n`],
  ])('%s is a problem with its line', (_, spoil) => {
    const problem = load(spoil(smallText('steps: {a: }'))).problems[0]!
    expect(problem).toMatchObject({ code: 'yaml', severity: 'error' })
    expect(problem.line).toBeGreaterThan(0)
  })

  it.each(['', '5', '[]', 'null', '---\n---\n', 'a: &a [*a]', 'policy: *x', '\u0000', '? {}\n: 1'])(
    '%j is refused, never thrown',
    (text) => {
      const { policy, problems } = load(text)
      expect(policy).toBeUndefined()
      expect(problems[0]?.severity).toBe('error')
    },
  )

  it('an alias bomb is refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 9; i += 1)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      )
    expect(load(lines.join('\n')).problems[0]).toMatchObject({ code: 'yaml' })
  })
})

describe('§20 scenarios', () => {
  const policy = small(`
    facts: {estimate: money}
    decisions: {large: {by: lead, options: {yes: 是, no: 否}, default: no}}
    sanctions: {stop: {on: project, bars: [{step: b}], lifted: {by: lead}}}
    steps:
      a: {by: {all: [unit, lead]}}
      b: {after: a, opinions: {from: finance}, witness: audit}
      yearly: {repeat: {each: year, from: a}}
    procedures: {change: {facts: {why: text}, steps: {apply: {ends: approved}}}}
  `)

  it('`by: [unit, lead]` is both confirmations; one alone is accepted, incomplete, awaiting', () => {
    expect(play(policy, {}, ['01-01 a by unit,lead']).events[0]).toEqual({
      on: '2026-01-01',
      step: 'a',
      accepted: true,
      findings: [],
    })
    expect(play(policy, {}, ['01-01 a']).events[0]).toMatchObject({
      accepted: true,
      complete: false,
      awaiting: ['lead'],
    })
  })

  it('every form of event', () => {
    const run = play(policy, {}, [
      '01-01 a by unit,lead',
      { on: '01-02', act: 'opinion', step: 'b', by: 'finance', opinion: 'agree' },
      { on: '01-02', act: 'witness', step: 'b', by: 'audit' },
      { on: '01-03', decide: 'large', value: 'yes', by: 'lead', reason: '大' },
      { on: '01-04', sanction: 'stop', act: 'impose', by: 'lead', reason: '查' },
      '01-05 b',
      { on: '01-06', sanction: 'stop', act: 'lift', by: 'lead', reason: '毕' },
      '01-07 b',
      { on: '01-08', procedure: 'change', start: { facts: { why: '因' } }, by: 'unit' },
      { on: '01-09', procedure: 'change', step: 'apply', by: 'unit' },
      { on: '01-10', step: 'yearly', by: 'unit', period: 2026 },
      { on: '01-11', facts: { estimate: '1万元' }, by: 'unit' },
    ])
    expect(run.said).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'sanction', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'])
    expect(run.state.procedures[0]).toMatchObject({ result: 'approved', facts: { why: '因' } })
  })

  it('a bare `on` lets time pass', () => {
    const run = play(policy, {}, ['01-01 a by unit,lead', { on: '2028-06-01' }])
    expect(run.said).toEqual(['ok', 'ok'])
    expect(run.step('yearly').periods!.map((one) => one.id)).toEqual(['2026', '2027', '2028'])
  })

  it('several projects of one unit', () => {
    const world = {
      projects: { A: { facts: {} }, B: { facts: { estimate: '1元' } } },
      facts: { estimate: '2元' },
    }
    const run = play(policy, world, [{ on: '01-01', step: 'a', by: ['unit', 'lead'], project: 'B' }])
    expect(['A', 'B'].map((id) => run.step('a', id).state)).toEqual(['open', 'done'])
    expect(play(policy, world, [{ on: '01-01', step: 'a', by: 'unit', project: 'C' }]).said).toEqual([
      'unknown',
    ])
  })

  it('a fact that the policy does not have, or of the wrong type, is said before anything is played', () => {
    expect(play(policy, { facts: { estimat: '1元' } }, ['01-01 a']).events[0]!.findings).toMatchObject([
      { code: 'unknown', facts: { name: 'estimat', guess: 'estimate' } },
    ])
    expect(play(policy, { facts: { estimate: 100 } }, ['01-01 a']).said).toEqual(['record'])
  })

  it('a key that a scenario does not have is an error', () => {
    expect(scenario.safeParse({ events: [{ on: '2026-01-01', stepp: 'a' }] }).success).toBe(false)
    expect(scenario.safeParse({ events: [{ on: '2026-02-30', step: 'a' }] }).success).toBe(false)
  })

  it('in a one-project scenario the party of the batch step stands for a batch of that one item', () => {
    const batch = small(`
      steps: {listing: {through: approve}}
      procedures: {plan: {on: batch, steps: {approve: {by: government, composes: [listing], carries: {items: done}}}}}
    `)
    expect(play(batch, {}, ['01-01 listing by lead', '01-01 listing by government']).said).toEqual([
      'actor',
      'ok',
    ])
  })
})
