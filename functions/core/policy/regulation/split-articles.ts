import { articleHead, chapterHead, isAnnex, plainLine, titleOf } from './lines.ts'
import { Parts, type RegulationProblem, type Split } from './parts.ts'

/** Takes a text apart at its numbered articles; what was counted twice or backwards is reported and kept together. */
export function splitArticles(text: string): Split {
  const parts = new Parts()
  const problems: RegulationProblem[] = []
  const twice = new Set<string>()
  let volume = ''
  let chapter = ''
  let section = ''
  let last = 0
  let annexed = false
  for (const [index, raw] of text.split(/\r\n|[\n\r\u2028\u2029]/).entries()) {
    const line = plainLine(raw)
    if (line === '' || annexed) {
      parts.add(line)
      continue
    }
    const head = articleHead(line, last)
    const heading = head ? undefined : chapterHead(line)
    if (head) {
      const where = { unit: head.unit, line: index + 1 }
      if (parts.has(head.unit)) {
        if (!twice.has(head.unit)) problems.push({ code: 'duplicate', ...where })
        twice.add(head.unit)
      } else if (head.n < last) problems.push({ code: 'order', ...where })
      last = Math.max(last, head.n)
      const chapters = [volume, chapter, section].filter(Boolean).join(' · ')
      parts.begin(head.unit, chapters, titleOf(head.rest))
    } else if (heading) {
      if (heading.level === '编') [volume, chapter, section] = [heading.name, '', '']
      else if (heading.level === '章') [chapter, section] = [heading.name, '']
      else section = heading.name
      parts.pause()
    } else if (last > 0 && isAnnex(line)) {
      annexed = true
      parts.annex(line)
    } else parts.add(line)
  }
  return { parts: parts.all(), problems }
}
