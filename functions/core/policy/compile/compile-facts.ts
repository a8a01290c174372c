import { yearOf } from '../../values/day.ts'
import type { FactText } from '../document/document-facts.ts'
import { parseValue } from '../document/literal.ts'
import { instanceOf } from '../engine/read-state.ts'
import type { Env, FactRule, Read } from '../model.ts'
import type { Value } from '../state.ts'
import { aggregate, collect } from './aggregate.ts'
import { compileCount } from './compile-counts.ts'
import { compileRows, lookRows, partyExists } from './compile-values.ts'
import { articles, type Compiler, listOf, type Path } from './compiler.ts'
import { compileCondition } from './condition.ts'
import { inferred, type Name, resolveName } from './names.ts'

/** Compiles facts, parameters and tables; computed facts become closures over runs, procedures and other facts (§3). */
export function compileFacts(compiler: Compiler): void {
  const { document } = compiler
  for (const [id, text] of Object.entries(document.facts))
    addFact(compiler, id, id, text, undefined, ['facts', id])
  for (const [procedure, body] of Object.entries(document.procedures ?? {}))
    for (const [id, text] of Object.entries(body.facts ?? {}))
      addFact(compiler, `${procedure}.${id}`, id, text, procedure, ['procedures', procedure, 'facts', id])
  for (const [id, text] of Object.entries(document.parameters ?? {})) {
    const values = new Map<number, Value>()
    for (const [year, raw] of Object.entries(text.values)) {
      const parsed = parseValue({ type: text.type }, raw)
      if (parsed.ok) values.set(Number(year), parsed.value)
      else
        compiler.problem(
          ['parameters', id, 'values', year],
          'shape',
          `「${year}」年的值须是${parsed.expected}`,
        )
    }
    const article = articles(compiler, text.article, ['parameters', id, 'article'], 'parameter', [])
    const read: Read = (env) => values.get(Number(env.state.facts.planYear ?? yearOf(env.day)))
    compiler.facts.set(id, {
      id,
      title: text.title,
      type: text.type,
      of: 'project',
      from: [],
      optional: true,
      computed: true,
      article,
      read,
    })
  }
  for (const [id, text] of Object.entries(document.tables ?? {})) {
    const at = ['tables', id]
    const article = articles(compiler, text.article, [...at, 'article'], 'table', [])
    for (const value of Object.keys(text.values ?? {}))
      if (!text.rows.some((row) => String(row.is) === value))
        compiler.problem(
          [...at, 'values', value],
          'reference',
          `判定表没有取值「${value}」`,
          `取值: ${text.rows.map((row) => row.is).join('、')}`,
        )
    const rows = compileRows<Value>(compiler, text.rows, (raw) => raw as Value, {}, at, article)
    const unique = text.hit !== 'first'
    compiler.tables.set(id, {
      id,
      title: text.title ?? id,
      titles: text.values ?? {},
      rows,
      unique,
      article,
      readers: new Set(),
      look: (env) => lookRows(rows, unique, env),
    })
  }
}

function addFact(
  compiler: Compiler,
  key: string,
  id: string,
  text: FactText,
  procedure: string | undefined,
  path: Path,
): void {
  const computed = compileComputed(compiler, key, text, procedure, path)
  const article = articles(compiler, text.article, [...path, 'article'], 'fact', [])
  const from = listOf(text.from)
  const of = text.of ?? 'project'
  let read: Read =
    computed ??
    (procedure
      ? (env) =>
          (env.overlay && id in env.overlay.facts ? env.overlay.facts[id] : undefined) ??
          instanceOf(env, procedure)?.facts[id]
      : of === 'unit'
        ? (env) =>
            overlaid(env, id) ?? env.outside.unit.facts[id] ?? env.state.unit[id] ?? env.state.facts[id]
        : text.each !== undefined
          ? (env) => overlaid(env, id) ?? env.state.facts[partFact(id, env.part)]
          : (env) => overlaid(env, id) ?? env.state.facts[id])
  if (text.fixedAt) {
    const inner = read
    const at = text.fixedAt
    read = (env) => (isFixed(env, at) ? env.state.fixed[key] : undefined) ?? inner(env)
  }
  if (!text.type && !computed)
    compiler.problem([...path, 'type'], 'shape', `要素「${id}」没有 type`, '写明 type, 如 type: money')
  if (text.keptBy !== undefined) {
    partyExists(compiler, text.keptBy, [...path, 'keptBy'])
    if (of !== 'unit')
      compiler.problem(
        [...path, 'keptBy'],
        'reference',
        'keptBy 只用于单位的要素',
        '加上 of: unit; 项目的写 from',
      )
  }
  compiler.facts.set(key, {
    id,
    title: text.title,
    type: text.type ?? inferred(compiler, text),
    of,
    keptBy: text.keptBy,
    from,
    when: text.when ? compileCondition(compiler, text.when, { procedure }, [...path, 'when']) : undefined,
    optional: text.optional ?? false,
    computed: computed !== undefined,
    options: text.options,
    procedure,
    article,
    read,
  })
}

/** Key of a fact that exists once per part (§7). */
export function partFact(id: string, part: string | undefined): string {
  return part === undefined ? id : `${id}#${part}`
}

/** A fixed value holds while the step that fixes it stands; while that is judged or open again the present value does. */
function isFixed(env: Env, step: string): boolean {
  const index = env.policy.stepIndex.get(step)
  if (index === undefined || env.overlay?.step === index) return false
  return env.state.steps[step]?.done ?? false
}

function overlaid(env: Env, id: string): Value | undefined {
  return env.overlay?.facts[id]
}

function compileComputed(
  compiler: Compiler,
  key: string,
  text: FactText,
  procedure: string | undefined,
  path: Path,
): Read | undefined {
  const scope = { procedure }
  const name = (raw: string, at: string): Name | undefined => resolveName(compiler, raw, scope, [...path, at])
  if (text.copy) return name(text.copy, 'copy')?.read
  if (text.difference) {
    const [a, b] = text.difference.map((raw) => name(raw, 'difference'))
    return (env) => {
      const [left, right] = [a?.read(env), b?.read(env)]
      return typeof left === 'number' && typeof right === 'number' ? left - right : undefined
    }
  }
  if (text.ratio) {
    const [a, b] = text.ratio.map((raw) => name(raw, 'ratio'))
    return (env) => {
      const [n, d] = [a?.read(env), b?.read(env)]
      if (typeof n !== 'number' || typeof d !== 'number' || d === 0) return undefined
      return d < 0 ? { n: -n, d: -d } : { n, d }
    }
  }
  const counted = compileCount(compiler, key, text, path)
  if (counted) return counted
  for (const kind of ['sum', 'latest', 'earliest', 'max', 'count'] as const) {
    const source = text[kind]
    if (source === undefined) continue
    const lists = listOf(source).map((raw) => ({
      raw,
      found: raw === 'item' || raw.startsWith('item.') ? undefined : name(raw, kind),
    }))
    return (env) => {
      const values: (Value | undefined)[] = []
      for (const { raw, found } of lists) values.push(...collect(compiler, raw, found, text, env))
      return aggregate(kind, values)
    }
  }
  return undefined
}

/** The fact rules that a step supplies or that belong to the project. */
export function factsOfStep(facts: Iterable<FactRule>, step: string): string[] {
  return [...facts].filter((fact) => fact.from.includes(step)).map((fact) => fact.id)
}
