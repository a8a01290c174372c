import type { Policy } from '../model.ts'
import type { Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import { demandedSteps, effectsOf } from './effects.ts'
import { type Blocking, blockingConditions } from './guards.ts'
import type { Lens, Variable } from './lens.ts'
import { isNotBefore } from './relations.ts'
import { citedAt, problemAt } from './report.ts'
import { stepName } from './words.ts'

/**
 * A rule reads only what is known in time (§2): not what a step records that comes after the guarded one, and not what
 * the guarded step itself records when that decides whether it applies.
 */
export function checkKnown(lens: Lens): Problem[] {
  const waiting = demandersOf(lens.policy)
  const seen = new Set<string>()
  return blockingConditions(lens).flatMap((blocking) =>
    sourcesOf(lens, blocking).flatMap(({ variable, steps }) => {
      const late = steps.filter((source) => isTooLate(lens.policy, source, blocking, waiting))
      const key = `${blocking.path.join('.')}|${variable.id}`
      if (late.length < steps.length || seen.has(key)) return []
      seen.add(key)
      const from = late.map((one) => `「${stepName(lens, one)}」`).join('、')
      const own = late.includes(blocking.step.id)
      return [
        problemAt('known-too-late', [...blocking.path], {
          message: `「${blocking.step.title}」${blocking.what}要看「${variable.title}」(${variable.id}), 而它要到${from}办理时才知道${own ? '' : `, ${from}又在「${blocking.step.title}」之后`}`,
          fix: '改看在此之前已知的要素或记录, 或改变环节的先后',
          article: citedAt(lens.document, blocking.path),
        }),
      ]
    }),
  )
}

/** What a condition reads that only steps make known, with those steps. */
export function sourcesOf(lens: Lens, blocking: Blocking): { variable: Variable; steps: string[] }[] {
  const found = new Map<string, { variable: Variable; steps: string[] }>()
  const add = (variable: Variable, depth: number): void => {
    const steps = madeKnownBy(lens, variable)
    if (steps.length > 0) found.set(variable.id, { variable, steps })
    if (variable.kind === 'computed' && depth < 5 && !isCounted(lens, variable))
      for (const source of lens.sources(variable)) add(source, depth + 1)
  }
  for (const { variable, test } of lens.atoms([blocking])) if (!onlyAsksIfKnown(test)) add(variable, 0)
  return [...found.values()]
}

/** A sum or a count of nothing is zero, so it is always known. */
function isCounted(lens: Lens, variable: Variable): boolean {
  const text = lens.factText(variable)
  return text?.sum !== undefined || text?.count !== undefined
}

function onlyAsksIfKnown(test: unknown): boolean {
  return typeof test === 'object' && test !== null && Object.keys(test).every((key) => key === 'known')
}

/** The steps whose execution makes a variable known; none for what is declared or always known. */
function madeKnownBy(lens: Lens, variable: Variable): string[] {
  if (variable.kind === 'record') return [variable.step!]
  if (variable.kind === 'supplied')
    return variable.tail === 'outcome' || variable.tail === 'on' ? [variable.step!] : []
  if (variable.kind !== 'fact') return []
  const rule = lens.policy.facts.get(variable.id)
  return (rule?.from ?? []).filter((id) => lens.policy.stepIndex.has(id))
}

/** For each step on demand, the steps whose outcomes demand it. */
function demandersOf(policy: Policy): Map<string, Step[]> {
  const all = effectsOf(policy)
  return new Map(
    [...demandedSteps(all)].map((id) => [
      id,
      all
        .filter(({ effects }) => effects.demands.some((demand) => demand.step === id))
        .map(({ step }) => step),
    ]),
  )
}

function isTooLate(
  policy: Policy,
  source: string,
  { step, before }: Blocking,
  waiting: Map<string, Step[]>,
): boolean {
  if (source === step.id) return before
  if (isNotBefore(policy, source, step)) return true
  const rule = policy.steps[policy.stepIndex.get(source)!]!
  const demanders = waiting.get(source) ?? []
  const isDemanded = rule.owed.fixed === 'on-demand' && demanders.length > 0
  return isDemanded && demanders.every((one) => one === step || one.beforeSet.has(step.index))
}
