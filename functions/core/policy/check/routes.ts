import { textOf } from '../compile/compile.ts'
import { governs } from '../engine/applies.ts'
import type { Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import type { Placed } from './conditions.ts'
import { Grid, givenByScope } from './grid.ts'
import { type Blocking, blockingConditions } from './guards.ts'
import { sourcesOf } from './known.ts'
import type { AssignedEnv, Lens, Variable } from './lens.ts'
import { citedAt, problemAt } from './report.ts'
import { appliesIn, conditionsOfStep, ownConditions } from './step-conditions.ts'
import { asFacts, inWords, stepName } from './words.ts'
import type { Assignment } from './world.ts'

/**
 * A rule that reads a record of a step must not be asked on a route that never executes that step (§19): there it stays
 * undetermined for good. A guard that is decided by something else on that route is fine.
 */
export function checkRoutes(lens: Lens): Problem[] {
  const given = givenByScope(lens)
  const found = new Map<string, { problem: Problem; steps: Set<string> }>()
  for (const blocking of blockingConditions(lens)) {
    if (blocking.step.owed.fixed === 'never') continue
    const sources = sourcesOf(lens, blocking).filter(({ steps }) => !steps.includes(blocking.step.id))
    if (sources.length === 0) continue
    const result = new RouteCheck(lens, blocking, sources, given).run()
    if (!result) continue
    const known = found.get(result.variable)
    if (known) known.steps.add(blocking.step.title)
    else found.set(result.variable, { problem: result.problem, steps: new Set([blocking.step.title]) })
  }
  return [...found.values()].map(({ problem, steps }) => {
    const others = [...steps].slice(1).map((title) => `「${title}」`)
    return others.length === 0
      ? problem
      : { ...problem, message: `${problem.message}; ${others.join('、')}也看它` }
  })
}

type Source = { variable: Variable; steps: string[] }

class RouteCheck {
  private readonly lens: Lens
  private readonly blocking: Blocking
  private readonly sources: Source[]
  private readonly grid: Grid

  constructor(lens: Lens, blocking: Blocking, sources: Source[], given: Assignment) {
    this.lens = lens
    this.blocking = blocking
    this.sources = sources
    const steps = sources.flatMap((source) => source.steps.map((id) => this.step(id)))
    const around = [blocking.step, ...steps].flatMap((step) => conditionsOfStep(lens, step))
    const records = steps.flatMap((step) => this.recordConditions(step))
    this.grid = new Grid(lens, [blocking, ...blocking.around, ...around, ...records], given)
  }

  /** What is never known, with the problem that it makes. */
  run(): { variable: string; problem: Problem } | undefined {
    const { lens, blocking, grid } = this
    const example = grid.find((env, assignment) => this.unreached(env, assignment) !== undefined)
    if (!example) return undefined
    const source = this.unreached(grid.world(example), example)!
    const steps = source.steps.map((id) => `「${stepName(lens, id)}」`).join('、')
    const problem = problemAt('unreached-record', [...blocking.path], {
      message: `「${blocking.step.title}」${blocking.what}要看「${source.variable.title}」(${source.variable.id}), 但有的项目不办${steps}, 永远无从知道: ${inWords(grid.variables, example)}`,
      fix: '在条件中加上办理该环节的前提, 使不办它的项目另有结论',
      article: citedAt(lens.document, blocking.path),
      example: { facts: asFacts(grid.variables, example) },
    })
    return { variable: source.variable.id, problem }
  }

  /** The source that this project never gets to know and that leaves the guard undetermined for it. */
  private unreached(env: AssignedEnv, assignment: Assignment): Source | undefined {
    const { lens, blocking, grid } = this
    const unknown = this.sources.filter(
      ({ variable, steps }) => !steps.some((id) => this.makesKnown(env, this.step(id), variable)),
    )
    if (unknown.length === 0) return undefined
    const left = new Map(assignment)
    for (const { variable } of unknown) left.delete(variable.id)
    const without = grid.world(left)
    if (!blocking.before && appliesIn(lens, without, blocking.step) !== 1) return undefined
    if (blocking.before && !this.restHolds(without)) return undefined
    if (blocking.around.some((placed) => lens.guard(placed).test(without) !== 1)) return undefined
    if (lens.guard(blocking).test(without) !== 2) return undefined
    return (
      unknown.find(({ variable }) => {
        const value = assignment.get(variable.id)
        const one = value === undefined ? left : new Map([...left, [variable.id, value]])
        return lens.guard(blocking).test(grid.world(one)) !== 2
      }) ?? unknown[0]
    )
  }

  /** Everything else that the step applies by. */
  private restHolds(env: AssignedEnv): boolean {
    const { lens, blocking } = this
    if (blocking.step.procedure === undefined && governs(env, blocking.step) !== 1) return false
    return ownConditions(lens, blocking.step)
      .filter((placed) => placed.condition !== blocking.condition)
      .every((placed) => lens.guard(placed).test(env) === 1)
  }

  private step(id: string): Step {
    return this.lens.policy.steps[this.lens.policy.stepIndex.get(id)!]!
  }

  private recordConditions(step: Step): Placed[] {
    const ids = new Set(this.sources.map((source) => source.variable.tail))
    const text = textOf(this.lens.document, step)
    const records = [text.records, ...Object.values(text.outcomes ?? {}).map((outcome) => outcome.records)]
    return records.flatMap((all) =>
      Object.entries(all ?? {}).flatMap(([id, record]) =>
        ids.has(id) && record.when
          ? [{ condition: record.when, scope: { step: step.id, procedure: step.procedure } }]
          : [],
      ),
    )
  }

  /** Whether the step may be executed on this route, and may then record the variable. */
  private makesKnown(env: AssignedEnv, step: Step, variable: Variable): boolean {
    const { lens } = this
    const owed = step.owed.fixed ?? step.owed.get(env)
    if ((owed ?? 'always') !== 'always' || appliesIn(lens, env, step) === 0) return false
    if (variable.kind !== 'record') return true
    const scope = { step: step.id, procedure: step.procedure }
    const text = textOf(lens.document, step)
    const asked = (records: typeof text.records) => {
      const record = records?.[variable.tail]
      if (!record || record.optional) return false
      return !record.when || lens.guard({ condition: record.when, scope }).test(env) !== 0
    }
    if (asked(text.records)) return true
    const settling = step.outcomes.filter((outcome) => outcome.settles)
    return settling.length > 0 && settling.every((outcome) => asked(text.outcomes?.[outcome.id]?.records))
  }
}
