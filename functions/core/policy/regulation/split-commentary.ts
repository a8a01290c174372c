import { numberOf } from '../../values/article.ts'
import { itemOf, plainLine } from './lines.ts'
import { Parts, type RegulationPart, type Split } from './parts.ts'
import { splitArticles } from './split-articles.ts'

/** How a unit of a commentary is headed: 三, 三(四), or by words such as 总则, with the articles that it tells of. */
interface Heading {
  unit: string
  section?: number
  item?: number
  words?: string
  articles?: [number, number]
}

const LONGEST_HEADING = 30
const SECTION = /^([一二三四五六七八九十]+)\s*[、.．]\s*(.*)$/
const NUMBERING =
  /^(?:第[一二三四五六七八九十]+[章部]分?|[（(]?[一二三四五六七八九十\d]+\s*[)）]?\s*[、.．]?)\s*/
const RANGE = /^第(.+?)条(?:[至—~-]第?(.+?)条)?$/

/**
 * Takes a commentary apart at the sections that the policy cites. Numbers that begin again within a section are lists of
 * its own. Where the regulation itself was given instead, a section shows the articles that its name says it tells of.
 */
export function splitCommentary(text: string, units: readonly string[]): Split {
  const headings = units.map(headingOf)
  const parts = new Parts()
  let section = 0
  let item = 0
  for (const raw of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const line = plainLine(raw)
    const counted = numberOf(SECTION.exec(line)?.[1] ?? '')
    const isSection = counted !== undefined && counted > section
    const point = itemOf(line)
    const isItem = point !== undefined && point > item
    const found =
      headings.find((one) => one.words !== undefined && isHeaded(line, one.words) && !parts.has(one.unit)) ??
      headings.find((one) =>
        isSection
          ? one.section === counted && one.item === undefined
          : isItem && one.section === section && one.item === point,
      )
    if (isSection) [section, item] = [counted, 0]
    else if (isItem && found?.item !== undefined) item = point
    if (!found) parts.add(line)
    else {
      parts.begin(found.unit, '', { title: null, text: line })
      if (line.length <= LONGEST_HEADING) parts.pause()
    }
  }
  const split = parts.all()
  return {
    parts: [...split, ...byArticles(text, headings, new Set(split.map((part) => part.unit)))],
    problems: [],
  }
}

function headingOf(unit: string): Heading {
  const label = unit.split('·').at(-1) ?? unit
  const [, head = label, inner] = /^(.*?)[（(](.+)[)）]$/.exec(label) ?? []
  const section = numberOf(head)
  if (section !== undefined) return { unit, section, item: inner === undefined ? undefined : numberOf(inner) }
  const [, from, to] = RANGE.exec(inner ?? '') ?? []
  const first = from === undefined ? undefined : numberOf(from)
  if (first === undefined) return { unit, words: head }
  return { unit, words: head, articles: [first, (to === undefined ? undefined : numberOf(to)) ?? first] }
}

/** Whether the line is headed by these words, not a sentence that begins with them. */
function isHeaded(line: string, words: string): boolean {
  const rest = line.replace(NUMBERING, '').replace(/^[“"「《]/, '')
  return rest.startsWith(words) && !/^[\p{Script=Han}\w，,]/u.test(rest.slice(words.length))
}

function byArticles(
  text: string,
  headings: readonly Heading[],
  given: ReadonlySet<string>,
): RegulationPart[] {
  const wanted = headings.filter((one) => one.articles && !given.has(one.unit))
  if (wanted.length === 0) return []
  const articles = splitArticles(text).parts.filter((part) => /^第.+条/.test(part.unit))
  return wanted.flatMap(({ unit, articles: range }) => {
    const [from, to] = range!
    const told = articles.filter((part) => {
      const n = numberOf(/^第(.+)条/.exec(part.unit)?.[1] ?? '') ?? 0
      return n >= from && n <= to
    })
    const paragraphs = told.flatMap(({ unit: article, title, paragraphs: own }) => [
      [article, title].filter(Boolean).join(' '),
      ...own,
    ])
    return paragraphs.length > 0 ? [{ unit, chapter: null, title: null, paragraphs }] : []
  })
}
