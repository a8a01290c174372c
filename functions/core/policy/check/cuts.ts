import { addDays } from '../../values/day.ts'
import { parseRatio, type Ratio } from '../../values/ratio.ts'
import type { Scope } from '../compile/compiler.ts'
import { parseValue } from '../document/literal.ts'
import type { Value } from '../state.ts'
import type { Lens, Variable } from './lens.ts'
import { type Assignment, LOOK_DAY, worldOf } from './world.ts'

/**
 * A value at or beside an edge that the policy names. `beside` is reckoned from another variable: that share of it and
 * so many units more; without a share the same value.
 */
export type Cut =
  | { kind: 'value'; value: Value }
  | { kind: 'absent' }
  | { kind: 'beside'; of: string; share?: Ratio; plus: number }

export interface Tested {
  variable: Variable
  test: unknown
  scope: Scope
}

/** The value of a cut; undefined is absent, or not to be reckoned. */
export function valueOfCut(cut: Cut, read: (id: string) => Value | undefined): Value | undefined {
  if (cut.kind === 'value') return cut.value
  if (cut.kind === 'absent') return undefined
  const base = read(cut.of)
  if (cut.plus === 0 && cut.share === undefined) return base
  if (typeof base === 'number')
    return Math.floor((base * (cut.share?.n ?? 1)) / (cut.share?.d ?? 1)) + cut.plus
  if (typeof base === 'string') return DAY.test(base) ? addDays(base, cut.plus) : `${base}·`
  return undefined
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** The values of a variable that the tests tell apart, nearest the edges first. */
export function cutsOf(lens: Lens, variable: Variable, tested: Tested[]): Cut[] {
  const own = tested.filter((one) => one.variable.id === variable.id)
  const candidates = [...besides(lens, own), ...plainCuts(variable, own)]
  const mayMiss = variable.tail.startsWith('previous.') || own.some((one) => isMap(one.test, 'known'))
  if (mayMiss) candidates.push({ kind: 'absent' })
  return distinct(lens, variable, own, candidates)
}

function isMap(test: unknown, key: string): test is Record<string, unknown> {
  return typeof test === 'object' && test !== null && key in test
}

/** Names of other variables that a test reads. */
function referenceOf(test: unknown): { name: string; share?: Ratio; operand?: unknown } | undefined {
  if (typeof test !== 'object' || test === null || Array.isArray(test)) return undefined
  const map = test as Record<string, unknown>
  if (typeof map.same === 'string') return { name: map.same }
  const compared = COMPARISONS.filter((key) => key in map).map((key) => map[key])
  if (typeof map.of === 'string') {
    const share = compared.map((raw) => (typeof raw === 'string' ? parseRatio(raw) : undefined))[0]
    return share && { name: map.of, share }
  }
  if (typeof map.stepsFrom === 'string') return { name: map.stepsFrom, operand: 'steps' }
  const other = compared.find((raw) => isMap(raw, 'fact')) as { fact?: unknown } | undefined
  return typeof other?.fact === 'string' ? { name: other.fact } : undefined
}

const COMPARISONS = ['atLeast', 'moreThan', 'atMost', 'lessThan']

function besides(lens: Lens, own: Tested[]): Cut[] {
  return own.flatMap(({ variable, test, scope }): Cut[] => {
    const reference = referenceOf(test)
    const other = reference && lens.variable(reference.name, scope)
    if (!other || reference.operand || variable.type === 'choice') return []
    const { share } = reference
    return [0, -1, 1].map((plus) => ({ kind: 'beside', of: other.id, share, plus }))
  })
}

/** Every name that a test reads beside its own, as variables. */
export function referencesOf(lens: Lens, { test, scope }: Tested): Variable[] {
  const reference = referenceOf(test)
  const other = reference && lens.variable(reference.name, scope)
  return other ? [other] : []
}

function plainCuts(variable: Variable, own: Tested[]): Cut[] {
  const literals = own.flatMap(({ test }) => literalsOf(test, variable))
  const of = (values: Value[]): Cut[] => values.map((value) => ({ kind: 'value', value }))
  switch (variable.type) {
    case 'boolean':
      return of([true, false])
    case 'choice':
      return variable.options ? of(Object.keys(variable.options)) : of([...literals, '其他'])
    case 'set':
      return of(subsets(literals.flatMap((one) => one as string[])))
    case 'list':
      return of([[{ name: '一项' }], []])
    case 'permit':
      return of([
        { from: addDays(LOOK_DAY, -30), to: addDays(LOOK_DAY, 3_000) },
        { from: '2000-01-01', to: '2000-12-31' },
      ])
    case 'money':
    case 'number':
    case 'year':
      return of(aroundNumbers(literals as number[]))
    case 'ratio':
      return of((literals as Ratio[]).flatMap(aroundRatio))
    case 'day':
      return of((literals as string[]).flatMap((day) => [day, addDays(day, -1), addDays(day, 1)]))
    case 'text':
    case 'period':
    case 'organisation':
    case 'person':
    case 'project':
      return of([...literals, '其他'])
  }
}

/** Each edge and one unit to either side; halves too where the policy itself names fractions. */
function aroundNumbers(edges: number[]): number[] {
  const whole = edges.every(Number.isInteger)
  const around = edges.flatMap((edge) => [edge, edge - 1, edge + 1])
  return whole ? around : around.flatMap((value) => [value, value + 0.5])
}

function aroundRatio({ n, d }: Ratio): Ratio[] {
  return [
    { n, d },
    { n: n * 100 - 1, d: d * 100 },
    { n: n * 100 + 1, d: d * 100 },
  ]
}

/** All subsets while they are few, else none, each alone, all but one, all. */
function subsets(options: string[]): string[][] {
  const unique = [...new Set(options)]
  if (unique.length <= 4)
    return Array.from({ length: 2 ** unique.length }, (_, bits) =>
      unique.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1),
    )
  return [
    [],
    ...unique.map((one) => [one]),
    ...unique.map((one) => unique.filter((other) => other !== one)),
    unique,
  ]
}

function literalsOf(test: unknown, variable: Variable): Value[] {
  const read = (raw: unknown): Value[] => {
    const parsed = parseValue({ type: variable.type, options: variable.options }, raw)
    return parsed.ok ? [parsed.value] : []
  }
  if (typeof test !== 'object' || test === null) return read(test)
  if (Array.isArray(test)) return test.flatMap(read)
  if ('of' in test || 'stepsFrom' in test) return []
  return Object.entries(test).flatMap(([operator, operand]) => {
    if (operator === 'known' || operator === 'valid' || operator === 'empty' || operator === 'same') return []
    if (operator.startsWith('includes')) return read(Array.isArray(operand) ? operand : [operand])
    return Array.isArray(operand) ? operand.flatMap(read) : read(operand)
  })
}

/** Of the values that every test answers alike, the first. */
function distinct(lens: Lens, variable: Variable, own: Tested[], candidates: Cut[]): Cut[] {
  const alone = own.filter(({ test }) => referenceOf(test) === undefined)
  const guards = alone.map(({ test, scope }) =>
    lens.guard({ condition: { [nameIn(variable, scope)]: test }, scope }),
  )
  const seen = new Set<string>()
  return candidates.filter((cut) => {
    if (cut.kind === 'beside') return true
    const assignment: Assignment = cut.kind === 'value' ? new Map([[variable.id, cut.value]]) : new Map()
    const env = worldOf(lens, [variable], assignment)
    const signature = `${cut.kind}:${guards.map((guard) => guard.test(env)).join('')}`
    if (seen.has(signature)) return false
    seen.add(signature)
    return true
  })
}

/** The shortest name that means the variable in a scope. */
function nameIn(variable: Variable, scope: Scope): string {
  if (variable.kind === 'record') return scope.step === variable.step ? variable.tail : variable.id
  if (variable.procedure && variable.kind === 'fact')
    return scope.procedure === variable.procedure ? variable.tail : variable.id
  return variable.id
}
