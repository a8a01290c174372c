import type { z } from 'zod'
import type { Problem } from '../problem.ts'
import { nearest } from './nearest.ts'

/** Errors of shape in words: unknown keys with a "did you mean", and what a value should have been. */
export function shapeProblems(schema: z.ZodType, error: z.ZodError, raw: unknown): Problem[] {
  const problems: Problem[] = []
  for (const issue of error.issues) collect(schema, issue as Issue, [], raw, problems)
  return problems
}

interface Issue {
  code: string
  path: PropertyKey[]
  message: string
  keys?: string[]
  errors?: Issue[][]
  /** What is wrong with a key of a record. */
  issues?: Issue[]
  expected?: string
  values?: unknown[]
  format?: string
  input?: unknown
}

type Path = (string | number)[]

function collect(schema: z.ZodType, issue: Issue, base: Path, raw: unknown, into: Problem[]): void {
  const path = [...base, ...(issue.path as Path)]
  if (issue.code === 'invalid_union' && issue.errors) {
    const branch = bestBranch(issue.errors, valueAt(raw, path))
    if (branch) {
      for (const inner of branch) collect(schema, inner, path, raw, into)
      return
    }
  }
  if (issue.code === 'unrecognized_keys' && issue.keys) {
    const known = keysAt(schema, path)
    for (const key of issue.keys) {
      const guess = nearest(key, known)
      into.push({
        severity: 'error',
        code: 'unknown-key',
        message: `不认识的键「${key}」`,
        fix: keyHint(key, guess, known),
        path: [...path, key],
      })
    }
    return
  }
  if (issue.code === 'invalid_key') {
    const why = issue.issues?.[0]?.message ?? issue.message
    into.push({ severity: 'error', code: 'shape', message: `名称「${path.at(-1)}」不合规定: ${why}`, path })
    return
  }
  into.push({ severity: 'error', code: 'shape', message: sentence(issue, path, raw), path })
}

/** A key in Chinese is nearly always a piece of a text whose comma was read as the end of a value. */
function keyHint(key: string, guess: string | undefined, known: string[]): string {
  if (/[\u4e00-\u9fff]/.test(key)) return '{…} 中含英文逗号的文字须加引号'
  return guess ? `是否指「${guess}」?` : `可用: ${known.join('、')}`
}

function sentence(issue: Issue, path: Path, raw: unknown): string {
  const name = path.length > 0 ? `「${path.join('.')}」` : '文件'
  const value = valueAt(raw, path)
  if (value === undefined) return `${name}缺失`
  const shown = typeof value === 'object' ? '' : `「${String(value)}」`
  if (issue.code === 'invalid_type')
    return `${name}的值${shown}须是${EXPECTED[issue.expected ?? ''] ?? issue.expected}`
  if (issue.code === 'invalid_value') return `${name}的值${shown}须是 ${(issue.values ?? []).join('、')} 之一`
  if (/[一-鿿]/.test(issue.message)) return `${name}的值${shown}${issue.message}`
  return `${name}的值${shown}不合规定: ${issue.message}`
}

const EXPECTED: Record<string, string> = {
  string: '文字',
  number: '数字',
  boolean: 'true 或 false',
  object: '一组键值',
  record: '一组键值',
  array: '列表',
  int: '整数',
}

/** Of the alternatives of a union, the one that the author most likely meant: that which fits the value's kind and fails deepest. */
function bestBranch(branches: Issue[][], value: unknown): Issue[] | undefined {
  const score = (issues: Issue[]): number => {
    const first = issues[0]
    if (!first) return -1
    const wrongKind = issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 0)
    const depth = Math.max(
      ...issues.map((issue) => issue.path.length + (issue.code === 'invalid_union' ? 1 : 0)),
    )
    return (wrongKind ? -100 : 0) + depth * 10 - issues.length + (typeof value === 'object' ? 1 : 0)
  }
  return [...branches].sort((a, b) => score(b) - score(a))[0]
}

function valueAt(raw: unknown, path: Path): unknown {
  let value = raw
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}

/** Keys that the schema knows at a path; of all alternatives where there are several. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  let nodes = [schema]
  for (const part of path) nodes = nodes.flatMap(unwrap).flatMap((node) => child(node, part))
  return [...new Set(nodes.flatMap(unwrap).flatMap((node) => Object.keys(defOf(node).shape ?? {})))]
}

interface Def {
  type: string
  shape?: Record<string, z.ZodType>
  options?: z.ZodType[]
  innerType?: z.ZodType
  element?: z.ZodType
  valueType?: z.ZodType
  in?: z.ZodType
}

function defOf(schema: z.ZodType): Def {
  return (schema as unknown as { _zod: { def: Def } })._zod.def
}

function unwrap(schema: z.ZodType): z.ZodType[] {
  const def = defOf(schema)
  if (def.options) return def.options.flatMap(unwrap)
  if (def.innerType) return unwrap(def.innerType)
  return [schema]
}

function child(schema: z.ZodType, part: string | number): z.ZodType[] {
  const def = defOf(schema)
  const next = def.shape?.[String(part)] ?? def.valueType ?? def.element
  return next ? [next] : []
}
