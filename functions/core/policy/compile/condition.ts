import type { Condition } from '../document/document-parts.ts'
import { formatValue, parseValue } from '../document/literal.ts'
import type { Env, Guard, Tri } from '../model.ts'
import type { Compiler, Path, Scope } from './compiler.ts'
import { type Name, resolveName } from './names.ts'
import { type Check, compileOperator, equal, suggestion } from './operators.ts'

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
      const inner = test.map((item, i) =>
        compileCondition(compiler, asCondition(compiler, item, [...at, i]), scope, [...at, i]),
      )
      parts.push(key === 'any' ? anyOf(inner) : allOf(inner))
    } else if (key === 'not')
      parts.push(negated(compileCondition(compiler, asCondition(compiler, test, at), scope, at)))
    else {
      const name = resolveName(compiler, key, scope, at)
      if (name) parts.push(compileTest(compiler, name, key, test, scope, at))
    }
  }
  return parts.length === 1 ? parts[0]! : allOf(parts)
}

function asCondition(compiler: Compiler, raw: unknown, path: Path): Condition {
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return raw as Condition
  const key = path.findLast((part) => typeof part === 'string')
  compiler.problem(
    path,
    'shape',
    `${key} 之下须是条件 {要素: 检验}`,
    '如 {secret: true}; 几个条件用 all 或 any',
  )
  return {}
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
    show: (env, into) => {
      for (const part of parts) part.show(env, into)
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
    show: (env, into) => {
      for (const part of parts) part.show(env, into)
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
    show: part.show,
    reads: part.reads,
  }
}

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
  if (name.kind === 'step' && test === 'not-done') test = { in: [test] }
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
    show: (env, into) => {
      const value = read(env)
      into[key] = value === undefined ? null : formatValue(name.type, value, name.options)
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
