import { isItem } from './lines.ts'

/** A part of a regulation's text, by the name that rules cite it by: 第九条, 解读·三(四). */
export interface RegulationPart {
  unit: string
  /** Chapter and section that it stands under. */
  chapter: string | null
  title: string | null
  paragraphs: string[]
}

/** A remark on where a text and its policy disagree; `cited` where rules of the policy rest on what is missing. */
export interface RegulationProblem {
  code: 'missing' | 'duplicate' | 'order' | 'unknown'
  unit: string
  line?: number
  cited?: boolean
}

/** A split before it is compared with a policy. */
export interface Split {
  parts: RegulationPart[]
  problems: RegulationProblem[]
}

/** The unit of what stands before the first article. */
export const PREAMBLE = ''
/** The unit of what is annexed. */
export const ANNEX = '附件'

const ENDED = /[。！？；：!?;:”」』）)】…]$/
const LONGEST_TITLE = 20
/** No paragraph of a regulation is longer; what is, was never broken by a program. */
const LONGEST_PARAGRAPH = 4_000

/** Parts as they grow line by line; lines that a program has broken are put together again. */
export class Parts {
  #parts = new Map<string, RegulationPart>()
  #current = this.#part(PREAMBLE, '')
  /** The line before was empty, or the first of its part. */
  #fresh = true

  /** Whether text stands in a part yet; a table of contents gives headings only. */
  has(unit: string): boolean {
    return (this.#parts.get(unit)?.paragraphs.length ?? 0) > 0
  }

  begin(unit: string, chapter: string, { title, text }: { title: string | null; text: string }): void {
    this.#current = this.#part(unit, chapter)
    this.#current.title ??= title
    this.#fresh = true
    if (text !== '') this.add(text)
  }

  /** A heading ends the paragraph before it. */
  pause(): void {
    this.#fresh = true
  }

  annex(line: string): void {
    this.begin(ANNEX, '', { title: null, text: line })
    this.#fresh = true
  }

  /** Adds a line to the part at hand; an empty one ends its paragraph. */
  add(line: string): void {
    if (line === '') {
      this.#fresh = true
      return
    }
    const { paragraphs } = this.#current
    const before = paragraphs.at(-1)
    const goesOn =
      before !== undefined &&
      !this.#fresh &&
      before.length < LONGEST_PARAGRAPH &&
      !ENDED.test(before) &&
      !isItem(line)
    if (goesOn && this.#current.unit !== PREAMBLE && this.#current.unit !== ANNEX && !this.#isTitle(before)) {
      const space = /[\w,.]$/.test(before) && /^\w/.test(line) ? ' ' : ''
      paragraphs[paragraphs.length - 1] = `${before}${space}${line}`
    } else paragraphs.push(line)
    this.#fresh = false
  }

  all(): RegulationPart[] {
    return [...this.#parts.values()].map((part) => {
      const [first = '', ...rest] = part.paragraphs
      const titled = part.title === null && part.unit !== PREAMBLE && part.unit !== ANNEX
      return titled && rest.length > 0 && looksLikeTitle(first)
        ? { ...part, title: first, paragraphs: rest }
        : part
    })
  }

  /** The first short line of an article without an end is its title, not a broken sentence. */
  #isTitle(before: string): boolean {
    const { paragraphs, title } = this.#current
    return paragraphs.length === 1 && title === null && looksLikeTitle(before)
  }

  #part(unit: string, chapter: string): RegulationPart {
    const part = this.#parts.get(unit) ?? { unit, chapter: null, title: null, paragraphs: [] }
    if (part.paragraphs.length === 0) part.chapter = chapter || null
    this.#parts.set(unit, part)
    return part
  }
}

function looksLikeTitle(line: string): boolean {
  return line.length <= LONGEST_TITLE && !/[，。；：、！？,.;:]/.test(line) && !isItem(line)
}
