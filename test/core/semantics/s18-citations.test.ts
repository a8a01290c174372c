import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../../functions/core/policy/check.ts'
import { play, small, smallText } from '../small.ts'

/** The problems of coverage that the check finds, as code and article. */
function uncovered(snippet: string): string[] {
  const { problems } = checkPolicy(smallText(snippet), 'small.yaml')
  return problems
    .filter((one) => /article|coverage|citation/.test(one.code))
    .map((one) => `${one.severity} ${one.code}`)
}

describe('§18 citations', () => {
  it('a rule inherits the article of what encloses it', () => {
    const policy = small(`
      steps:
        a: {article: 第三条, materials: {plan: 方案, bill: {title: 概算, article: 第四条}}, outcomes: {pass: {requires: [{that: {ok: true}}], article: 第五条}}}
      facts: {ok: boolean}
    `)
    const { findings } = play(policy, { facts: { ok: false } }, ['01-01 a:pass']).events[0]!
    expect(findings.map((one) => [one.code, one.article[0]])).toEqual([
      ['requires', '第五条'],
      ['material', '第三条'],
      ['material', '第四条'],
    ])
  })

  it('several articles may be cited', () => {
    const policy = small('steps: {a: {article: [第三条, 第五条第二款], by: lead}}')
    expect(play(policy, {}, ['01-01 a']).events[0]!.findings[0]).toMatchObject({
      code: 'actor',
      article: ['第三条', '第五条第二款'],
    })
  })
})

describe('§18 coverage', () => {
  const steps = 'steps: {a: {article: 第一条}}'

  it('every article is accounted for: enforced, guidance, informative, or several of these', () => {
    const all = `
      policy: {articles: 4}
      ${steps}
      coverage: {第一条: [enforced, {guidance: [a]}], 第二条: {guidance: [a]}, 第三条: {informative: 目的}, 第四条: {informative: 附则}}
    `
    expect(uncovered(all)).toEqual([])
    expect(uncovered(all.replace('articles: 4', 'articles: 5'))).toEqual(['error article-unaccounted'])
  })

  it('† `enforced` without a rule with force is an error, and so is a rule whose article is not called enforced', () => {
    const text = (coverage: string) => `policy: {articles: 2}\n${steps}\ncoverage: ${coverage}`
    expect(uncovered(text('{第一条: enforced, 第二条: enforced}'))).toEqual(['error coverage'])
    expect(uncovered(text('{第一条: {informative: 目的}, 第二条: {informative: 附则}}'))).toEqual([
      'error coverage',
    ])
    expect(uncovered(text('{第一条: enforced, 第二条: {informative: 附则}}'))).toEqual([])
  })

  it('an article that the text does not have is an error', () => {
    expect(
      uncovered(
        'policy: {articles: 1}\nsteps: {a: {article: 第九条}}\ncoverage: {第一条: {informative: 目的}}',
      ),
    ).toEqual(['error citation'])
  })

  it('units may be chapters and items instead of numbers', () => {
    const text =
      'policy: {articles: [解读·三, 解读·三(四)]}\nsteps: {a: {article: 解读·三(四)第二项}, b: {article: 解读·三}}\ncoverage: {解读·三: enforced, 解读·三(四): enforced}'
    expect(uncovered(text)).toEqual([])
  })
})

describe('§18 readings', () => {
  it('the check lists every reading with its path and articles, for a person to confirm', () => {
    const text = smallText(`
      steps:
        a: {article: 第三条, reading: 未写期限, outcomes: {pass: {}, fail: {again: true, reading: 可以再验}}}
    `)
    expect(checkPolicy(text, 'small.yaml').readings).toEqual([
      { path: 'steps.a', title: 'a', article: ['第三条'], reading: '未写期限' },
      { path: 'steps.a.outcomes.fail', title: 'a', article: ['第三条'], reading: '可以再验' },
    ])
  })
})
