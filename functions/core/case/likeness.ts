/** Words that half of all projects of this kind carry in their names: they tell nothing of what a project is about. */
const GENERIC =
  /信息化|数字化|智能化|一体化|智慧|智能|数字|信息|电子|政务|平台|系统|项目|工程|建设|新建|扩建|改建|管理|服务|综合|中心|应用|升级|改造|运行|维护|运维|采购|购买|全市|全区|市级|区级|年度|第?[一二三四五六七八九十\d]+期/g

/** The pairs of neighbouring characters that tell what a project is about; of the whole name where only generic words make it. */
export function tellingPairs(title: string): string[] {
  const folded = title.normalize('NFKC').toLowerCase()
  const telling = pairsOf(folded.replace(GENERIC, ' '))
  return telling.length > 0 ? telling : pairsOf(folded)
}

/** How much two names have in common, from 0 to 1 (Dice over the pairs that tell something). */
export function likeness(a: string, b: string): number {
  const [of, with_] = [new Set(tellingPairs(a)), new Set(tellingPairs(b))]
  if (of.size === 0 || with_.size === 0) return 0
  return (2 * [...of].filter((pair) => with_.has(pair)).length) / (of.size + with_.size)
}

function pairsOf(text: string): string[] {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((run) => [...run].slice(1).map((letter, place) => [...run][place] + letter))
}
