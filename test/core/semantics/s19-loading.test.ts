import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../../../functions/core/policy/load.ts'
import { smallText } from '../small.ts'

/** The first problem of a text, with the line that it points at. */
function first(text: string): { code: string; said: string; at: string; column: number; file?: string } {
  const problem = loadPolicy(text, 'tenants/somewhere/2026-01-01.yaml').problems[0]!
  return {
    code: problem.code,
    said: `${problem.message} ${problem.fix ?? ''}`.trim(),
    at: text.split('\n')[problem.line! - 1]!.trim(),
    column: problem.column!,
    file: problem.file,
  }
}
const said = (snippet: string) => first(smallText(snippet))

describe('§19 shape', () => {
  it('an unknown key has a place and a suggestion, wherever it stands', () => {
    expect(said('steps: {a: {materails: {}}}')).toMatchObject({
      code: 'unknown-key',
      said: '不认识的键「materails」 是否指「materials」?',
      at: 'materails: {}',
      file: 'tenants/somewhere/2026-01-01.yaml',
    })
    expect(said('vetos: {}').said).toContain('「vetoes」')
    expect(said('steps: {a: {outcomes: {pass: {reopen: a}}}}').said).toContain('「reopens」')
    expect(said('steps: {a: {due: {witin: 3 days, of: a}}}').said).toContain('「within」')
    expect(said('policy: {expire: 2026-01-01}').said).toContain('「expires」')
    expect(said('steps: {a: {xyzzy: 1}}').said).toContain('可用: title、stage')
  })

  it('line and column point at the very key', () => {
    const text = smallText('steps: {a: , b: {afterr: a}}')
    const { line, column } = loadPolicy(text, 'x.yaml').problems[0]!
    expect(text.split('\n')[line! - 1]!.slice(column! - 1)).toMatch(/^afterr:/)
  })

  it.each([
    ['steps: {a: {owed: sometimes}}', '「sometimes」'],
    ['steps: {a: {after: {step: b, delay: half a year}}, b: }', '6 months'],
    ['steps: {a: {due: {by: 13-01, year: planYear}}}', '13-01'],
    ['steps: {a: {repeat: {each: week}}}', 'quarter'],
    ['policy: {effective: 2026-02-30}', '2026-07-31'],
    ['policy: {source: rumour}', 'full-text'],
    ['steps: {9a: }', '以字母开头'],
    ['steps: {a: {title: 5}}', '文字'],
    ['facts: {x: {type: cash}}', 'money'],
    ['steps: {a: {window: {from: 7/31}}}', '07-31'],
  ])('%s: says what would be right', (snippet, wanted) => {
    const problem = said(snippet)
    expect(problem.said).toContain(wanted)
    expect(problem.said).not.toMatch(/expected|invalid/i)
  })

  it('several problems are reported at once, each at its own place', () => {
    const text = smallText('steps: {a: {owed: x, repeat: y}, b: {by: 7}}')
    const places = loadPolicy(text, 'x.yaml').problems.map((one) => one.path.join('.'))
    expect(places).toEqual(['steps.a.owed', 'steps.a.repeat', 'steps.b.by'])
  })

  it('a key that is missing is said at what should have it', () => {
    expect(said('steps: {a: {outcomes: {pass: {requires: [{article: 第一条}]}}}}').said).toContain(
      '「steps.a.outcomes.pass.requires.0.that」缺失',
    )
  })
})

describe('§19 references', () => {
  it.each([
    ['steps: {declare: , b: {after: declar}}', '环节「declar」没有定义 是否指「declare」?'],
    ['steps: {a: {by: finanse}}', '责任方「finanse」没有定义 是否指「finance」?'],
    [
      'facts: {estimate: money}\nsteps: {a: {when: {estimat: {atLeast: 1元}}}}',
      '名称「estimat」没有定义 是否指「estimate」?',
    ],
    ['steps: {a: {records: {amount: money}}, b: {when: {a.amont: {atLeast: 1元}}}}', '是否指「a.amount」?'],
    ['steps: {a: {outcomes: {pass: {}}}, b: {when: {a.times.pas: 1}}}', '「a.times.pas」'],
    ['steps: {a: {by: {table: who}}}', '判定表「who」没有定义'],
    ['steps: {a: {imposes: stop}}', '惩戒「stop」没有定义'],
    ['steps: {a: {experts: {from: pool}}}', '名录「pool」没有定义'],
    ['steps: {a: {effective: signedOn}}', '不是本环节的日期记录'],
    ['steps: {a: {unless: b}}', '环节或程序「b」没有定义'],
    ['steps: {a: {stage: trail}}\nstages: {trial: {}}', '阶段「trail」没有定义 是否指「trial」?'],
    ['decisions: {d: {by: lead, options: {x: 甲}, default: y}}\nsteps: {a: }', '选项「y」没有定义'],
    [
      'vetoes: {v: {when: {x: true}, bars: [{step: a, outcome: passs}]}}\nfacts: {x: boolean}\nsteps: {a: {outcomes: {pass: {}}}}',
      '结果「passs」没有定义 是否指「pass」?',
    ],
    ['scope: {rows: [{else: true, track: mian}]}\nsteps: {a: }', '路径「mian」没有定义 是否指「main」?'],
    ['steps: {a: }\nprocedures: {p: {steps: {a: }}}', '重名'],
    ['policy: {binds: declare}\nsteps: {a: }', '环节「declare」没有定义'],
    ['steps: {a: {article: {doc: guide, at: 3}}}', 'at'],
    ['steps: {a: {article: {doc: guide, at: 第3页}}}', '文件「guide」没有定义'],
  ])('%s', (snippet, wanted) => {
    expect(said(snippet).said).toContain(wanted)
  })

  it('points at the condition or relation that names it', () => {
    expect(
      said('facts: {estimate: money}\nsteps: {a: {requires: [{that: {estimat: {atLeast: 1元}}}]}}').at,
    ).toBe('estimat:')
    expect(said('steps: {declare: , b: {after: [declare, declar]}}').at).toBe('- declar')
  })
})

describe('§19 conditions', () => {
  const options = '{type: choice, title: 类, options: {low: 低, high: 高}}'

  it.each([
    [
      '{estimate: money}',
      '{estimate: {includes: 1元}}',
      '「includes」不能用于「estimate」 可用: in、not、known、same、atLeast、moreThan、atMost、lessThan',
    ],
    ['{estimate: money}', '{estimate: {atleast: 1元}}', '是否指「atLeast」?'],
    ['{ok: boolean}', '{ok: {atLeast: 1}}', '可用: not、known、same'],
    [`{k: ${options}}`, '{k: {moreThan: low}}', '可用: in、not、known、same'],
    [
      `{k: ${options.replace('choice', 'set')}}`,
      '{k: {in: [low]}}',
      '可用: includes、includesAny、includesAll、known、same',
    ],
    ['{p: permit}', '{p: true}', '许可'],
    ['{rows: list}', '{rows: {in: [1]}}', '可用: known、empty'],
    ['{estimate: money}', '{estimate: {atLeast: 100}}', '金额, 请写作 12.5万元 或 125000元 100万元 或 100元'],
    ['{estimate: money}', '{estimate: {atLeast: 100万}}', '金额'],
    ['{d: day}', '{d: {atLeast: 2026-2-1}}', '2026-07-31'],
    [`{k: ${options}}`, '{k: hihg}', '是否指「high」?'],
    ['{a: money, b: money}', '{a: {atMost: 15, of: b}}', '百分比'],
    ['{a: money, b: money}', '{a: {atMost: 15%, of: c}}', '名称「c」没有定义'],
    ['{a: boolean}', '{any: {a: true}}', 'any 须是条件的列表'],
    ['{a: boolean}', '{not: [{a: true}]}', 'not'],
    ['{a: boolean}', '{any: [a]}', 'any'],
    ['{a: money}', '{a: {in: 1元}}', 'in 须是列表'],
    ['{a: boolean}', '{constructor: true}', '名称「constructor」没有定义'],
    ['{toString: boolean}', '{}', '保留的名称'],
  ])('%s %s: %s', (facts, condition, wanted) => {
    expect(said(`{facts: ${facts}, steps: {s: {when: ${condition}}}}`).said).toContain(wanted)
  })
})

describe('§19 graph and tables', () => {
  it('a cycle is shown with its steps, also through the `after` of an outcome', () => {
    expect(said('steps: {a: c, b: a, c: b}').said).toMatch(/互为前提: .*a.*→.*/)
    expect(said('steps: {a: {outcomes: {pass: {after: b}}}, b: a}').code).toBe('cycle')
    expect(said('steps: {a: a}').said).toContain('以自己为前提')
    expect(said('facts: {x: boolean}\nsteps: {a: {after: {step: b, when: {x: true}}}, b: a}').code).toBe(
      'cycle',
    )
  })

  it('a row needs a condition or else, and nothing comes after else', () => {
    const table = (rows: string) => said(`{facts: {a: boolean}, tables: {t: {rows: ${rows}}}, steps: {s: }}`)
    expect(table('[{is: x}]').said).toContain('when')
    expect(table('[{else: true, is: x}, {when: {a: true}, is: y}]').code).toBe('table-shadowed')
  })

  it('a due date that is not whole says which forms there are', () => {
    expect(said('steps: {a: {due: {within: 3 days}}}').said).toContain('{within: 6 months, of: completion}')
  })
})

describe('§19 what cannot be looked up', () => {
  const problems = (snippet: string) =>
    loadPolicy(smallText(snippet), 'x').problems.map((one) => `${one.code} ${one.path.join('.')}`)

  it('a table, a fact or the track that rests on itself', () => {
    const rows = (name: string) =>
      `{rows: [{when: {${name}: a}, is: a, article: 第一条}, {else: true, is: b, article: 第一条}]}`
    expect(problems(`{tables: {one: ${rows('one')}}, steps: {s: {when: {one: a}}}}`)).toEqual([
      'cycle tables.one',
    ])
    expect(
      problems(`{tables: {one: ${rows('two')}, two: ${rows('one')}}, steps: {s: {when: {one: a}}}}`),
    ).toEqual(['cycle tables.one'])
    expect(problems(`{facts: {x: {title: x, sum: [x, y]}, y: number}, steps: {s: {}}}`)).toContain(
      'cycle facts.x',
    )
    expect(
      problems(
        `{scope: {rows: [{when: {track: main}, track: main}, {else: true, track: main}]}, tracks: {main: {title: 办理}}, steps: {s: {}}}`,
      ),
    ).toEqual(['cycle scope'])
  })

  it('a window or a due day bound to what is no day', () => {
    const facts = 'facts: {n: number, d: day}'
    expect(problems(`{${facts}, steps: {s: {window: {to: {fact: n}}}}}`)).toEqual([
      'reference steps.s.window',
    ])
    expect(problems(`{${facts}, steps: {s: {due: {fact: n}}}}`)).toEqual(['reference steps.s.due.fact'])
    expect(problems(`{${facts}, steps: {s: {due: {before: n, by: 10 days}}}}`)).toEqual([
      'reference steps.s.due.before',
    ])
    expect(problems(`{${facts}, steps: {s: {window: {to: {fact: d}}, due: {fact: d}}}}`)).toEqual([])
  })
})
