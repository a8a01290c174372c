import { compileFacts } from '../compile/compile-facts.ts'
import { type Compiler, listOf, newCompiler, type Scope } from '../compile/compiler.ts'
import { compileCondition } from '../compile/condition.ts'
import { type Name, recordsOf, resolveName, stepText } from '../compile/names.ts'
import type { PolicyDocument } from '../document/document.ts'
import type { FactText, TypeName } from '../document/document-facts.ts'
import type { Env, Guard, Policy, Read } from '../model.ts'
import type { Value } from '../state.ts'
import { atomsOf, type Placed } from './conditions.ts'

export type VariableKind =
  | 'fact'
  | 'computed'
  | 'record'
  | 'decision'
  | 'table'
  | 'track'
  | 'supplied'
  | 'result'
  | 'word'

/** Something that conditions read, under one name wherever it is read from. */
export interface Variable {
  /** `estimate`, `change.newTotal`, `approval.estimate`, `approval.done`, `track`. */
  id: string
  kind: VariableKind
  title: string
  type: TypeName
  options?: Record<string, string>
  /** The step whose record it is, or about which the engine supplies it. */
  step?: string
  /** The procedure whose fact it is. */
  procedure?: string
  /** The name without its owner. */
  tail: string
}

/** What an environment of the checks carries beside the engine's: values of computed facts, taken as free. */
export interface AssignedEnv extends Env {
  assigned: Map<string, Value>
}

/**
 * Looks at a policy as the engine compiles it, with computed facts and parameters set free, so that a check can ask
 * what a condition says for any values.
 */
export class Lens {
  /** The policy with computed facts set free. */
  readonly policy: Policy
  /** The policy as it is. */
  readonly original: Policy
  readonly document: PolicyDocument
  private readonly compiler: Compiler
  private readonly known = new Map<string, Variable | undefined>()
  private readonly readers = new Map<string, Read | undefined>()
  private readonly guards = new WeakMap<object, Guard>()

  constructor(policy: Policy) {
    this.original = policy
    this.document = policy.document
    const compiler = newCompiler(policy.document, [])
    compiler.stepIndex = policy.stepIndex
    compiler.steps = policy.steps
    compileFacts(compiler)
    for (const [key, rule] of compiler.facts)
      if (rule.computed) rule.read = (env) => (env as Partial<AssignedEnv>).assigned?.get(key)
    this.compiler = compiler
    const rows = policy.document.scope.rows.map((row, i) => ({
      ...policy.scope.rows[i]!,
      when: row.when && compileCondition(compiler, row.when, {}, []),
    }))
    this.policy = {
      ...policy,
      facts: compiler.facts,
      tables: compiler.tables,
      scope: { ...policy.scope, rows },
    }
  }

  /** The condition as the engine tests it; its names are known to be good, since the policy compiled. */
  guard({ condition, scope }: Placed): Guard {
    const made = this.guards.get(condition) ?? compileCondition(this.compiler, condition, scope, [])
    this.guards.set(condition, made)
    return made
  }

  /** How the engine reads a record or what it supplies of a step. */
  reader(id: string): Read | undefined {
    if (!this.readers.has(id)) this.readers.set(id, resolveName(this.compiler, id, {}, [])?.read)
    return this.readers.get(id)
  }

  /** What a name in a condition stands for; undefined when it is none. */
  variable(name: string, scope: Scope): Variable | undefined {
    const key = `${scope.step ?? ''}|${scope.procedure ?? ''}|${name}`
    if (!this.known.has(key)) this.known.set(key, this.find(name, scope))
    return this.known.get(key)
  }

  private find(name: string, scope: Scope): Variable | undefined {
    const shape = resolveName(this.compiler, name, scope, [])
    if (!shape) return undefined
    const { document } = this.compiler
    const base = { type: shape.type, options: shape.options, tail: name }
    const own = scope.step === undefined ? undefined : stepText(this.compiler, scope.step)
    if (own && recordsOf(own.text)[name]) return this.record(scope.step!, name, shape)
    if (name === 'track') return { ...base, id: name, kind: 'track', title: '办理路径' }
    const procedure = scope.procedure ?? own?.procedure
    const inner = procedure && document.procedures?.[procedure]?.facts?.[name]
    if (procedure && inner) return { ...base, ...factOf(`${procedure}.${name}`, inner), procedure }
    const fact = document.facts[name]
    if (fact) return { ...base, ...factOf(name, fact) }
    const table = document.tables?.[name]
    if (table) return { ...base, id: name, kind: 'table', title: table.title ?? name }
    const decision = document.decisions?.[name]
    if (decision) return { ...base, id: name, kind: 'decision', title: decision.title }
    const parameter = document.parameters?.[name]
    if (parameter) return { ...base, id: name, kind: 'computed', title: parameter.title }
    if (this.compiler.stepIndex.has(name))
      return { ...base, id: name, kind: 'word', title: this.titleOf(name), step: name }
    return this.dotted(name, shape)
  }

  private dotted(name: string, shape: Name): Variable | undefined {
    const dot = name.indexOf('.')
    const [head, tail] = [name.slice(0, dot), name.slice(dot + 1)]
    const base = { id: name, type: shape.type, options: shape.options, tail }
    if (this.compiler.stepIndex.has(head)) {
      const isRecord = recordsOf(stepText(this.compiler, head)!.text)[tail] && !SUPPLIED.test(tail)
      if (isRecord) return this.record(head, tail, shape)
      return {
        ...base,
        kind: 'supplied',
        title: `${this.titleOf(head)}${this.suppliedWord(head, tail)}`,
        step: head,
      }
    }
    const body = this.document.procedures?.[head]
    if (!body) return undefined
    const fact = body.facts?.[tail]
    return fact
      ? { ...base, ...factOf(name, fact), procedure: head }
      : { ...base, kind: 'result', title: `${body.title}${wordOf(tail)}`, procedure: head }
  }

  private record(step: string, tail: string, shape: Name): Variable {
    const text = recordsOf(stepText(this.compiler, step)!.text)[tail]!
    return {
      id: `${step}.${tail}`,
      kind: 'record',
      title: text.title ?? tail,
      type: shape.type,
      options: shape.options,
      step,
      tail,
    }
  }

  /** What is said of a step beside its records: that it was done, how often it came out so, what was stated the time before. */
  private suppliedWord(step: string, tail: string): string {
    const { text } = stepText(this.compiler, step)!
    const [kind = '', of] = tail.split('.')
    if (of === undefined) return wordOf(tail)
    if (kind === 'previous') return `上一次的${recordsOf(text)[of]?.title ?? of}`
    return `结果为${text.outcomes?.[of]?.title ?? of}的次数`
  }

  private titleOf(step: string): string {
    return this.compiler.steps[this.compiler.stepIndex.get(step)!]!.title
  }

  /** The atoms of conditions, with those of the tables and of the scope that they read through. */
  atoms(conditions: Placed[]): { variable: Variable; test: unknown; scope: Scope }[] {
    const found: { variable: Variable; test: unknown; scope: Scope }[] = []
    const seen = new Set<string>()
    const go = (placed: Placed): void => {
      for (const atom of atomsOf(placed)) {
        const variable = this.variable(atom.name, atom.scope)
        if (!variable) continue
        found.push({ variable, test: atom.test, scope: atom.scope })
        if (seen.has(variable.id)) continue
        seen.add(variable.id)
        if (variable.kind === 'table')
          for (const row of this.document.tables![variable.id]!.rows)
            if (row.when) go({ condition: row.when, scope: {} })
        if (variable.kind === 'track') for (const placed of this.scopeConditions()) go(placed)
      }
    }
    for (const condition of conditions) go(condition)
    return found
  }

  /** What conditions name, not looked through. */
  named(conditions: Placed[]): Variable[] {
    return conditions.flatMap((placed) =>
      atomsOf(placed).flatMap((atom) => this.variable(atom.name, atom.scope) ?? []),
    )
  }

  /** The conditions by which a project gets its track. */
  scopeConditions(): Placed[] {
    return this.document.scope.rows.flatMap((row) => (row.when ? [{ condition: row.when, scope: {} }] : []))
  }

  /** What a fact is computed from, as variables. */
  sources(variable: Variable): Variable[] {
    const text = this.factText(variable)
    if (!text) return []
    const scope = variable.procedure ? { procedure: variable.procedure } : {}
    const names = [text.sum, text.latest, text.earliest, text.max, text.count, text.copy].flatMap((raw) =>
      listOf<string>(raw),
    )
    names.push(...(text.difference ?? []), ...(text.ratio ?? []))
    return names.flatMap((name) =>
      /^(unit|year|item)\b/.test(name) ? [] : (this.variable(name, scope) ?? []),
    )
  }

  /** The conditions under which a fact or a record is asked for. */
  askedWhen(variable: Variable): Placed[] {
    const own = variable.kind === 'fact' ? this.factText(variable)?.when : undefined
    if (own) return [{ condition: own, scope: variable.procedure ? { procedure: variable.procedure } : {} }]
    if (variable.kind !== 'record') return []
    const { text, procedure } = stepText(this.compiler, variable.step!)!
    const all = [text.records, ...Object.values(text.outcomes ?? {}).map((outcome) => outcome.records)]
    return all.flatMap((records) => {
      const condition = records?.[variable.tail]?.when
      return condition ? [{ condition, scope: { step: variable.step, procedure } }] : []
    })
  }

  /** Facts that count over other projects; their values come from outside a case. */
  countedOutside(): string[] {
    return this.original.counts.map((count) => count.id)
  }

  factText(variable: Variable): FactText | undefined {
    return variable.procedure
      ? this.document.procedures?.[variable.procedure]?.facts?.[variable.tail]
      : this.document.facts[variable.id]
  }
}

const SUPPLIED = /^(done|on|outcome|overdue|times|times\..+|previous\..+)$/
const WORDS: Record<string, string> = {
  done: '已办',
  on: '办理日',
  outcome: '的结果',
  overdue: '逾期',
  times: '的次数',
  result: '的结果',
}

function wordOf(tail: string): string {
  return WORDS[tail] ?? `·${tail}`
}

function factOf(id: string, text: FactText): { id: string; kind: VariableKind; title: string; tail: string } {
  const computed = [text.sum, text.latest, text.earliest, text.max, text.count, text.copy]
  const isComputed = computed.some((raw) => raw !== undefined) || text.difference || text.ratio
  const tail = id.slice(id.indexOf('.') + 1)
  return { id, kind: isComputed ? 'computed' : 'fact', title: text.title, tail }
}
