import { itemOf } from './lines.ts'

/**
 * Which paragraphs a citation means: 第三款 the third with its items, (二) the second item. Empty where it means the
 * article as a whole, or more than the text shows.
 */
export function citedParagraphs(paragraphs: readonly string[], citation: string, unit: string): number[] {
  const within = citation.slice(unit.length)
  const clause = ordinal(/^第([一二三四五六七八九十]+)款/.exec(within)?.[1])
  const item = ordinal(
    /[（(]([一二三四五六七八九十]+)[)）]|第([一二三四五六七八九十]+)项/.exec(within)?.slice(1).find(Boolean),
  )
  if (clause === undefined && item === undefined) return []
  let at = 0
  return paragraphs.flatMap((paragraph, index) => {
    const own = itemOf(paragraph)
    if (own === undefined) at++
    if (clause !== undefined && at !== clause) return []
    return item === undefined || item === own ? [index] : []
  })
}

function ordinal(written: string | undefined): number | undefined {
  return written === undefined ? undefined : itemOf(`（${written}）`)
}
