import type { ExecuteCommand } from '../command.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Step } from '../model-step.ts'
import { actorFinding } from './actors.ts'
import type { JudgeOptions } from './execute.ts'
import { citing } from './gate.ts'
import { servedPeriod } from './periods.ts'
import { finding } from './say.ts'
import { unknownFacts } from './shown-values.ts'

/** By which way an execution comes, and for which period. */

export function periodFinding(
  env: Env,
  step: Step,
  command: ExecuteCommand,
  into: Finding[],
): string | undefined {
  if (typeof step.repeat !== 'object') return undefined
  const period = servedPeriod(env, step, command.period)
  const from = step.repeat.from === undefined ? undefined : env.policy.steps[step.repeat.from]
  if (!period)
    into.push(
      finding('not-done', step.id, step.repeat.article, {
        waitsFor: from?.title ?? step.title,
        ...(command.period ? { period: command.period } : {}),
      }),
    )
  else if (period.done)
    into.push(finding('already-done', step.id, step.repeat.article, { period: period.id }))
  else if (period.from > env.day)
    into.push(finding('too-early', step.id, step.repeat.article, { from: period.from, waitsFor: step.title }))
  else if (period.bound && period.dueOn < env.day)
    into.push(
      finding('too-late', step.id, step.repeat.article, { dueOn: period.dueOn, period: period.id }, 'note'),
    )
  return period?.id
}

/** Who may act: through a batch, as part of a merge, or the party that the step names. */
export function routeFindings(
  env: Env,
  step: Step,
  command: ExecuteCommand,
  options: JudgeOptions,
  into: Finding[],
): void {
  const merge = env.policy.merges.find((one) => one.steps.includes(step.index) && one.when.test(env) === 1)
  if (
    merge &&
    !options.merged &&
    !merge.steps.some((index) => env.state.steps[env.policy.steps[index]!.id]?.done)
  )
    into.push(finding('through', step.id, merge.article, { through: merge.title, merge: merge.id }))
  for (const way of step.through) {
    const when = way.when ? way.when.test(env) : 1
    if (when === 0) continue
    if (when === 2)
      return void into.push(finding('undetermined', step.id, step.article, unknownFacts(way.when!, env)))
    if (command.through !== undefined && (options.carriedBy ?? way.step) === way.step) return
    const batchStep = env.policy.steps[env.policy.stepIndex.get(way.step) ?? -1]
    if (!options.solo)
      return void into.push(
        finding('through', step.id, step.article, {
          through: batchStep?.title ?? way.step,
          batchStep: way.step,
        }),
      )
    const wrong = batchStep && actorFinding(env, batchStep, command.by)
    if (wrong) into.push({ ...wrong, step: step.id })
    return
  }
  if (options.carriedBy !== undefined) {
    const whens = step.through.flatMap((way) => way.when ?? [])
    const article = citing(
      env,
      step.article,
      whens.flatMap((when) => when.reads),
    )
    const carrier = env.policy.steps[env.policy.stepIndex.get(options.carriedBy) ?? -1]
    const facts: Finding['facts'] = { notThrough: carrier?.title ?? options.carriedBy }
    for (const when of whens) when.show(env, facts)
    return void into.push(finding('through', step.id, article, facts))
  }
  const wrong = actorFinding(env, options.merged ? { ...step, by: merge?.by ?? step.by } : step, command.by)
  if (wrong) into.push(wrong)
}
