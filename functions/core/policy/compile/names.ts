import type { FactText, RecordText } from '../document/document-facts.ts'
import type { StepText } from '../document/document-steps.ts'
import type { TypeShape } from '../document/literal.ts'
import { trackOf } from '../engine/applies.ts'
import { dueDay, isOverdue } from '../engine/due.ts'
import { instanceOf, recordOf, runOf, stepState } from '../engine/read-state.ts'
import type { Env, Read } from '../model.ts'
import type { Compiler, Path, Scope } from './compiler.ts'
import { unknownName } from './compiler.ts'

/** What a name in a condition stands for: its type and how to read it. */
export interface Name extends TypeShape {
  kind: 'value' | 'step'
  ordered?: boolean
  read: Read
  /** The name as a finding reports it. */
  label: string
}

/** The step of the document with that id, wherever it stands. */
export function stepText(compiler: Compiler, id: string): { text: StepText; procedure?: string } | undefined {
  const main = compiler.document.steps[id]
  if (main) return { text: main }
  for (const [procedure, text] of Object.entries(compiler.document.procedures ?? {})) {
    const own = text.steps[id]
    if (own) return { text: own, procedure }
  }
  return undefined
}

/** All records of a step: its own and those of its outcomes. */
export function recordsOf(text: StepText): Record<string, RecordText> {
  const all: Record<string, RecordText> = Object.create(null)
  for (const outcome of Object.values(text.outcomes ?? {})) Object.assign(all, outcome.records ?? {})
  return Object.assign(all, text.records ?? {})
}

/** Resolves a name in its scope (§3): own record, procedure fact, project fact, table, decision, `step.record`. */
export function resolveName(compiler: Compiler, name: string, scope: Scope, path: Path): Name | undefined {
  compiler.used.add(name)
  const found =
    ownRecord(compiler, name, scope) ?? plainName(compiler, name, scope) ?? dottedName(compiler, name)
  if (!found) unknownName(compiler, path, '名称', name, knownNames(compiler, scope))
  return found
}

/** How a name is read that must be a day; anything else is reported. */
export function dayNamed(compiler: Compiler, name: string, scope: Scope, path: Path): Read | undefined {
  const found = resolveName(compiler, name, scope, path)
  if (found && found.type !== 'day')
    compiler.problem(path, 'reference', `「${name}」不是日期`, '写一项 type: day 的要素或记录')
  return found?.read
}

function ownRecord(compiler: Compiler, name: string, scope: Scope): Name | undefined {
  if (!scope.step) return undefined
  const found = stepText(compiler, scope.step)
  const record = found && recordsOf(found.text)[name]
  return record && recordName(compiler, scope.step, name, record)
}

function recordName(compiler: Compiler, step: string, record: string, text: RecordText): Name {
  const index = compiler.stepIndex.get(step)!
  const read: Read = (env) => {
    if (env.overlay?.step === index && record in env.overlay.records) return env.overlay.records[record]
    return recordOf(env, compiler.steps[index]!, record)
  }
  return { kind: 'value', ...shapeOf(text), read, label: `${step}.${record}` }
}

function shapeOf(text: RecordText | FactText): TypeShape & { ordered?: boolean } {
  return { type: text.type ?? 'text', options: text.options, columns: text.columns, ordered: text.ordered }
}

function plainName(compiler: Compiler, name: string, scope: Scope): Name | undefined {
  const { document } = compiler
  if (name === 'track')
    return {
      kind: 'value',
      type: 'choice',
      options: Object.fromEntries(Object.entries(document.tracks).map(([id, track]) => [id, track.title])),
      read: trackOf,
      label: 'track',
    }
  if (name === 'ended' && scope.counted)
    return { kind: 'value', type: 'boolean', read: (env) => env.state.ended !== undefined, label: name }
  const procedure = scope.procedure ?? (scope.step ? stepText(compiler, scope.step)?.procedure : undefined)
  const inner = procedure ? document.procedures?.[procedure]?.facts?.[name] : undefined
  if (inner) return factName(compiler, `${procedure}.${name}`, name, inner)
  const fact = document.facts[name]
  if (fact) return factName(compiler, name, name, fact)
  const table = document.tables?.[name]
  if (table) {
    const values = table.rows.map((row) => row.is)
    const type =
      typeof values[0] === 'boolean' ? 'boolean' : typeof values[0] === 'number' ? 'number' : 'choice'
    const options =
      type === 'choice'
        ? Object.fromEntries(
            values.map((value) => [String(value), table.values?.[String(value)] ?? String(value)]),
          )
        : undefined
    return {
      kind: 'value',
      type,
      options,
      read: (env) => compiler.tables.get(name)!.look(env).value,
      label: name,
    }
  }
  const decision = document.decisions?.[name]
  if (decision)
    return {
      kind: 'value',
      type: 'choice',
      options: decision.options,
      read: (env) => env.state.decisions[name]?.value ?? decision.default,
      label: name,
    }
  const parameter = document.parameters?.[name]
  if (parameter)
    return {
      kind: 'value',
      type: parameter.type,
      read: (env) => compiler.facts.get(name)?.read(env),
      label: name,
    }
  if (compiler.stepIndex.has(name)) {
    const index = compiler.stepIndex.get(name)!
    const read: Read = (env) => stepWord(env, index)
    return {
      kind: 'step',
      type: 'choice',
      options: { done: '已办', 'not-done': '未办', overdue: '逾期' },
      read,
      label: name,
    }
  }
  return undefined

  function stepWord(env: Env, index: number): string {
    const step = compiler.steps[index]!
    if (isOverdue(env, step)) return 'overdue'
    return stepState(env, step)?.done ? 'done' : 'not-done'
  }
}

function factName(compiler: Compiler, key: string, label: string, text: FactText): Name {
  const shape = shapeOf(text)
  if (text.type === undefined) shape.type = inferred(compiler, text)
  return { kind: 'value', ...shape, read: (env) => compiler.facts.get(key)?.read(env), label }
}

/** The type of a computed fact that names none: that of what it is computed from. */
export function inferred(compiler: Compiler, text: FactText): TypeShape['type'] {
  if (text.ratio) return 'ratio'
  if (text.count) return 'number'
  const source = text.copy ?? text.latest ?? text.earliest ?? text.max ?? text.difference?.[0] ?? text.sum
  if (!source) return 'text'
  const name = (Array.isArray(source) ? source[0]! : source).replace(/^(unit|year)\.projects\./, '')
  if (name.startsWith('item.')) return itemRecord(compiler, name.slice(5))?.type ?? 'text'
  // A fact that rests on itself has no type; `refuseCircles` reports it.
  if (compiler.inferring.has(text)) return 'text'
  compiler.inferring.add(text)
  const found = plainOrDotted(compiler, name)?.type ?? 'text'
  compiler.inferring.delete(text)
  return found
}

/** The record of that name of a step that a batch composes: what its items carry. */
function itemRecord(compiler: Compiler, record: string): RecordText | undefined {
  const composed = Object.values(compiler.document.procedures ?? {}).flatMap((procedure) =>
    Object.values(procedure.steps).flatMap((step) => step.composes ?? []),
  )
  for (const id of composed) {
    const found = stepText(compiler, id)
    const text = found && recordsOf(found.text)[record]
    if (text) return text
  }
  return undefined
}

function plainOrDotted(compiler: Compiler, name: string): Name | undefined {
  return plainName(compiler, name, {}) ?? dottedName(compiler, name)
}

function dottedName(compiler: Compiler, name: string): Name | undefined {
  const dot = name.indexOf('.')
  if (dot < 0) return undefined
  const head = name.slice(0, dot)
  const tail = name.slice(dot + 1)
  const found = stepText(compiler, head)
  if (found) {
    const supplied = suppliedName(compiler, head, tail)
    if (supplied) return supplied
    const record = recordsOf(found.text)[tail]
    if (record) return recordName(compiler, head, tail, record)
  }
  const procedure = compiler.document.procedures?.[head]
  const fact = procedure?.facts?.[tail]
  if (fact) {
    const inner = factName(compiler, name, name, fact)
    return {
      ...inner,
      read: (env) => {
        const instance = instanceOf(env, head)
        return instance && compiler.facts.get(name)?.read({ ...env, instance })
      },
    }
  }
  if (procedure && (tail === 'result' || tail === 'running')) {
    const read: Read =
      tail === 'result'
        ? (env) => instanceOf(env, head)?.result
        : (env) => env.state.procedures.some((instance) => instance.procedure === head && !instance.result)
    return { kind: 'value', type: tail === 'result' ? 'text' : 'boolean', read, label: name }
  }
  return undefined
}

/** What the engine supplies for every step (§3). */
function suppliedName(compiler: Compiler, step: string, tail: string): Name | undefined {
  const index = compiler.stepIndex.get(step)!
  const label = `${step}.${tail}`
  const of = () => compiler.steps[index]!
  const text = stepText(compiler, step)!.text
  const named = (type: TypeShape['type'], read: Read, options?: Record<string, string>): Name => ({
    kind: 'value',
    type,
    options,
    read,
    label,
  })
  if (tail === 'done') return named('boolean', (env) => stepState(env, of())?.done ?? false)
  if (tail === 'on') return named('day', (env) => runOf(env, of())?.on)
  if (tail === 'dueOn') return named('day', (env) => dueDay(env, of())?.dueOn)
  if (tail === 'times') return named('number', (env) => countRuns(env, index))
  if (tail.startsWith('times.') && text.outcomes && Object.hasOwn(text.outcomes, tail.slice(6)))
    return named('number', (env) => countRuns(env, index, tail.slice(6)))
  if (tail === 'overdue') return named('boolean', (env) => isOverdue(env, of()))
  if (tail === 'outcome') {
    const options = Object.fromEntries(
      Object.keys(text.outcomes ?? { done: {} }).map((id) => [id, text.outcomes?.[id]?.title ?? id]),
    )
    return named('choice', (env) => runOf(env, of())?.outcome, options)
  }
  if (tail.startsWith('previous.')) {
    const record = recordsOf(text)[tail.slice(9)]
    if (!record) return undefined
    return {
      ...named(record.type, (env) => {
        const runs = (stepState(env, of())?.runs ?? []).filter((run) => !run.undone)
        return runs[runs.length - (env.overlay?.step === index ? 1 : 2)]?.records[tail.slice(9)]
      }),
      options: record.options,
    }
  }
  return undefined

  function countRuns(env: Env, at: number, outcome?: string): number {
    const runs = stepState(env, compiler.steps[at]!)?.runs ?? []
    return runs.filter((run) => !run.undone && (outcome === undefined || run.outcome === outcome)).length
  }
}

/** Names that could have been meant, for the suggestion. */
export function knownNames(compiler: Compiler, scope: Scope): string[] {
  const { document } = compiler
  const names = ['track', ...Object.keys(document.facts), ...Object.keys(document.tables ?? {})]
  names.push(...Object.keys(document.decisions ?? {}), ...Object.keys(document.parameters ?? {}))
  if (scope.step) names.push(...Object.keys(recordsOf(stepText(compiler, scope.step)!.text)))
  const procedure = scope.procedure ?? (scope.step ? stepText(compiler, scope.step)?.procedure : undefined)
  if (procedure) names.push(...Object.keys(document.procedures?.[procedure]?.facts ?? {}))
  for (const id of compiler.stepIndex.keys()) {
    names.push(`${id}.done`, `${id}.outcome`, `${id}.on`, `${id}.times`, `${id}.overdue`, `${id}.dueOn`)
    for (const record of Object.keys(recordsOf(stepText(compiler, id)!.text))) names.push(`${id}.${record}`)
  }
  return names
}
