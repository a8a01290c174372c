import { parseMoney } from '../../values/money.ts'
import type { ProcedureText } from '../document/document.ts'
import type { FillRule } from '../model.ts'
import { type Compiler, type Path, unknownName } from './compiler.ts'
import { resolveName, stepText } from './names.ts'

/** Who is proposed for a batch, in which order and up to which amount (§10 `fill`). */
export function compileFill(
  compiler: Compiler,
  procedure: string,
  text: ProcedureText,
  path: Path,
): FillRule | undefined {
  const { fill } = text
  if (!fill) return undefined
  const composed = Object.values(text.steps).flatMap((step) => step.composes ?? [])[0]
  const found = composed === undefined ? undefined : stepText(compiler, composed)
  if (text.on !== 'batch' || !found) {
    compiler.problem(
      path,
      'reference',
      'fill 只用于编列项目的批次程序',
      '写在 on: batch、有 composes 的程序里',
    )
    return undefined
  }
  const order = fill.order.map((raw, i) => {
    const descending = raw.startsWith('-')
    const name = resolveName(compiler, descending ? raw.slice(1) : raw, {}, [...path, 'order', i])
    const options = name?.options && Object.keys(name.options)
    return { read: name?.read ?? (() => undefined), descending, ...(options ? { options } : {}) }
  })
  const item = fill.amount.startsWith('item.') ? fill.amount.slice('item.'.length) : undefined
  const amount = item === undefined ? resolveName(compiler, fill.amount, {}, [...path, 'amount']) : undefined
  if (amount && amount.type !== 'money')
    compiler.problem(
      [...path, 'amount'],
      'reference',
      `「${fill.amount}」不是金额`,
      '写一项 type: money 的要素或记录',
    )
  const literal = parseMoney(fill.within)
  const within =
    literal === undefined
      ? resolveName(compiler, fill.within, { procedure }, [...path, 'within'])?.read
      : () => literal
  const outcomes = Object.keys(found.text.outcomes ?? {})
  if (fill.over !== undefined && !outcomes.includes(fill.over))
    unknownName(compiler, [...path, 'over'], '结果', fill.over, outcomes)
  return {
    order,
    ...(item === undefined ? {} : { item }),
    ...(amount ? { amount: amount.read } : {}),
    within: within ?? (() => undefined),
    ...(fill.over ? { over: fill.over } : {}),
  }
}
