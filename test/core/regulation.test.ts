import { describe, expect, it } from 'vitest'
import { citedParagraphs } from '../../functions/core/policy/regulation/cited-paragraphs.ts'
import { splitRegulation } from '../../functions/core/policy/regulation/split-regulation.ts'
import { articleName, numberOf } from '../../functions/core/values/article.ts'
import { small } from './small.ts'

/** Invented texts only: what a jurisdiction's own regulation says stands nowhere in this project. */

function policyOf(articles: number | string[]) {
  const cited = Array.isArray(articles) ? articles[0] : '第二条'
  return small(`{policy: {articles: ${JSON.stringify(articles)}}, steps: {declare: {article: ${cited}}}}`)
}
const split = (text: string, articles: number | string[] = 4) => splitRegulation(text, policyOf(articles))
const texts = (text: string, articles?: number | string[]) =>
  Object.fromEntries(split(text, articles).parts.map((part) => [part.unit, part.paragraphs]))

describe('numbers of articles', () => {
  it('are written and read alike up to 999', () => {
    for (let n = 1; n <= 999; n++) expect(numberOf(articleName(n).slice(1, -1))).toBe(n)
    expect([10, 11, 20, 38, 100, 105, 110, 120].map(articleName).join()).toBe(
      '第十条,第十一条,第二十条,第三十八条,第一百条,第一百零五条,第一百一十条,第一百二十条',
    )
  })

  it('are read in digits of either width, with spaces, and nothing else is a number', () => {
    expect(['１２', '12', '十 二', '一〇五', '两百', '', '零', '若干', '十百'].map(numberOf)).toEqual([
      12,
      12,
      12,
      undefined,
      200,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('a regulation of numbered articles', () => {
  it('is split at its headings, however they are spaced, with the chapter that they stand under', () => {
    const { parts, problems, found } = split(`
某县笔墨管理办法
第一章　总　则
　　第一条　为了管好笔墨,制定本办法。
第 二 条 本办法所称笔墨,是指毛笔和墨锭。
## 第二章 领用
**第３条** 领用笔墨的,应当登记。
第4条：本办法自公布之日起施行。`)
    expect(parts.map(({ unit, chapter, paragraphs }) => [unit, chapter, paragraphs.join('|')])).toEqual([
      ['', null, '某县笔墨管理办法'],
      ['第一条', '第一章 总则', '为了管好笔墨,制定本办法。'],
      ['第二条', '第一章 总则', '本办法所称笔墨,是指毛笔和墨锭。'],
      ['第三条', '第二章 领用', '领用笔墨的,应当登记。'],
      ['第四条', '第二章 领用', '本办法自公布之日起施行。'],
    ])
    expect([problems, found]).toEqual([[], 4])
  })

  it('does not take an article that a sentence mentions for a heading, not even at the start of a line', () => {
    const given = texts(`第一条 甲。
第二条 依照第三条规定办理的,
第三条规定的时限不变;逾期的,依照
第四条、第一条处理。
第一条第二款另有规定的除外。
第三条所称时限为三日。
第三条 乙。
第四条（一）项不适用。
第四条（附则）丙。`)
    expect(given.第二条?.join('')).toContain('第一条第二款另有规定的除外。第三条所称时限为三日。')
    expect(given.第三条).toEqual(['乙。', '第四条（一）项不适用。'])
    expect(given.第四条).toEqual(['丙。'])
  })

  it('reports what is missing, counted twice, backwards or beyond, and whether rules rest on it', () => {
    const { problems, found } = splitRegulation(
      '第一条 甲。\n第三条 乙。\n第三条 丙。\n第七条 丁。',
      policyOf(4),
    )
    expect(problems).toEqual([
      { code: 'missing', unit: '第二条', cited: true },
      { code: 'missing', unit: '第四条', cited: false },
      { code: 'duplicate', unit: '第三条', line: 3 },
      { code: 'unknown', unit: '第七条' },
    ])
    expect(found).toBe(2)
    expect(texts('第一条 甲。\n第三条 乙。\n第三条 丙。').第三条).toEqual(['乙。', '丙。'])
    expect(split('第二条 甲。\n第一条 乙。\n第三条 丙。\n第四条 丁。').problems).toEqual([
      { code: 'order', unit: '第一条', line: 2 },
    ])
  })

  it('is not misled by a table of contents, an annex with articles of its own, or titles of articles', () => {
    const { parts, problems } = split(`第一章 总则 ...... 1
第一章 总则
第一条【目的】为了笔墨。
第二条 范围
适用于本县。
第三条 无题的一条。
第四条 自公布之日起施行。
附件1 领用承诺书
第一条 我承诺登记。`)
    expect(problems).toEqual([])
    expect(parts.map(({ unit, title }) => [unit, title])).toEqual([
      ['第一条', '目的'],
      ['第二条', '范围'],
      ['第三条', null],
      ['第四条', null],
      ['附件', null],
    ])
    expect(parts.at(-1)?.paragraphs).toEqual(['附件1 领用承诺书', '第一条 我承诺登记。'])
  })

  it('puts lines together that a program has broken, and keeps items apart', () => {
    const given = texts(`第一条 领用笔墨的单位应当在每年八月初一起、最迟在
九月底以前申报:
（一）毛笔的支数
（二）墨锭的
块数。
第二条 乙。`)
    expect(given.第一条).toEqual([
      '领用笔墨的单位应当在每年八月初一起、最迟在九月底以前申报:',
      '（一）毛笔的支数',
      '（二）墨锭的块数。',
    ])
  })

  it('keeps an article between two others, and throws on no text at all', () => {
    expect(texts('第一条 甲。\n第一条之一 乙。\n第二条 丙。').第一条之一).toEqual(['乙。'])
    for (const text of [
      '',
      '\n\n',
      '没有条文',
      '第条',
      '第零条 甲',
      '<script>第一条</script>',
      '\u0000第'.repeat(50),
    ])
      expect(split(text).found, text).toBe(0)
  })
})

describe('a text that is none', () => {
  const many = (text: string) => text.repeat(Math.ceil(130_000 / text.length))
  it.each([
    ['one endless heading', `第一章 ${many('.')}x`],
    ['one endless number', `第${many('一 ')}`],
    ['spaces', `第一${many(' ')}`],
    ['one article counted again and again', many('第一条 甲。\n')],
    ['lines without an end', `第一条 甲\n${many('乙\n')}`],
    ['opening brackets', `第一条${many('【')}`],
  ])('takes no longer to see through: %s', (_what, text) => {
    const { parts, problems } = split(text)
    expect(parts.reduce((sum, part) => sum + part.paragraphs.join('').length, 0)).toBeLessThanOrEqual(
      text.length,
    )
    expect(problems.length).toBeLessThan(10)
  })
})

describe('a commentary', () => {
  const UNITS = ['解读·一', '解读·三', '解读·三(一)', '解读·三(二)', '解读·总则(第一条至第二条)', '解读·背景']

  it('is split at the sections that rules cite; lists within a section are no sections', () => {
    const given = texts(
      `一、起草背景
背景已很久远。
二、过程
三、主要内容
（一）登记。说了两件事:
1. 笔;
（二）领用。分三类:
（一）借用;
（二）领取;
一、这不是新的一节。`,
      UNITS,
    )
    expect(Object.keys(given)).toEqual(['解读·一', '解读·三', '解读·三(一)', '解读·三(二)'])
    expect(given['解读·三(二)']).toHaveLength(4)
    expect(given['解读·三(一)']?.[0]).toBe('（一）登记。说了两件事:')
  })

  it('is split at words too, and shows the articles themselves where the regulation was given', () => {
    const words = texts('背景：笔墨散失。\n（一）总则（第一条至第二条）\n背景并不复杂,定了两条。', UNITS)
    expect(words.解读·背景).toEqual(['背景：笔墨散失。'])
    expect(words['解读·总则(第一条至第二条)']).toContain('背景并不复杂,定了两条。')
    const articles = texts('第一条 甲。\n第二条 乙。\n第三条 丙。', UNITS)
    expect(articles['解读·总则(第一条至第二条)']).toEqual(['第一条', '甲。', '第二条', '乙。'])
  })
})

describe('a citation', () => {
  const paragraphs = ['甲:', '（一）子;', '（二）丑。', '乙。', '丙:', '（一）寅;', '（二）卯。']
  it.each([
    ['第九条', []],
    ['第九条第一款', [0, 1, 2]],
    ['第九条第二款', [3]],
    ['第九条第三款(二)', [6]],
    ['第九条第三款第一项', [5]],
    ['第九条(二)', [2, 6]],
    ['第九条第五款', []],
  ])('%s means its paragraphs', (citation, expected) => {
    expect(citedParagraphs(paragraphs, citation, '第九条')).toEqual(expected)
  })
})
