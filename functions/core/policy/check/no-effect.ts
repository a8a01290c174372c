import type { Problem } from '../problem.ts'
import { walk } from './conditions.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'

/** A key that an author may expect and nothing will act on, by the keys that it stands under; `*` is a name of the author's. */
interface Kept {
  under: string[]
  keys: string[]
  why: string
  fix: string
}

const NO_TEMPLATE = {
  why: '文书和材料不由系统按样式生成',
  fix: '样式写在 title 或 note 里; 必有的篇章写 contents, 必填的内容写 records',
}
const KEPT: Kept[] = [
  {
    under: ['registers', '*'],
    keys: ['entry'],
    why: '名录的条目只有名称、等级、所在单位和起止日',
    fix: '删去; 其他内容写成记入名录的那个环节的 records',
  },
  { under: ['materials', '*'], keys: ['template'], ...NO_TEMPLATE },
  { under: ['yields', '*'], keys: ['template'], ...NO_TEMPLATE },
]

/** An author must not take a rule for enforced that only stands in the file. */
export function checkNoEffect(lens: Lens): Problem[] {
  const problems: Problem[] = []
  walk(lens.document, (node, path) => {
    for (const { under, keys, why, fix } of KEPT) {
      const end = path.slice(-under.length)
      const fits = end.length === under.length && under.every((key, i) => key === '*' || key === end[i])
      for (const key of fits ? keys : [])
        if (key in (node as object))
          problems.push(
            problemAt('no-effect', [...path, key], {
              severity: 'error',
              message: `「${key}」不起作用: ${why}`,
              fix,
            }),
          )
    }
  })
  return problems
}
