import type { Value } from '../state.ts'
import { conditionsOf, type Placed } from './conditions.ts'
import { type Cut, cutsOf, referencesOf, type Tested, valueOfCut } from './cuts.ts'
import type { AssignedEnv, Lens, Variable } from './lens.ts'
import { type Assignment, worldOf } from './world.ts'

/** Beyond so many combinations a grid is walked in strides: most is seen, and no longer everything. */
const MOST = 20_000

/** Every combination of the values that some conditions tell apart. */
export class Grid {
  readonly variables: Variable[]
  readonly domains: Cut[][]
  /** Whether all combinations are walked, so that what is not found is not there. */
  readonly complete: boolean
  private readonly lens: Lens
  private readonly size: number

  /** `fixed` variables have one value; `tested` may widen what tells values apart. */
  constructor(lens: Lens, conditions: Placed[], fixed: Assignment = new Map(), tested?: Tested[]) {
    this.lens = lens
    const own = lens.atoms(conditions)
    const variables = baseVariables(lens, own)
    const telling = tested ?? own
    const domains = new Map(
      variables.map((variable) => {
        const value = fixed.get(variable.id)
        return [
          variable.id,
          value === undefined ? domainOf(lens, variable, telling) : [{ kind: 'value', value } as Cut],
        ]
      }),
    )
    this.variables = inOrder(variables, domains)
    this.domains = this.variables.map((variable) => domains.get(variable.id)!)
    this.size = this.domains.reduce((product, domain) => product * domain.length, 1)
    this.complete = this.size <= MOST
  }

  /** The combinations, the first values of each variable first. */
  *assignments(): Generator<Assignment> {
    const count = Math.min(this.size, MOST)
    const stride = this.complete ? 1 : strideOf(this.size)
    let index = 0
    for (let n = 0; n < count; n += 1) {
      yield this.at(index)
      index = (index + stride) % this.size
    }
  }

  private at(index: number): Assignment {
    const assignment: Assignment = new Map()
    let rest = index
    this.variables.forEach((variable, i) => {
      const domain = this.domains[i]!
      const value = valueOfCut(domain[rest % domain.length]!, (id) => assignment.get(id))
      rest = Math.floor(rest / domain.length)
      if (value !== undefined) assignment.set(variable.id, value)
    })
    return assignment
  }

  world(assignment: Assignment): AssignedEnv {
    return worldOf(this.lens, this.variables, assignment)
  }

  /** Whether the test holds for any combination. */
  some(test: (env: AssignedEnv) => boolean): boolean {
    for (const assignment of this.assignments()) if (test(this.world(assignment))) return true
    return false
  }

  /** The first combination for which the test holds, without what does not matter to it. */
  find(test: (env: AssignedEnv, assignment: Assignment) => boolean): Assignment | undefined {
    for (const assignment of this.assignments())
      if (test(this.world(assignment), assignment)) return this.smallest(assignment, test)
    return undefined
  }

  /** The assignment without the values that do not matter to the test. */
  smallest(assignment: Assignment, test: (env: AssignedEnv, assignment: Assignment) => boolean): Assignment {
    const least = new Map(assignment)
    for (const variable of [...this.variables].reverse()) {
      const value = least.get(variable.id)
      if (value === undefined) continue
      least.delete(variable.id)
      if (!test(this.world(least), least)) least.set(variable.id, value)
    }
    return new Map([...assignment].filter(([id]) => least.has(id)))
  }
}

/** The variables that can be given a value; tables and the track follow from those. */
function baseVariables(lens: Lens, tested: Tested[]): Variable[] {
  const found = new Map<string, Variable>()
  for (const one of tested)
    for (const variable of [one.variable, ...referencesOf(lens, one)])
      if (variable.kind !== 'table' && variable.kind !== 'track') found.set(variable.id, variable)
  return [...found.values()]
}

/** The cuts of a variable; one that is only measured against has a round value. */
export function domainOf(lens: Lens, variable: Variable, tested: Tested[]): Cut[] {
  const cuts = cutsOf(lens, variable, tested)
  if (cuts.length > 0) return cuts
  return [{ kind: 'value', value: ROUND[variable.type] ?? '其他' }]
}

const ROUND: Partial<Record<Variable['type'], number | string>> = {
  money: 100_000_000,
  number: 100,
  year: 2027,
  day: '2026-07-01',
}

/** Variables reckoned from others come after them. */
function inOrder(variables: Variable[], domains: Map<string, Cut[]>): Variable[] {
  const placed: Variable[] = []
  const done = new Set<string>()
  const place = (variable: Variable, trail: string[]): void => {
    if (done.has(variable.id) || trail.includes(variable.id)) return
    for (const cut of domains.get(variable.id)!) {
      const base = cut.kind === 'beside' && variables.find((one) => one.id === cut.of)
      if (base) place(base, [...trail, variable.id])
    }
    done.add(variable.id)
    placed.push(variable)
  }
  for (const variable of variables) place(variable, [])
  return placed
}

/**
 * Values that every governed project has: with any other the scope puts the project outside. Checks that are about
 * steps need not vary these.
 */
export function givenByScope(lens: Lens): Assignment {
  const tested = lens.atoms(conditionsOf(lens.document))
  const grid = new Grid(lens, lens.scopeConditions(), new Map(), tested)
  const values = new Map<string, Set<Value | undefined>>(grid.variables.map((one) => [one.id, new Set()]))
  for (const assignment of grid.assignments())
    if (isGoverned(lens, grid.world(assignment)))
      for (const variable of grid.variables) values.get(variable.id)!.add(assignment.get(variable.id))
  const given: Assignment = new Map()
  for (const [id, all] of values) {
    const [only] = all
    if (all.size === 1 && only !== undefined) given.set(id, only)
  }
  return given
}

/** Whether the scope gives the project a track on which something is to be done. */
export function isGoverned(lens: Lens, env: AssignedEnv): boolean {
  const row = lens.policy.scope.rows.find((one) => (one.when ? one.when.test(env) : 1) === 1)
  return row !== undefined && lens.policy.only.get(row.track)?.size !== 0
}

/** A stride that visits every residue: near the golden section of the size and without common divisor. */
export function strideOf(size: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))
  let stride = Math.max(1, Math.round(size * 0.6180339887))
  while (gcd(stride, size) !== 1) stride += 1
  return stride
}
