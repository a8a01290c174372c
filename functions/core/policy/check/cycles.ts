import type { Problem } from '../problem.ts'
import type { Lens, Variable } from './lens.ts'
import { problemAt } from './report.ts'

/** Tables, computed facts and the track must not rest on themselves: there would be no answer. */
export function checkCycles(lens: Lens): Problem[] {
  const done = new Set<string>()
  const problems: Problem[] = []
  const visit = (variable: Variable, trail: Variable[]): void => {
    const at = trail.findIndex((one) => one.id === variable.id)
    if (at >= 0) {
      const circle = [...trail.slice(at), variable]
      problems.push(
        problemAt('cycle', pathOf(variable), {
          message: `「${variable.title}」以自己为据: ${circle.map((one) => one.id).join(' → ')}`,
          fix: '去掉其中一处引用',
        }),
      )
      return
    }
    if (done.has(variable.id)) return
    for (const next of reads(lens, variable)) visit(next, [...trail, variable])
    done.add(variable.id)
  }
  const names = [...Object.keys(lens.document.tables ?? {}), ...Object.keys(lens.document.facts), 'track']
  for (const name of names) {
    const variable = lens.variable(name, {})
    if (variable) visit(variable, [])
  }
  return problems
}

function reads(lens: Lens, variable: Variable): Variable[] {
  if (variable.kind === 'computed') return lens.sources(variable)
  if (variable.kind === 'track') return lens.named(lens.scopeConditions())
  if (variable.kind !== 'table') return []
  const { rows } = lens.document.tables![variable.id]!
  return lens.named(rows.flatMap((row) => (row.when ? [{ condition: row.when, scope: {} }] : [])))
}

function pathOf(variable: Variable): Problem['path'] {
  if (variable.kind === 'table') return ['tables', variable.id]
  return variable.kind === 'track' ? ['scope'] : ['facts', variable.id]
}
