import { daysBetween } from '../values/day.ts'
import { compareRatios, compareToShare, parseRatio, type Ratio } from '../values/ratio.ts'
import type { Compiler, Path, Scope } from './compiler.ts'
import type { Condition } from './document-parts.ts'
import { parseValue, type TypeShape } from './literal.ts'
import type { Env, Guard, Tri } from './model.ts'
import { type Name, resolveName } from './names.ts'
import { nearest } from './nearest.ts'
import type { Permit, Value } from './state.ts'

/**
 * Compiles conditions to closures of three-valued logic (§2): several keys mean all, a missing fact is undetermined,
 * and only facts that can still change the answer are asked for.
 */
export function compileCondition(compiler: Compiler, raw: Condition, scope: Scope, path: Path): Guard {
  const parts: Guard[] = []
  for (const [key, test] of Object.entries(raw)) {
    const at = [...path, key]
    if (key === 'any' || key === 'all') {
      if (!Array.isArray(test) || test.length === 0) {
        compiler.problem(at, 'shape', `${key} 须是条件的列表`, `写作 ${key}: [{…}, {…}]`)
        continue
      }
      const inner = test.map((item, i) => compileCondition(compiler, asCondition(item), scope, [...at, i]))
      parts.push(key === 'any' ? anyOf(inner) : allOf(inner))
    } else if (key === 'not') parts.push(negated(compileCondition(compiler, asCondition(test), scope, at)))
    else {
      const name = resolveName(compiler, key, scope, at)
      if (name) parts.push(compileTest(compiler, name, key, test, scope, at))
    }
  }
  return parts.length === 1 ? parts[0]! : allOf(parts)
}

function asCondition(raw: unknown): Condition {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? (raw as Condition) : {}
}

export function allOf(parts: Guard[]): Guard {
  return {
    test: (env) => {
      let result: Tri = 1
      for (const part of parts) {
        const value = part.test(env)
        if (value === 0) return 0
        if (value === 2) result = 2
      }
      return result
    },
    missing: (env, into) => {
      if (parts.some((part) => part.test(env) === 0)) return
      for (const part of parts) part.missing(env, into)
    },
    reads: parts.flatMap((part) => part.reads),
  }
}

export function anyOf(parts: Guard[]): Guard {
  return {
    test: (env) => {
      let result: Tri = 0
      for (const part of parts) {
        const value = part.test(env)
        if (value === 1) return 1
        if (value === 2) result = 2
      }
      return result
    },
    missing: (env, into) => {
      if (parts.some((part) => part.test(env) === 1)) return
      for (const part of parts) part.missing(env, into)
    },
    reads: parts.flatMap((part) => part.reads),
  }
}

export function negated(part: Guard): Guard {
  return {
    test: (env) => {
      const value = part.test(env)
      return value === 2 ? 2 : value === 1 ? 0 : 1
    },
    missing: part.missing,
    reads: part.reads,
  }
}

type Check = (value: Value, env: Env) => Tri

function compileTest(
  compiler: Compiler,
  name: Name,
  key: string,
  test: unknown,
  scope: Scope,
  path: Path,
): Guard {
  const reads = [key]
  const checks: Check[] = []
  let known: boolean | undefined
  if (typeof test === 'object' && test !== null && !Array.isArray(test)) {
    for (const [operator, operand] of Object.entries(test as Record<string, unknown>)) {
      if (operator === 'known') known = operand === true
      else if (operator === 'of') continue
      else {
        const check = compileOperator(
          compiler,
          name,
          operator,
          operand,
          test as Record<string, unknown>,
          scope,
          [...path, operator],
          reads,
        )
        if (check) checks.push(check)
      }
    }
  } else {
    const parsed = parseValue(name, test)
    if (!parsed.ok)
      compiler.problem(path, 'shape', `「${key}」须是${parsed.expected}`, suggestion(name, test))
    else checks.push(equal(parsed.value))
  }
  const read = name.read
  const single = checks.length === 1 ? checks[0]! : undefined
  return {
    test: (env) => {
      const value = read(env)
      if (known !== undefined && (value !== undefined) !== known) return 0
      if (value === undefined) return checks.length === 0 ? 1 : 2
      if (single) return single(value, env)
      let result: Tri = 1
      for (const check of checks) {
        const one = check(value, env)
        if (one === 0) return 0
        if (one === 2) result = 2
      }
      return result
    },
    missing: (env, into) => {
      if (checks.length === 0 && known !== undefined) return
      if (read(env) === undefined) compilerMissing(compiler, name, env, into)
      else for (const other of reads.slice(1)) missingName(compiler, other, scope, env, into)
    },
    reads,
  }
}

/** The facts behind an unknown name: a table or a computed fact is unknown because of what it reads. */
function compilerMissing(compiler: Compiler, name: Name, env: Env, into: Set<string>): void {
  const table = compiler.tables.get(name.label)
  if (table) for (const row of table.rows) row.when?.missing(env, into)
  else if (name.label === 'track') for (const guard of compiler.trackGuards) guard.missing(env, into)
  else into.add(name.label)
}

function missingName(compiler: Compiler, key: string, scope: Scope, env: Env, into: Set<string>): void {
  const other = resolveName(compiler, key, scope, [])
  if (other && other.read(env) === undefined) into.add(other.label)
}

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

function compileOperator(
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
      const values = Array.isArray(operand) ? operand.map((item) => literal(item)) : []
      if (!Array.isArray(operand)) compiler.problem(path, 'shape', 'in 须是列表', 'in: [甲, 乙]')
      return (value) => (values.some((item) => item !== undefined && sameValue(item, value)) ? 1 : 0)
    }
    case 'not': {
      if (Array.isArray(operand)) {
        const values = operand.map((item) => literal(item))
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

function equal(lit: Value): Check {
  return typeof lit === 'object'
    ? (value) => (sameValue(lit, value) ? 1 : 0)
    : (value) => (value === lit ? 1 : 0)
}

/** Equality of values of one type; sets regardless of order. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  if ('d' in a && 'd' in b) return compareRatios(a as Ratio, b as Ratio) === 0
  if (Array.isArray(a) && Array.isArray(b) && a.every((item) => typeof item === 'string'))
    return (
      a.length === b.length &&
      [...(a as string[])].sort().join('\n') === [...(b as string[])].sort().join('\n')
    )
  return JSON.stringify(a) === JSON.stringify(b)
}

function compareValues(a: Value, b: Value, name: Name): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'object' && typeof b === 'object' && 'd' in a && 'd' in b)
    return compareRatios(a as Ratio, b as Ratio)
  if (name.type === 'choice') {
    const order = Object.keys(name.options ?? {})
    return order.indexOf(String(a)) - order.indexOf(String(b))
  }
  if (name.type === 'day') return daysBetween(String(b), String(a))
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

function suggestion(name: Name, raw: unknown): string | undefined {
  if (name.options && typeof raw === 'string') {
    const guess = nearest(raw, Object.keys(name.options))
    return guess ? `是否指「${guess}」?` : undefined
  }
  if (name.type === 'money' && typeof raw === 'number') return `${raw}万元 或 ${raw}元`
  return undefined
}
