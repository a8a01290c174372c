import { compareToShare, parseRatio } from '../../values/ratio.ts'
import { parseValue, type TypeShape } from '../document/literal.ts'
import { nearest } from '../document/nearest.ts'
import type { Env, Tri } from '../model.ts'
import type { Permit, Value } from '../state.ts'
import { compareValues, sameValue } from './compare.ts'
import type { Compiler, Path, Scope } from './compiler.ts'
import { type Name, resolveName } from './names.ts'

export type Check = (value: Value, env: Env) => Tri

const OPERATORS: Record<string, string[]> = {
  ordered: ['in', 'not', 'known', 'same', 'atLeast', 'moreThan', 'atMost', 'lessThan'],
  number: ['in', 'not', 'known', 'same', 'atLeast', 'moreThan', 'atMost', 'lessThan'],
  choice: ['in', 'not', 'known', 'same'],
  boolean: ['not', 'known', 'same'],
  set: ['includes', 'includesAny', 'includesAll', 'known', 'same'],
  permit: ['valid', 'known'],
  list: ['known', 'empty'],
}

function operatorsFor(name: Name): string[] {
  if (name.type === 'choice') return name.ordered ? [...OPERATORS.ordered!, 'stepsFrom'] : OPERATORS.choice!
  if (name.type === 'boolean' || name.type === 'set' || name.type === 'permit' || name.type === 'list')
    return OPERATORS[name.type]!
  if (
    name.type === 'text' ||
    name.type === 'organisation' ||
    name.type === 'person' ||
    name.type === 'project'
  )
    return OPERATORS.choice!
  return OPERATORS.number!
}

/** The words that a test of a step means: one that is overdue is not done either. */
export function meant(name: Name, operand: unknown): unknown[] {
  const words: unknown[] = Array.isArray(operand) ? operand : [operand]
  return name.kind === 'step' && words.includes('not-done') ? [...words, 'overdue'] : words
}

export function compileOperator(
  compiler: Compiler,
  name: Name,
  operator: string,
  operand: unknown,
  whole: Record<string, unknown>,
  scope: Scope,
  path: Path,
  reads: string[],
): Check | undefined {
  const allowed = operatorsFor(name)
  if (!allowed.includes(operator)) {
    const guess = nearest(operator, allowed)
    compiler.problem(
      path,
      'shape',
      `「${operator}」不能用于「${name.label}」`,
      `${guess ? `是否指「${guess}」? ` : ''}可用: ${allowed.join('、')}`,
    )
    return undefined
  }
  const literal = (raw: unknown, shape: TypeShape = name): Value | undefined => {
    const parsed = parseValue(shape, raw)
    if (parsed.ok) return parsed.value
    compiler.problem(
      path,
      'shape',
      `「${name.label}」的「${operator}」须是${parsed.expected}`,
      suggestion(name, raw),
    )
    return undefined
  }
  const other = (raw: unknown): Name | undefined => {
    if (typeof raw !== 'string') return undefined
    reads.push(raw)
    return resolveName(compiler, raw, scope, path)
  }
  switch (operator) {
    case 'in': {
      const values = Array.isArray(operand) ? meant(name, operand).map((item) => literal(item)) : []
      if (!Array.isArray(operand)) compiler.problem(path, 'shape', 'in 须是列表', 'in: [甲, 乙]')
      return (value) => (values.some((item) => item !== undefined && sameValue(item, value)) ? 1 : 0)
    }
    case 'not': {
      if (Array.isArray(operand) || name.kind === 'step') {
        const values = meant(name, operand).map((item) => literal(item))
        return (value) => (values.some((item) => item !== undefined && sameValue(item, value)) ? 0 : 1)
      }
      const lit = literal(operand)
      return lit === undefined ? undefined : (value) => (sameValue(lit, value) ? 0 : 1)
    }
    case 'same': {
      const target = other(operand)
      return (
        target &&
        ((value, env) => {
          const right = target.read(env)
          return right === undefined ? 2 : sameValue(value, right) ? 1 : 0
        })
      )
    }
    case 'valid':
      return (value, env) => {
        const permit = value as Permit
        const inside = permit.from <= env.day && env.day <= permit.to
        return inside === (operand === true) ? 1 : 0
      }
    case 'empty':
      return (value) => (((value as unknown[]).length === 0) === (operand === true) ? 1 : 0)
    case 'includes':
    case 'includesAny':
    case 'includesAll': {
      const parsed = literal(Array.isArray(operand) ? operand : [operand]) as string[] | undefined
      if (!parsed) return undefined
      return (value) => {
        const set = value as string[]
        const has = (item: string) => set.includes(item)
        return (operator === 'includesAny' ? parsed.some(has) : parsed.every(has)) ? 1 : 0
      }
    }
    case 'stepsFrom':
      return undefined
    default:
      return compileComparison(compiler, name, operator, operand, whole, path, other, literal)
  }
}

function compileComparison(
  compiler: Compiler,
  name: Name,
  operator: string,
  operand: unknown,
  whole: Record<string, unknown>,
  path: Path,
  other: (raw: unknown) => Name | undefined,
  literal: (raw: unknown) => Value | undefined,
): Check | undefined {
  const holds = (sign: number): Tri =>
    (
      operator === 'atLeast'
        ? sign >= 0
        : operator === 'moreThan'
          ? sign > 0
          : operator === 'atMost'
            ? sign <= 0
            : sign < 0
    )
      ? 1
      : 0
  if ('of' in whole) {
    const base = other(whole.of)
    const share = typeof operand === 'string' ? parseRatio(operand) : undefined
    if (!share)
      compiler.problem(
        path,
        'shape',
        `「${operator}」配 of 时须是百分比`,
        '如 atMost: 15%, of: approval.estimate',
      )
    if (!base || !share) return undefined
    return (value, env) => {
      const whole = base.read(env)
      return typeof whole !== 'number' ? 2 : holds(compareToShare(value as number, share, whole))
    }
  }
  if ('stepsFrom' in whole) {
    const from = other(whole.stepsFrom)
    const order = Object.keys(name.options ?? {})
    return (
      from &&
      ((value, env) => {
        const base = from.read(env)
        return base === undefined
          ? 2
          : holds(order.indexOf(String(value)) - order.indexOf(String(base)) - Number(operand))
      })
    )
  }
  if (typeof operand === 'object' && operand !== null && 'fact' in operand) {
    const target = other((operand as { fact: unknown }).fact)
    return (
      target &&
      ((value, env) => {
        const right = target.read(env)
        return right === undefined ? 2 : holds(compareValues(value, right, name))
      })
    )
  }
  const lit = literal(operand)
  if (lit === undefined) return undefined
  if (typeof lit === 'number') {
    if (operator === 'atLeast') return (value) => ((value as number) >= lit ? 1 : 0)
    if (operator === 'moreThan') return (value) => ((value as number) > lit ? 1 : 0)
    if (operator === 'atMost') return (value) => ((value as number) <= lit ? 1 : 0)
    return (value) => ((value as number) < lit ? 1 : 0)
  }
  return (value) => holds(compareValues(value, lit, name))
}

export function equal(lit: Value): Check {
  return typeof lit === 'object'
    ? (value) => (sameValue(lit, value) ? 1 : 0)
    : (value) => (value === lit ? 1 : 0)
}

export function suggestion(name: Name, raw: unknown): string | undefined {
  if (name.options && typeof raw === 'string') {
    const guess = nearest(raw, Object.keys(name.options))
    return guess ? `是否指「${guess}」?` : undefined
  }
  if (name.type === 'money' && typeof raw === 'number') return `${raw}万元 或 ${raw}元`
  return undefined
}
