import type { FactText } from '../document/document-facts.ts'
import type { CountRule, Env, Read } from '../model.ts'
import { aggregate, collect } from './aggregate.ts'
import type { Compiler, Path } from './compiler.ts'
import { compileCondition } from './condition.ts'
import { resolveName } from './names.ts'

const SOURCE = /^(unit|year)\.projects(?:\.(.+))?$/

/** Whose projects a fact counts or sums over, and what of them; undefined for a fact that looks at its own case only. */
export function countedSource(text: FactText): { over: 'unit' | 'year'; name?: string } | undefined {
  const source = text.count ?? (typeof text.sum === 'string' ? text.sum : undefined)
  const found = source === undefined ? undefined : SOURCE.exec(source)
  return found ? { over: found[1] as 'unit' | 'year', ...(found[2] ? { name: found[2] } : {}) } : undefined
}

/**
 * Facts counted over the other projects of the unit or of the plan year (§12). What the others come to is given from
 * outside; the project itself is added as it stands with the execution at hand, only where `excluding: none` says so.
 */
export function compileCount(compiler: Compiler, key: string, text: FactText, path: Path): Read | undefined {
  const source = countedSource(text)
  if (!source) {
    for (const word of ['where', 'excluding'] as const)
      if (text[word] !== undefined)
        compiler.problem(
          [...path, word],
          'reference',
          `${word} 只用于对别的项目计数、求和的要素`,
          '写作 count: unit.projects 或 sum: year.projects.<要素>',
        )
    return undefined
  }
  const where = text.where && compileCondition(compiler, text.where, { counted: true }, [...path, 'where'])
  const name =
    source.name === undefined ? undefined : resolveName(compiler, source.name, {}, [...path, 'sum'])
  if (text.sum !== undefined && source.name === undefined)
    compiler.problem(
      [...path, 'sum'],
      'reference',
      '求和须写明要素或记录',
      `写作 sum: ${source.over}.projects.estimate`,
    )
  const asksEnded = where?.reads.includes('ended') ?? false
  const rule: CountRule = {
    id: key,
    over: source.over,
    self: text.excluding === 'none',
    of: (env) => {
      if (env.state.ended && !asksEnded) return 0
      const holds = where ? where.test(env) : 1
      if (holds !== 1) return holds === 0 ? 0 : undefined
      if (source.name === undefined) return 1
      const total = aggregate('sum', collect(compiler, source.name, name, text, env))
      return typeof total === 'number' ? total : undefined
    },
    readers: new Set(),
  }
  compiler.counts.push(rule)
  return (env: Env) => {
    const others = (env.outside.counts ?? env.state.counts)?.[key]
    if (!rule.self || others === undefined) return others
    const own = rule.of(env)
    return own === undefined ? undefined : others + own
  }
}
