import { pathOf } from '../compile/compile.ts'
import type { Tri } from '../model.ts'
import type { Problem } from '../problem.ts'
import { type Placed, type TableAt, tablesOf } from './conditions.ts'
import { Grid, isGoverned } from './grid.ts'
import type { AssignedEnv, Lens } from './lens.ts'
import { citedAt, problemAt, type Saying } from './report.ts'
import { asFacts, inWords } from './words.ts'
import type { Assignment } from './world.ts'

/**
 * Tables are total and disjoint (§2): every combination of the values that their own conditions tell apart is tried.
 * A table in a step is asked only where the step applies, and none where the scope puts the project outside.
 */
export function checkTables(lens: Lens): Problem[] {
  return tablesOf(lens.document).flatMap((table) => new TableCheck(lens, table).run())
}

/** So many combinations are looked up in the surroundings of a table before it is taken as asked for none of them. */
const TRIES = 300

class TableCheck {
  private readonly lens: Lens
  private readonly table: TableAt
  private readonly grid: Grid
  private readonly rows: ((env: AssignedEnv) => Tri)[]
  private readonly problems: Problem[] = []
  private readonly name: string
  private tries = 0

  constructor(lens: Lens, table: TableAt) {
    this.lens = lens
    this.table = table
    const { scope } = table
    const conditions = table.rows.flatMap((row) => (row.when ? [{ condition: row.when, scope }] : []))
    this.grid = new Grid(lens, conditions)
    this.rows = table.rows.map((row) =>
      row.when ? lens.guard({ condition: row.when, scope }).test : () => 1 as Tri,
    )
    this.name = nameOf(lens, table)
  }

  run(): Problem[] {
    const hits = this.rows.map(() => 0)
    const seen = new Set<string>()
    for (const assignment of this.grid.assignments()) {
      const env = this.grid.world(assignment)
      const values = this.rows.map((row) => row(env))
      const first = values.findIndex((value) => value !== 0)
      values.forEach((value, i) => {
        if (value === 1 && (i === first || this.table.hit === 'unique')) hits[i]! += 1
      })
      if (first < 0 && !seen.has('gap') && this.isAsked(assignment)) {
        seen.add('gap')
        this.gap(assignment)
      }
      if (this.table.hit === 'unique') this.overlaps(values, assignment, seen)
    }
    if (this.grid.complete) this.shadowed(hits)
    return this.problems
  }

  private gap(assignment: Assignment): void {
    const least = this.grid.smallest(assignment, (env) => this.rows.every((row) => row(env) === 0))
    this.report('table-gap', this.table.path, least, {
      message: `「${this.name}」没有一行适用于: ${inWords(this.grid.variables, least)}`,
      fix: '补一行写明这种情形, 或在最后加 {else: true, …}',
    })
  }

  private overlaps(values: Tri[], assignment: Assignment, seen: Set<string>): void {
    const hit = values.flatMap((value, i) => (value === 1 && this.table.rows[i]!.when ? [i] : []))
    for (const [at, i] of hit.entries())
      for (const j of hit.slice(at + 1)) {
        if (seen.has(`${i}-${j}`) || !this.isAsked(assignment)) continue
        seen.add(`${i}-${j}`)
        const least = this.grid.smallest(assignment, (env) =>
          [i, j].every((row) => this.rows[row]!(env) === 1),
        )
        const same = JSON.stringify(this.table.rows[i]!.is) === JSON.stringify(this.table.rows[j]!.is)
        this.report('table-overlap', [...this.table.path, 'rows', j], least, {
          severity: same ? 'warning' : 'error',
          message: `「${this.name}」的第 ${i + 1} 行和第 ${j + 1} 行都适用于: ${inWords(this.grid.variables, least)}${same ? '(结果相同)' : ''}`,
          fix: '使两行互不重叠(本数只归一边), 或写 hit: first 取靠前的一行',
        })
      }
  }

  private shadowed(hits: number[]): void {
    hits.forEach((count, i) => {
      if (count > 0) return
      const path = [...this.table.path, 'rows', i]
      const before = this.table.hit === 'first' && i > 0
      if (this.table.rows[i]!.when === undefined)
        this.report('table-shadowed', path, undefined, {
          severity: 'note',
          message: `「${this.name}」的 else 一行取不到: 前面各行已包含所有情形`,
          fix: '可以删去',
        })
      else
        this.report('table-shadowed', path, undefined, {
          message: `「${this.name}」的第 ${i + 1} 行取不到: ${before ? '前面各行已包含它的所有情形' : '条件不可能成立'}`,
          fix: before ? '移到包含它的一行之前, 或删去' : '改正条件, 或删去这一行',
        })
    })
  }

  private report(code: string, path: Problem['path'], example: Assignment | undefined, said: Saying): void {
    const facts = example && asFacts(this.grid.variables, example)
    const article = citedAt(this.lens.document, path)
    this.problems.push(problemAt(code, path, { ...said, article, example: facts && { facts } }))
  }

  /** Whether some project that the policy governs can come to look at the table with these values. */
  private isAsked(assignment: Assignment): boolean {
    if (this.table.path[0] === 'scope') return true
    this.tries += 1
    if (this.tries > TRIES) return false
    const guards = whereAsked(this.lens, this.table)
    const tests = guards.map((placed) => this.lens.guard(placed))
    const around = new Grid(this.lens, [...guards, ...this.lens.scopeConditions()], assignment)
    return around.some((env) => tests.every((test) => test.test(env) === 1) && isGoverned(this.lens, env))
  }
}

/** Conditions under which anything looks at a table: those of its step and of the rules that it stands in. */
function whereAsked(lens: Lens, table: TableAt): Placed[] {
  const { step } = table.scope
  if (step === undefined) return []
  const rule = lens.policy.steps[lens.policy.stepIndex.get(step)!]!
  const stage = lens.document.stages[rule.stage]
  const guards: Placed[] = stage?.when ? [{ condition: stage.when, scope: {} }] : []
  let node: unknown = lens.document
  for (const [depth, key] of table.path.entries()) {
    node = (node as Record<string | number, unknown>)[key]
    const when = (node as { when?: Placed['condition'] }).when
    if (depth >= pathOf(rule).length - 1 && when) guards.push({ condition: when, scope: table.scope })
  }
  return guards
}

function nameOf(lens: Lens, table: TableAt): string {
  if (table.id) return lens.document.tables![table.id]!.title ?? table.id
  if (table.path[0] === 'scope') return '适用范围'
  const step = lens.policy.steps[lens.policy.stepIndex.get(table.scope.step ?? '') ?? -1]
  if (!step) return table.path.join('.')
  return `${step.title}·${table.path
    .slice(pathOf(step).length)
    .filter((key) => key !== 'table')
    .join('.')}`
}
