import type { Step } from '../model-step.ts'
import { pathOf } from './compile.ts'
import type { Compiler } from './compiler.ts'

/**
 * Closes the graph of all `after`: what is before each step and what comes after it; then which outcomes settle
 * (one that reopens its own step does not). Reports a cycle with its steps (§1, §19).
 */
export function connect(compiler: Compiler): void {
  const { steps } = compiler
  const mark = new Int8Array(steps.length)
  const trail: number[] = []
  const visit = (index: number): Set<number> => {
    const step = steps[index]!
    if (mark[index] === 2) return step.beforeSet
    if (mark[index] === 1) {
      const cycle = [...trail.slice(trail.indexOf(index)), index].map((i) => steps[i]!.id)
      compiler.problem(
        [...pathOf(step), 'after'],
        'cycle',
        `环节互为前提: ${cycle.reverse().join(' → ')}`,
        '去掉其中一个 after',
      )
      return step.beforeSet
    }
    mark[index] = 1
    trail.push(index)
    for (const edge of step.allEdges) {
      if (edge.target !== index) for (const before of visit(edge.target)) step.beforeSet.add(before)
      else
        compiler.problem(
          [...pathOf(step), 'after'],
          'cycle',
          `环节「${step.id}」以自己为前提`,
          '去掉这个 after',
        )
      step.beforeSet.add(edge.target)
    }
    trail.pop()
    mark[index] = 2
    return step.beforeSet
  }
  for (const step of steps) visit(step.index)
  for (const step of steps) {
    step.before = [...step.beforeSet].sort((a, b) => a - b)
    for (const index of step.before) steps[index]!.successors.push(step.index)
  }
  for (const step of steps)
    for (const edge of step.allEdges) edge.both = union(step.article, steps[edge.target]!.article)
  for (const step of steps)
    step.conditional = [step, ...step.before.map((index) => steps[index]!)].flatMap((one) =>
      one.allEdges.filter((edge) => edge.when),
    )
  for (const step of steps)
    for (const outcome of step.outcomes)
      if (outcome.effects.reopens.some((effect) => reopenPath(compiler, step, effect).includes(step.index)))
        outcome.settles = false
  for (const step of steps)
    step.passable = step.allEdges.filter(
      (edge) =>
        edge.ofOutcome === undefined || step.outcomes.some((one) => one.id === edge.ofOutcome && one.settles),
    )
}

/** Steps between the ends of a reopening, both included: `from x` means up to the step itself when x is before it (§4). */
export function reopenPath(
  graph: { steps: Step[]; stepIndex: Map<string, number> },
  step: Step,
  effect: { from: string; to?: string },
): number[] {
  const from = graph.stepIndex.get(effect.from)
  if (from === undefined) return []
  const to =
    effect.to === undefined
      ? step.beforeSet.has(from)
        ? step.index
        : from
      : (graph.stepIndex.get(effect.to) ?? from)
  const end = graph.steps[to]!
  return graph.steps
    .filter(
      (one) =>
        one.index === from || one.index === to || (one.beforeSet.has(from) && end.beforeSet.has(one.index)),
    )
    .map((one) => one.index)
}

/** Both lists without repetition; the same array when one holds the other. */
export function union(a: string[], b: string[]): string[] {
  return b.every((item) => a.includes(item)) ? a : [...new Set([...a, ...b])]
}
