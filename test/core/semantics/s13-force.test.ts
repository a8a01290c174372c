import { describe, expect, it } from 'vitest'
import { type Line, play, small } from '../small.ts'

const decide = (id: string, value: string, on = '01-01', by = 'lead', reason = '规模较大') => ({
  on,
  decide: id,
  value,
  by,
  reason,
})

describe('§13 force', () => {
  const policy = small(`
    steps:
      must: {}
      principle: {force: in-principle, article: 第十六条}
      may: {force: may}
      end: {after: [principle, may]}
  `)

  it('in principle: yes unless somebody departs from it, who and why; may: no unless somebody wants it', () => {
    expect(play(policy, {}, []).pending).toEqual(['must', 'principle', 'end'])
    expect(play(policy, {}, [decide('principle-applies', 'no')]).pending).toEqual(['must', 'end'])
    expect(play(policy, {}, [decide('may-applies', 'yes')]).pending).toContain('may')
    expect(play(policy, {}, [decide('principle-applies', 'no', '01-01', 'lead', ' ')]).said).toEqual([
      'record',
    ])
    const decisions = play(policy, {}, [decide('principle-applies', 'no')]).state.decisions
    expect(decisions[0]).toMatchObject({
      id: 'principle-applies',
      value: 'no',
      reason: '规模较大',
      article: ['第十六条'],
    })
  })

  it('by analogy missing pieces are notes', () => {
    const analogy = small(`
      facts: {kind: text}
      scope: {rows: [{when: {kind: 参照}, track: like}, {else: true, track: main}]}
      tracks: {main: {title: 适用}, like: {title: 参照执行, force: by-analogy}}
      steps:
        a: {materials: {design: 方案}, records: {amount: money}, witness: audit, opinions: {from: finance}}
        b: {after: a, force: by-analogy, materials: {design: 方案}}
    `)
    const run = play(analogy, { facts: { kind: '参照' } }, ['01-01 a'])
    expect([run.said, run.events[0]!.findings.map((one) => one.level)]).toEqual([
      ['ok'],
      ['note', 'note', 'note', 'note'],
    ])
    expect(play(analogy, { facts: { kind: '适用' } }, ['01-01 a']).said).toEqual([
      'record material opinion witness',
    ])
    expect(play(analogy, { facts: { kind: '参照' } }, ['01-01 b']).said).toEqual(['not-done'])
  })
})

describe('§13 decisions', () => {
  const policy = small(`
    facts: {estimate: money}
    decisions:
      large: {by: lead, options: {yes: 是, no: 否}, when: {estimate: {atLeast: 100万元}}, article: 第十条}
      route: {by: lead, options: {short: 简, full: 全}, default: full}
    tables: {document: {rows: [{when: {route: short}, is: none}, {when: {route: full}, is: proposal}]}}
    steps:
      report: {when: {large: yes}, materials: {plan: 方案}}
      proposal: {when: {document: proposal}}
      approval: {after: [report, proposal]}
  `)
  const world = { facts: { estimate: '100万元' } }

  it('without default undetermined, and shown as an obligation of its party', () => {
    const run = play(policy, world, ['01-01 report'])
    expect(run.events[0]!.findings[0]).toMatchObject({ code: 'undetermined', facts: { large: null } })
    expect(run.state.obligations).toContainEqual(
      expect.objectContaining({ decision: 'large', by: ['lead'], article: ['第十条'] }),
    )
    expect(play(policy, world, [decide('large', 'no')]).owed).toEqual(['proposal'])
  })

  it('its party decides, among its options, with a reason, where it is asked at all', () => {
    const tries: Line[] = [
      decide('large', 'yes', '01-01', 'unit'),
      decide('large', 'perhaps'),
      decide('large', 'yes', '01-01', 'lead', ''),
      decide('larg', 'yes'),
    ]
    expect(play(policy, world, tries).said).toEqual(['actor', 'unknown', 'record', 'unknown'])
    expect(play(policy, { facts: { estimate: '99万元' } }, [decide('large', 'yes')]).said).toEqual([
      'excluded',
    ])
  })

  it('changeable until a step that reads it is done or passed, through tables too', () => {
    const change = [decide('route', 'short'), decide('route', 'full', '01-02')]
    expect(play(policy, world, change).said).toEqual(['ok', 'ok'])
    expect(play(policy, world, ['01-01 proposal', decide('route', 'short', '01-02')]).said).toEqual([
      'ok',
      'already-done',
    ])
    const passed: Line[] = [
      decide('large', 'no'),
      decide('route', 'short'),
      '01-02 approval',
      decide('route', 'full', '01-03'),
    ]
    expect(play(policy, world, passed).said).toEqual(['ok', 'ok', 'ok', 'passed'])
  })

  it('a default holds until somebody decides otherwise', () => {
    expect(play(policy, world, []).step('proposal').state).toBe('open')
    expect(play(policy, world, [decide('route', 'short')]).step('proposal').state).toBe('excluded')
  })
})

describe('§13 checks and norms', () => {
  const policy = small(`
    norms: {no-splitting: {binds: unit, at: [a], breach: 不予审核, article: 第九条}}
    steps:
      a:
        checks: {complete: {required: true, article: 第八条}, tidy: {}, small: {required: true, when: {size: 小}}}
        outcomes: {pass: {}, return: {again: true}}
    facts: {size: text}
  `)
  const check = (checks: object | undefined, outcome = 'pass') => {
    const run = play(policy, { facts: { size: '大' } }, [
      { on: '01-01', step: 'a', outcome, by: 'unit', ...(checks ? { checks } : {}) },
    ])
    return [
      run.said[0],
      run.events[0]!.findings.filter((one) => one.level === 'note')
        .map((one) => one.code)
        .join(' '),
    ]
  }

  it('required checks bar the settling outcomes unless met or not applicable', () => {
    expect(check({ complete: 'met', tidy: 'met' })).toEqual(['ok', 'norm'])
    expect(check({ complete: 'not-applicable' })).toEqual(['ok', 'check norm'])
    expect(check({ complete: 'not-met', tidy: 'met' })[0]).toBe('check')
    expect(check(undefined)[0]).toBe('check')
    expect(check(undefined, 'return')[0]).toBe('ok')
  })

  it('a norm is shown at its steps, with its article', () => {
    const run = play(policy, { facts: { size: '大' } }, ['01-01 a:return'])
    expect(run.events[0]!.findings).toMatchObject([{ code: 'norm', level: 'note', article: ['第九条'] }])
  })
})
