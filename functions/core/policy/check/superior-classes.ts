import { pathOf } from '../compile/compile.ts'
import type { Problem } from '../problem.ts'
import type { Value } from '../state.ts'
import type { Placed } from './conditions.ts'
import { type Cut, valueOfCut } from './cuts.ts'
import { Grid, isGoverned, strideOf } from './grid.ts'
import type { AssignedEnv, Lens, Variable } from './lens.ts'
import { appliesIn, conditionsOfStep } from './step-conditions.ts'
import { type Report, stepOf } from './superior.ts'
import { asFacts, inWords } from './words.ts'
import type { Assignment } from './world.ts'
import { worldOf } from './world.ts'

/** Beyond so many combinations the edges of both policies are looked at in strides. */
const MOST = 8_000

/** Both policies looked at with the same values: those that the edges of either tell apart. */
class Joint {
  readonly variables: Variable[]
  private readonly domains: Cut[][]
  private readonly sides: [lens: Lens, variables: Variable[]][]

  constructor(a: Lens, b: Lens, forA: Placed[], forB: Placed[]) {
    const grids = [new Grid(a, forA), new Grid(b, forB)]
    const domains = new Map<string, Cut[]>()
    const variables = new Map<string, Variable>()
    for (const grid of grids)
      grid.variables.forEach((variable, i) => {
        const known = domains.get(variable.id) ?? []
        const seen = new Set(known.map((cut) => JSON.stringify(cut)))
        domains.set(variable.id, [
          ...known,
          ...grid.domains[i]!.filter((cut) => !seen.has(JSON.stringify(cut))),
        ])
        variables.set(variable.id, variables.get(variable.id) ?? variable)
      })
    this.variables = [...variables.values()]
    this.domains = this.variables.map((variable) => domains.get(variable.id)!)
    this.sides = [
      [a, grids[0]!.variables],
      [b, grids[1]!.variables],
    ]
  }

  *assignments(): Generator<Assignment> {
    const size = this.domains.reduce((product, domain) => product * domain.length, 1)
    const stride = size <= MOST ? 1 : strideOf(size)
    for (let n = 0, index = 0; n < Math.min(size, MOST); n += 1, index = (index + stride) % size) {
      const assignment: Assignment = new Map()
      let rest = index
      this.variables.forEach((variable, i) => {
        const domain = this.domains[i]!
        const value = valueOfCut(domain[rest % domain.length]!, (id) => assignment.get(id))
        rest = Math.floor(rest / domain.length)
        if (value !== undefined) assignment.set(variable.id, value)
      })
      yield assignment
    }
  }

  worlds(assignment: Assignment): [AssignedEnv, AssignedEnv] {
    const [a, b] = this.sides.map(([lens, variables]) => worldOf(lens, variables, assignment))
    return [a!, b!]
  }

  /** The first combination for which the test holds, without what does not matter to it. */
  find(test: (a: AssignedEnv, b: AssignedEnv) => boolean): Assignment | undefined {
    for (const assignment of this.assignments()) {
      if (!test(...this.worlds(assignment))) continue
      const least = new Map(assignment)
      for (const [id, value] of assignment) {
        least.delete(id)
        if (!test(...this.worlds(least))) least.set(id, value)
      }
      return least
    }
    return undefined
  }
}

/** Projects that the superior policy governs and this one does not. */
export function smallerScope(report: Report, lens: Lens, superior: Lens): Problem[] {
  const joint = new Joint(superior, lens, superior.scopeConditions(), lens.scopeConditions())
  const example = joint.find((up, down) => isGoverned(superior, up) && isOutside(lens, down))
  if (!example) return []
  return [
    report(
      ['scope'],
      lens.policy.scope.article,
      superior.policy.scope.article,
      `这类项目不适用本办法: ${inWords(joint.variables, example)}`,
      '使上级适用的项目都适用, 或写 note 说明另有规定',
      { facts: asFacts(joint.variables, example) },
    ),
  ]
}

/** Projects that both govern, that must do a step under the superior policy and need not here. */
export function smallerClasses(report: Report, lens: Lens, superior: Lens): Problem[] {
  return superior.policy.main.flatMap((index) => {
    const above = superior.policy.steps[index]!
    const own = stepOf(lens, above.id)
    if (!own || own.procedure || above.owed.fixed !== 'always' || own.owed.fixed !== 'always') return []
    const joint = new Joint(
      superior,
      lens,
      [...superior.scopeConditions(), ...conditionsOfStep(superior, above)],
      [...lens.scopeConditions(), ...conditionsOfStep(lens, own)],
    )
    const example = joint.find(
      (up, down) =>
        isGoverned(superior, up) &&
        isGoverned(lens, down) &&
        appliesIn(superior, up, above) === 1 &&
        appliesIn(lens, down, own) === 0,
    )
    if (!example) return []
    return [
      report(
        [...pathOf(own), 'when'],
        own.article,
        above.article,
        `这类项目不办「${own.title}」: ${inWords(joint.variables, example)}`,
        '放宽 when, 使上级要求的项目都办',
        { facts: asFacts(joint.variables, example) },
      ),
    ]
  })
}

/** Whether the scope certainly puts the project where nothing is to be done. */
function isOutside(lens: Lens, env: AssignedEnv): boolean {
  const { rows } = lens.policy.scope
  const values = rows.map((row) => (row.when ? row.when.test(env) : 1))
  const hit = values.findIndex((value) => value !== 0)
  return hit >= 0 && values[hit] === 1 && lens.policy.only.get(rows[hit]!.track)?.size === 0
}

/** Tables of the same name that give a laxer way for the same case. */
export function widerTables(report: Report, lens: Lens, superior: Lens): Problem[] {
  return Object.keys(superior.document.tables ?? {}).flatMap((id) => {
    const [above, own] = [superior.policy.tables.get(id)!, lens.policy.tables.get(id)]
    if (!own) return []
    const valuesAbove = new Set(above.rows.map((row) => row.is))
    if (!own.rows.some((row) => valuesAbove.has(row.is))) return []
    const rows = (one: Lens): Placed[] =>
      one.document.tables![id]!.rows.flatMap((row) => (row.when ? [{ condition: row.when, scope: {} }] : []))
    const joint = new Joint(superior, lens, rows(superior), rows(lens))
    const seen = new Set<string>()
    const problems: Problem[] = []
    for (const assignment of joint.assignments()) {
      const [up, down] = joint.worlds(assignment)
      const [a, b] = [above.look(up), own.look(down)]
      if (a.value === undefined || b.value === undefined || a.value === b.value) continue
      const key = `${a.value}→${b.value}`
      if (seen.has(key) || !valuesAbove.has(b.value) || !isLaxer(superior, id, a.value, b.value)) continue
      seen.add(key)
      const example = joint.find(
        (one, two) => above.look(one).value === a.value && own.look(two).value === b.value,
      )!
      problems.push(
        report(
          ['tables', id, 'rows', b.row],
          own.rows[b.row]!.article,
          above.rows[a.row]!.article,
          `「${own.title}」对 ${inWords(joint.variables, example)} 取「${b.value}」, 上级取「${a.value}」`,
          '使界限不宽于上级',
          { facts: asFacts(joint.variables, example) },
        ),
      )
    }
    return problems
  })
}

/** Whether the superior policy asks for something under one value of a table that it does not ask for under the other. */
function isLaxer(superior: Lens, table: string, strict: Value, lax: Value): boolean {
  const [more, less] = [askedUnder(superior, table, strict), askedUnder(superior, table, lax)]
  const readers = askedUnder(superior, table, undefined)
  return readers.size === 0 || [...more].some((id) => !less.has(id))
}

/** Steps and outcomes whose condition reads the table: all, or those that may hold with a value of it. */
function askedUnder(lens: Lens, table: string, value: Value | undefined): Set<string> {
  const found = new Set<string>()
  const consider = (id: string, condition: Record<string, unknown> | undefined): void => {
    const test = condition?.[table]
    if (test === undefined) return
    if (value === undefined || meets(test, value)) found.add(id)
  }
  const steps = [
    lens.document.steps,
    ...Object.values(lens.document.procedures ?? {}).map((one) => one.steps),
  ]
  for (const [id, text] of steps.flatMap((one) => Object.entries(one))) {
    consider(id, text.when)
    for (const [outcome, body] of Object.entries(text.outcomes ?? {})) consider(`${id}.${outcome}`, body.when)
  }
  return found
}

function meets(test: unknown, value: Value): boolean {
  if (typeof test !== 'object' || test === null) return test === value
  if ('in' in test && Array.isArray(test.in)) return test.in.includes(value)
  if ('not' in test) return Array.isArray(test.not) ? !test.not.includes(value) : test.not !== value
  return true
}
