import { trackOf } from '../engine/applies.ts'
import { conditionsOf, type Placed } from './conditions.ts'
import { type Cut, cutsOf, type Tested } from './cuts.ts'
import { Grid, givenByScope, isGoverned, strideOf } from './grid.ts'
import type { Lens, Variable } from './lens.ts'

/** A class of projects: for each variable that some rule of the policy looks at, the side of its edges it lies on. */
export type FactClass = Map<string, Cut>

export interface Universe {
  variables: Variable[]
  /** The values of each variable that any rule of the policy tells apart. */
  domains: Map<string, Cut[]>
  /** The governed combinations of what the scope looks at, by the track that they give. */
  tracks: Map<string, FactClass[]>
}

const MOST_COMBINATIONS = 24

/** All that rules look at, with the values that matter, and the ways into the policy. The order is fixed; nothing is drawn. */
export function universeOf(lens: Lens): Universe {
  const { variables, domains } = domainsOf(lens)
  return { variables, domains, tracks: tracksOf(lens, domains) }
}

const SETTABLE = new Set<Variable['kind']>(['fact', 'record', 'decision'])

/**
 * All that can be given a value, with the values that matter. A record that only its own step reads is no class of
 * projects: whoever executes the step states what it asks for.
 */
function domainsOf(lens: Lens): { variables: Variable[]; domains: Map<string, Cut[]> } {
  const tested: Tested[] = lens.atoms(conditionsOf(lens.document))
  const derived = new Map<string, Cut[]>()
  const variables = new Map<string, Variable>()
  const outside = new Set(lens.countedOutside())
  for (let i = 0; i < tested.length; i += 1) {
    const one = tested[i]!
    if (one.variable.kind === 'computed' && i < 5_000)
      tested.push(...throughComputed(lens, one, derived, variables))
  }
  for (const { variable } of tested)
    if (SETTABLE.has(variable.kind) || isOutcome(variable) || outside.has(variable.id))
      variables.set(variable.id, variable)
  for (const rule of lens.policy.decisions.values())
    variables.set(rule.id, variables.get(rule.id) ?? decisionVariable(rule))
  const domains = new Map<string, Cut[]>()
  for (const variable of variables.values()) {
    const cuts = [...(derived.get(variable.id) ?? []), ...cutsOf(lens, variable, tested)]
    const once = [...new Map(cuts.map((cut) => [JSON.stringify(cut), cut])).values()]
    domains.set(variable.id, once.length > 0 ? once : optionsOf(variable))
  }
  const elsewhere = new Set(
    tested.flatMap(({ variable, scope }) => (scope.step === variable.step ? [] : variable.id)),
  )
  const kept = [...variables.values()].filter(
    ({ id, kind }) =>
      domains.get(id)!.length > 0 && (kind !== 'record' || elsewhere.has(id) || derived.has(id)),
  )
  return { variables: kept, domains }
}

/** Values with which a condition holds, the fewest that do; none when there are no such values. */
export function meeting(lens: Lens, placed: Placed): FactClass {
  const guard = lens.guard(placed)
  const found = new Grid(lens, [placed]).find((env) => guard.test(env) === 1) ?? new Map()
  return new Map([...found].map(([id, value]): [string, Cut] => [id, { kind: 'value', value }]))
}

/** Which outcome a step takes may be looked at like a fact. */
export function isOutcome(variable: Variable): boolean {
  return variable.kind === 'supplied' && variable.tail === 'outcome'
}

function decisionVariable(rule: { id: string; title: string; options: Record<string, string> }): Variable {
  return {
    id: rule.id,
    kind: 'decision',
    title: rule.title,
    type: 'choice',
    options: rule.options,
    tail: rule.id,
  }
}

function optionsOf(variable: Variable): Cut[] {
  return Object.keys(variable.options ?? {}).map((value) => ({ kind: 'value', value }))
}

/** A test of a computed fact tells apart values of what it is computed from. */
function throughComputed(
  lens: Lens,
  { variable, test, scope }: Tested,
  derived: Map<string, Cut[]>,
  variables: Map<string, Variable>,
): Tested[] {
  const text = lens.factText(variable)
  const sources = lens.sources(variable)
  if (!text) return []
  const [first, second] = sources
  if ((text.difference || text.ratio) && first && second) {
    const cuts = derived.get(second.id) ?? []
    const target = text.difference ? second : first
    const base = text.difference ? first : second
    for (const cut of cutsOf(lens, variable, [{ variable, test, scope }])) {
      if (cut.kind !== 'value') continue
      const share =
        typeof cut.value === 'object' && 'd' in cut.value
          ? { n: Number(cut.value.n), d: Number(cut.value.d) }
          : undefined
      cuts.push({ kind: 'beside', of: base.id, share, plus: typeof cut.value === 'number' ? -cut.value : 0 })
    }
    derived.set(target.id, cuts)
    if (SETTABLE.has(target.kind)) variables.set(target.id, target)
    return []
  }
  return sources.map((source) => ({ variable: source, test, scope }))
}

function tracksOf(lens: Lens, domains: Map<string, Cut[]>): Map<string, FactClass[]> {
  const tested = lens.atoms(conditionsOf(lens.document))
  const grid = new Grid(lens, lens.scopeConditions(), givenByScope(lens), tested)
  const tracks = new Map<string, FactClass[]>()
  for (const assignment of grid.assignments()) {
    const env = grid.world(assignment)
    const track = isGoverned(lens, env) ? trackOf(env) : undefined
    if (track === undefined) continue
    const entries = [...assignment].filter(([id]) => domains.has(id))
    const one: FactClass = new Map(entries.map(([id, value]) => [id, { kind: 'value', value }]))
    tracks.set(track, [...(tracks.get(track) ?? []), one])
  }
  for (const [track, all] of tracks)
    if (all.length > MOST_COMBINATIONS)
      tracks.set(
        track,
        Array.from({ length: MOST_COMBINATIONS }, (_, i) => all[(i * strideOf(all.length)) % all.length]!),
      )
  return tracks
}

/**
 * Rows of value indexes in which every pair of values of any two columns occurs, made greedily: each row takes, column by
 * column, the value that has most pairs still open with those already taken. The first row is all first values.
 */
export function pairwise(sizes: number[]): number[][] {
  const open = new Set<string>()
  const key = (i: number, a: number, j: number, b: number) => `${i}.${a}-${j}.${b}`
  for (let i = 0; i < sizes.length; i += 1)
    for (let j = i + 1; j < sizes.length; j += 1)
      for (let a = 0; a < sizes[i]!; a += 1) for (let b = 0; b < sizes[j]!; b += 1) open.add(key(i, a, j, b))
  const rows: number[][] = []
  const take = (row: number[]): void => {
    rows.push(row)
    row.forEach((a, i) => row.slice(i + 1).forEach((b, k) => open.delete(key(i, a, i + 1 + k, b))))
  }
  take(sizes.map(() => 0))
  while (open.size > 0 && rows.length < 1_000) take(nextRow(sizes, open, key, rows.length))
  if (sizes.length === 1) for (let a = 1; a < sizes[0]!; a += 1) rows.push([a])
  return rows
}

function nextRow(
  sizes: number[],
  open: Set<string>,
  key: (i: number, a: number, j: number, b: number) => string,
  turn: number,
): number[] {
  const row: number[] = sizes.map(() => -1)
  const [first] = open
  const [left, right] = first!.split('-').map((one) => one.split('.').map(Number))
  row[left![0]!] = left![1]!
  row[right![0]!] = right![1]!
  sizes.forEach((size, column) => {
    if (row[column]! >= 0) return
    let best = 0
    let most = -1
    for (let n = 0; n < size; n += 1) {
      const value = (n + turn) % size
      let gain = 0
      row.forEach((other, at) => {
        if (other < 0 || at === column) return
        const pair = at < column ? key(at, other, column, value) : key(column, value, at, other)
        if (open.has(pair)) gain += 1
      })
      if (gain > most) [best, most] = [value, gain]
    }
    row[column] = best
  })
  return row
}
