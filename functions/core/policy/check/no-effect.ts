import type { Problem } from '../problem.ts'
import { walk } from './conditions.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'

/** Keys that the language keeps and nothing acts on yet, by the key that they stand under; `*` is a name of the author's. */
const KEPT: [under: string[], keys: string[]][] = [
  [
    ['outcomes', '*'],
    ['absorbedBy', 'divides'],
  ],
  [['materials', '*'], ['template']],
  [['yields', '*'], ['template']],
]

/** An author must not take a rule for enforced that only stands in the file. */
export function checkNoEffect(lens: Lens): Problem[] {
  const problems: Problem[] = []
  walk(lens.document, (node, path) => {
    for (const [under, keys] of KEPT) {
      const end = path.slice(-under.length)
      const fits = end.length === under.length && under.every((key, i) => key === '*' || key === end[i])
      for (const key of fits ? keys : [])
        if (key in (node as object))
          problems.push(
            problemAt('no-effect', [...path, key], {
              severity: 'note',
              message: `「${key}」目前只作记载, 不参与判断`,
              fix: '须由人把关的, 写成 norms 或 checks',
            }),
          )
    }
  })
  return problems
}
