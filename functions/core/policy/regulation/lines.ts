import { articleName, numberOf } from '../../values/article.ts'

const NUMERAL = '[0-9０-９零〇一二两三四五六七八九十百](?:\\s*[0-9０-９零〇一二两三四五六七八九十百])*'
const ARTICLE = new RegExp(`^第\\s*(${NUMERAL})\\s*条(?:\\s*之\\s*([一二三四五六七八九十]))?(.*)$`)
const CHAPTER = new RegExp(`^第\\s*(${NUMERAL})\\s*([编章节])(.*)$`)
const ITEM = new RegExp(`^[（(]\\s*(${NUMERAL})\\s*[)）]`)
const POINT = /^(?:\d{1,2}\s*[.．、]|[①-⑳])/
/** What follows an article that a sentence merely mentions. */
const MENTIONED =
  /^(?:第|规定|所|的|之|至|到|和|与|及|或|、|，|,|。|；|;|）|\)|款|项|前|后|以|等|中(?:的|规定|所)|要求|明确|[（(]\s*[一二三四五六七八九十]+\s*[)）])/
/** A table of contents draws dots up to its page numbers. */
const LONGEST_HEADING = 200
const ANNEX = /^附\s*(?:件|表|录|图)\s*[\d一二三四五六七八九十]*/

/** An article's heading: its name, its number, and what stands behind it on the line. */
export interface ArticleHead {
  unit: string
  n: number
  rest: string
}

/** A line as it reads: marks of Markdown, unseen characters and spaces at its ends are gone. */
export function plainLine(line: string): string {
  return line
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replace(/\*\*/g, '')
    .replace(/\\(?=[\p{P}\p{S}])/gu, '')
    .replace(/^[\s>]*(?:#{1,6}\s+|[-*+]\s+)?/, '')
    .trim()
}

/**
 * The article that a line begins. `last` is the number of the article before it: a line that has nothing between number
 * and sentence, or that goes on as a citation does, begins an article only where its turn has come.
 */
export function articleHead(line: string, last: number): ArticleHead | undefined {
  const [, written = '', beside, rest = ''] = ARTICLE.exec(line) ?? []
  const n = numberOf(written)
  if (n === undefined) return undefined
  const apart = rest === '' || /^[\s：:【〔[]/.test(rest) || (/^[（(]/.test(rest) && !MENTIONED.test(rest))
  const mentioned = MENTIONED.test(apart ? rest.trimStart() : rest)
  const due = n === last + 1 || (beside !== undefined && n === last)
  if (apart ? mentioned && !due : mentioned || !due) return undefined
  const unit = beside === undefined ? articleName(n) : `${articleName(n)}之${beside}`
  return { unit, n, rest: rest.replace(/^[\s：:]+/, '') }
}

/** The chapter or section that a line names, as 第二章 项目申报. */
export function chapterHead(line: string): { level: '编' | '章' | '节'; name: string } | undefined {
  if (line.length > LONGEST_HEADING) return undefined
  const [, written = '', level, rest = ''] = CHAPTER.exec(line) ?? []
  if (level === undefined || numberOf(written) === undefined) return undefined
  const title = rest.replace(/[\s.·…]*\d*$/, '').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
  if (title.length > 30 || /[。，；]/.test(title) || /^(?:规定|所|的|和|及|至|、)/.test(title))
    return undefined
  const name = `第${written.replace(/\s/g, '')}${level} ${title.trim()}`.trim()
  return { level: level as '编' | '章' | '节', name }
}

/** Whether what follows is an annex, whose own articles are none of the regulation's. */
export function isAnnex(line: string): boolean {
  return ANNEX.test(line) && line.length <= 40 && !/[。；，]$/.test(line)
}

/** The number of the item that a paragraph is: 4 for （四）. */
export function itemOf(paragraph: string): number | undefined {
  const written = ITEM.exec(paragraph)?.[1]
  return written === undefined ? undefined : numberOf(written)
}

/** Whether a line is an item or a point of a list, which never goes on with the line before. */
export function isItem(line: string): boolean {
  return ITEM.test(line) || POINT.test(line)
}

/** The title of an article, where one stands in brackets or alone behind its number; and the rest. */
export function titleOf(rest: string): { title: string | null; text: string } {
  const [all = '', title] = /^[【〔[（(]([^】〕\])）]{1,20})[】〕\])）]\s*/.exec(rest) ?? []
  return title !== undefined && numberOf(title) === undefined
    ? { title: title.trim(), text: rest.slice(all.length) }
    : { title: null, text: rest }
}
