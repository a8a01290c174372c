import { type Day, dayOf } from '../../values/day.ts'
import { addSpan, formatSpan } from '../../values/span.ts'
import { pathOf, textOf } from '../compile/compile.ts'
import type { Path } from '../compile/compiler.ts'
import { lookWindow } from '../engine/window.ts'
import type { DueRule, Edge, Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import { pairwise, universeOf } from './classes.ts'
import { valueOfCut } from './cuts.ts'
import { type Effecting, effectsOf } from './effects.ts'
import type { AssignedEnv, Lens, Variable } from './lens.ts'
import { problemAt } from './report.ts'
import { exceeds, leastDays, NOTHING, plus, type Total, totalText } from './spans.ts'
import { appliesIn } from './step-conditions.ts'
import { dueAfterwards, periodicProblems } from './time-orders.ts'
import { asFacts, inWords } from './words.ts'
import { type Assignment, worldOf } from './world.ts'

/**
 * No delay, window and deadline contradict each other (§19). What must come before a step is followed back as far as it
 * is certain: conditions hold, steps apply and are owed. It is looked at in classes that hold every pair of values.
 */
export function checkTimes(lens: Lens): Problem[] {
  const times = new Times(lens)
  return [...times.check(), ...periodicProblems(lens), ...dueAfterwards(lens)]
}

const MOST_WORLDS = 80
const PLAN_YEAR = 2027

class Times {
  private readonly lens: Lens
  private readonly variables: Variable[]
  private readonly found = new Map<string, Problem>()
  private readonly effects: Effecting[]

  constructor(lens: Lens) {
    this.lens = lens
    this.effects = effectsOf(lens.policy)
    this.variables = []
  }

  check(): Problem[] {
    const { policy } = this.lens
    const timed = policy.steps.some((step) => step.dues.length > 0 || step.window)
    const terms = this.effects.some(({ effects }) => effects.demands.some((demand) => demand.within))
    if (!timed && !terms) return []
    for (const assignment of this.classes()) for (const step of policy.steps) this.checkStep(assignment, step)
    return [...this.found.values()]
  }

  /** Classes in which every pair of values occurs. */
  private classes(): Assignment[] {
    const { variables, domains, tracks } = universeOf(this.lens)
    this.variables.push(...variables)
    const cuts = variables.map((variable) => domains.get(variable.id)!)
    const rows = pairwise(cuts.map((list) => list.length)).slice(0, MOST_WORLDS)
    return [...tracks.values()].flatMap((combinations) =>
      rows.map((row, n) => {
        const assignment: Assignment = new Map()
        const into = combinations[n % combinations.length]!
        variables.forEach((variable, i) => {
          const cut = into.get(variable.id) ?? cuts[i]![row[i]!]!
          const value = valueOfCut(cut, (id) => assignment.get(id))
          if (value !== undefined) assignment.set(variable.id, value)
        })
        return assignment
      }),
    )
  }

  private world(assignment: Assignment): AssignedEnv {
    const env = worldOf(this.lens, this.variables, assignment)
    if (this.lens.document.facts.planYear) env.state.facts.planYear = PLAN_YEAR
    return env
  }

  private checkStep(assignment: Assignment, step: Step): void {
    const env = this.world(assignment)
    const isApplying = step.owed.fixed === 'on-demand' || appliesIn(this.lens, env, step) === 1
    if (!isApplying) return
    const index = dueIndex(env, step)
    const rule = index === undefined ? undefined : step.dues[index]!
    if (rule) {
      const list = Array.isArray(textOf(this.lens.document, step).due)
      const path = [...pathOf(step), 'due', ...(list ? [index!] : [])]
      this.note(path, assignment, (at) => this.anchored(at, step, rule), rule.article)
    }
    this.note(
      [...pathOf(step), 'window'],
      assignment,
      (at) => this.inWindow(at, step),
      step.window?.article ?? [],
    )
    for (const { step: source, effects, path } of this.effects)
      for (const demand of effects.demands)
        if (demand.step === step.id && demand.within)
          this.note(
            [...path, 'demands'],
            assignment,
            (at) => this.demanded(at, source, step, demand.within!.get(at)),
            demand.article,
          )
  }

  private note(
    path: Path,
    assignment: Assignment,
    ask: (env: AssignedEnv) => string | undefined,
    article: string[],
  ): void {
    const key = path.join('.')
    if (this.found.has(key) || ask(this.world(assignment)) === undefined) return
    const least = new Map(assignment)
    for (const id of assignment.keys()) {
      const value = least.get(id)!
      least.delete(id)
      if (ask(this.world(least)) === undefined) least.set(id, value)
    }
    const message = ask(this.world(least))!
    this.found.set(
      key,
      problemAt('time-contradiction', path, {
        message: least.size === 0 ? message : `${message}。情形: ${inWords(this.variables, least)}`,
        fix: '放长期限、缩短间隔, 或改变起算的环节',
        article,
        ...(least.size === 0 ? {} : { example: { facts: asFacts(this.variables, least) } }),
      }),
    )
  }

  /** A term from an anchor that is over before the delays since that anchor have run. */
  private anchored(env: AssignedEnv, step: Step, rule: DueRule): string | undefined {
    const term = rule.within?.get(env)
    if (!term || rule.anchors.length === 0) return this.byDay(env, step, rule)
    const late = rule.anchors.flatMap(({ step: index }) => {
      const anchor = this.lens.policy.steps[index]!
      const total = this.since(env, step, anchor, new Map())
      return total && exceeds(total, term) ? [{ anchor, total }] : []
    })
    if (late.length === 0 || (!rule.first && late.length < rule.anchors.length)) return undefined
    const { anchor, total } = late[0]!
    return `「${step.title}」须在「${anchor.title}」之后 ${formatSpan(term)}内办理, 而按 after 的间隔最早要在其后 ${totalText(total)}`
  }

  private demanded(
    env: AssignedEnv,
    source: Step,
    step: Step,
    term: Parameters<typeof exceeds>[1] | undefined,
  ): string | undefined {
    const total = term && this.since(env, step, source, new Map())
    if (!total || !exceeds(total, term)) return undefined
    return `「${source.title}」要求在 ${formatSpan(term)}内办理「${step.title}」, 而按 after 的间隔最早要在其后 ${totalText(total)}`
  }

  /** A fixed day of the plan's year that lies before the step can be reached. */
  private byDay(env: AssignedEnv, step: Step, rule: DueRule): string | undefined {
    const year = rule.year?.(env)
    if (typeof year !== 'number' || !rule.text.by || !/^\d{2}-\d{2}$/.test(rule.text.by)) return undefined
    const due = dayOf(year, Number(rule.text.by.slice(0, 2)), Number(rule.text.by.slice(3)))
    const first = this.earliest(env, step, new Map())
    if (!first || first.day <= due) return undefined
    return `「${step.title}」的期限是 ${due}(以 ${year} 年为例), 而它最早要到 ${first.day} 才能办理(${first.why})`
  }

  private inWindow(env: AssignedEnv, step: Step): string | undefined {
    const bounds = windowOf(env, step)
    const first = bounds && this.beforehand(env, step, new Map())
    if (!first || first.day <= bounds.to) return undefined
    return `「${step.title}」的办理窗口到 ${bounds.to} 为止(以 ${PLAN_YEAR} 年度为例), 而它前面的环节最早要到 ${first.day}(${first.why})`
  }

  /** The first day on which a step of the plan's year can be done; undefined when nothing bounds it. */
  private earliest(env: AssignedEnv, step: Step, seen: Map<number, Bound | undefined>): Bound | undefined {
    if (seen.has(step.index)) return seen.get(step.index)
    seen.set(step.index, undefined)
    const bounds = windowOf(env, step)
    const own: Bound | undefined = bounds && {
      day: bounds.from,
      why: `「${step.title}」的窗口自 ${bounds.from} 起`,
    }
    const first = later(own, this.beforehand(env, step, seen))
    seen.set(step.index, first)
    return first
  }

  private beforehand(env: AssignedEnv, step: Step, seen: Map<number, Bound | undefined>): Bound | undefined {
    let first: Bound | undefined
    for (const { edge, target, certain } of this.certainEdges(env, step)) {
      const before = certain ? this.earliest(env, target, seen) : this.beforehand(env, target, seen)
      const delay = certain ? edge.delay?.get(env) : undefined
      if (before)
        first = later(first, {
          day: delay ? addSpan(before.day, delay, env.outside.calendar).day : before.day,
          why: delay ? `${before.why}, 其后 ${formatSpan(delay)}` : before.why,
        })
    }
    return first
  }

  /** The longest delays that certainly run between an anchor and a step after it. */
  private since(
    env: AssignedEnv,
    step: Step,
    anchor: Step,
    seen: Map<number, Total | undefined>,
  ): Total | undefined {
    if (seen.has(step.index)) return seen.get(step.index)
    seen.set(step.index, undefined)
    let longest: Total | undefined
    for (const { edge, target, certain } of this.certainEdges(env, step)) {
      if (target.index !== anchor.index && !target.beforeSet.has(anchor.index)) continue
      const before =
        target.index === anchor.index
          ? certain
            ? NOTHING
            : undefined
          : this.since(env, target, anchor, seen)
      if (!before) continue
      const total = certain ? plus(before, edge.delay?.get(env)) : before
      if (!longest || leastDays(total) > leastDays(longest)) longest = total
    }
    seen.set(step.index, longest)
    return longest
  }

  /** What a step certainly comes after here; `certain` is false for one that is passed through because it is not done. */
  private certainEdges(env: AssignedEnv, step: Step): { edge: Edge; target: Step; certain: boolean }[] {
    const settling = step.outcomes.filter((outcome) => outcome.settles)
    const edges = [...step.edges, ...(settling.length === 1 ? settling[0]!.edges : [])]
    return edges.flatMap((edge) => {
      if (edge.quantifier || (edge.when && edge.when.test(env) !== 1)) return []
      const target = this.lens.policy.steps[edge.target]!
      const owed = target.owed.fixed ?? target.owed.get(env)
      const value = owed === 'always' ? appliesIn(this.lens, env, target) : 0
      return value === 2 ? [] : [{ edge, target, certain: value === 1 }]
    })
  }
}

interface Bound {
  day: Day
  why: string
}

function later(a: Bound | undefined, b: Bound | undefined): Bound | undefined {
  if (!a || !b) return a ?? b
  return a.day >= b.day ? a : b
}

/** The due rule that applies; undefined when an earlier one is undetermined. */
function dueIndex(env: AssignedEnv, step: Step): number | undefined {
  for (const [i, rule] of step.dues.entries()) {
    const when = rule.when ? rule.when.test(env) : 1
    if (when === 1) return i
    if (when === 2) return undefined
  }
  return undefined
}

/** The window that a step has in the plan's year, where it bars. */
function windowOf(env: AssignedEnv, step: Step): { from: Day; to: Day } | undefined {
  const text = step.window?.text
  if (!text?.for || text.late === 'note' || text.announced) return undefined
  const look = lookWindow(env, step)
  return look?.from && look.to ? { from: look.from, to: look.to } : undefined
}
