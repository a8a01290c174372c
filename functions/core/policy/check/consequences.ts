import { textOf } from '../compile/compile.ts'
import { reopenPath } from '../compile/graph.ts'
import type { Policy } from '../model.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import type { Placed } from './conditions.ts'
import { type Effecting, effectsOf } from './effects.ts'
import { Grid } from './grid.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'
import { ownConditions, trackConditions } from './step-conditions.ts'
import { asFacts, inWords } from './words.ts'

/** What follows from an act must leave a way on: reopened paths, merged steps, sanctions and their remedies. */
export function checkConsequences(lens: Lens): Problem[] {
  return [...reopenedBatchSteps(lens), ...mergesLeaveOpen(lens), ...sanctionsBarRemedy(lens)]
}

/** A path that is reopened must not take along a step that another case, a batch, has done for good. */
function reopenedBatchSteps(lens: Lens): Problem[] {
  const { policy } = lens
  return effectsOf(policy).flatMap(({ step, outcome, effects, path }) =>
    effects.reopens.flatMap((effect) => {
      if (effect.anew) return []
      const swept = reopenPath(policy, step, effect)
        .map((index) => policy.steps[index]!)
        .filter((one) => one.index !== step.index && one.id !== effect.from && one.id !== effect.to)
      return swept.flatMap((one) => {
        if (!one.through.length || !canMeet(lens, one, outcome && whenOf(lens, step, outcome))) return []
        return [
          problemAt('reopens-batch-step', [...path, 'reopens'], {
            message: `「${step.title}」退回「${titleOf(policy, effect.from)}」会一并重办「${one.title}」, 而它由批次(${one.through.map((way) => titleOf(policy, way.step)).join('、')})办理, 批次已经办结`,
            fix: `退回到「${one.title}」之后的环节, 或写 {from: …, to: …} 避开它; 确要重新列入的写 anew: true`,
            article: effect.article,
          }),
        ]
      })
    }),
  )
}

function whenOf(lens: Lens, step: Step, outcome: OutcomeRule): Placed | undefined {
  const when = textOf(lens.document, step).outcomes?.[outcome.id]?.when
  return when && { condition: when, scope: { step: step.id, procedure: step.procedure } }
}

/** Whether the step can be done through its batch in a project in which the condition holds. */
function canMeet(lens: Lens, step: Step, condition: Placed | undefined): boolean {
  const scope = { step: step.id, procedure: step.procedure }
  const ways = [textOf(lens.document, step).through ?? []].flat()
  return ways.some((way) => {
    const when = typeof way === 'string' ? undefined : way.when
    const own = [...ownConditions(lens, step), ...(when ? [{ condition: when, scope }] : [])]
    if (condition) own.push(condition)
    const guards = own.map((placed) => lens.guard(placed))
    return new Grid(lens, [...trackConditions(lens, step), ...own]).some((env) =>
      guards.every((guard) => guard.test(env) === 1),
    )
  })
}

/** Between two merged steps nothing may be left that is owed where the merge holds. */
function mergesLeaveOpen(lens: Lens): Problem[] {
  const { policy } = lens
  return policy.merges.flatMap((merge) => {
    const inside = new Set(merge.steps)
    const between = policy.steps.filter(
      (step) =>
        !inside.has(step.index) &&
        !merge.drops.has(step.index) &&
        step.owed.fixed === 'always' &&
        merge.steps.some((index) => step.beforeSet.has(index)) &&
        merge.steps.some((index) => policy.steps[index]!.beforeSet.has(step.index)),
    )
    return between.flatMap((step) => {
      const own = ownConditions(lens, step)
      const all = [{ condition: lens.document.merges![merge.id]!.when, scope: {} }, ...own]
      const guards = all.map((placed) => lens.guard(placed))
      const grid = new Grid(lens, all)
      const example = grid.find((env) => guards.every((guard) => guard.test(env) === 1))
      if (!example) return []
      return [
        problemAt('merge-leaves-open', ['merges', merge.id, 'steps'], {
          message: `「${merge.title}」合并的环节之间还有「${step.title}」须办理, 合并办理时它仍未办结: ${inWords(grid.variables, example)}`,
          fix: `把 ${step.id} 列入 steps 或 drops, 或使它在合并时不适用`,
          article: merge.article,
          example: { facts: asFacts(grid.variables, example) },
        }),
      ]
    })
  })
}

/** A sanction must not bar every act that would lift it (§12); a demanded step is never barred. */
function sanctionsBarRemedy(lens: Lens): Problem[] {
  const { policy } = lens
  const all = effectsOf(policy)
  return [...policy.sanctions.values()].flatMap((rule) => {
    const text = lens.document.sanctions![rule.id]!
    if (rule.lifted?.by !== undefined || (text.spares === 'own' && rule.on === 'unit')) return []
    const causes = all.filter(({ effects }) => effects.imposes.some((one) => one.sanction === rule.id))
    const remedies = remediesOf(lens, rule.id, all)
    if (remedies === 'facts') return []
    if (remedies.length === 0)
      return [
        problemAt('sanction-never-lifted', ['sanctions', rule.id], {
          severity: 'note',
          message: `「${text.title}」没有写明如何解除`,
          fix: '写 lifted: {by: 责任方} 或 {when: …}, 或在某个结果上写 lifts',
          article: rule.article,
        }),
      ]
    const barred = remedies.filter((remedy) => isRemedyBarred(policy, rule.id, remedy, causes))
    if (barred.length < remedies.length) return []
    const { step } = barred[0]!
    return [
      problemAt('sanction-bars-remedy', ['sanctions', rule.id, 'bars'], {
        message: `「${text.title}」要办「${step.title}」才能解除, 而它正禁止办理「${blockedBy(policy, rule.id, barred[0]!, causes)!.title}」`,
        fix: `不禁止这一环节, 或在引起惩戒的结果上写 demands: ${step.id}(被要求的环节不受惩戒限制), 或写 lifted: {by: 责任方}`,
        article: rule.article,
      }),
    ]
  })
}

interface Remedy {
  step: Step
  outcomes: OutcomeRule[]
}

/** Steps whose execution lifts a sanction, or that facts alone can lift it. */
function remediesOf(lens: Lens, sanction: string, all: Effecting[]): Remedy[] | 'facts' {
  const { policy } = lens
  const remedies: Remedy[] = all.flatMap(({ step, outcome, effects }) =>
    outcome && effects.lifts.some((one) => one.sanction === sanction) ? [{ step, outcomes: [outcome] }] : [],
  )
  const settling = (step: Step): Remedy => ({ step, outcomes: step.outcomes.filter((one) => one.settles) })
  const rule = policy.sanctions.get(sanction)!
  if (rule.lifted?.after !== undefined) remedies.push(settling(policy.steps[rule.lifted.after]!))
  const when = lens.document.sanctions![sanction]!.lifted?.when
  if (!when) return remedies
  const atoms = lens.atoms([{ condition: when, scope: {} }])
  const steps = atoms.flatMap(({ variable }) =>
    variable.step === undefined ? [] : [policy.steps[policy.stepIndex.get(variable.step)!]!],
  )
  return steps.length < atoms.length ? 'facts' : [...remedies, ...steps.map(settling)]
}

function isRemedyBarred(policy: Policy, sanction: string, remedy: Remedy, causes: Effecting[]): boolean {
  if (causes.length > 0 && causes.every(({ effects }) => demands(effects, remedy.step))) return false
  return blockedBy(policy, sanction, remedy, causes) !== undefined
}

function demands(effects: Effecting['effects'], step: Step): boolean {
  return effects.demands.some((demand) => demand.step === step.id)
}

/** The barred step that stands in the way of a remedy: itself, or one that it must come after and that may still be undone. */
function blockedBy(policy: Policy, sanction: string, remedy: Remedy, causes: Effecting[]): Step | undefined {
  const bars = (step: Step, outcomes: OutcomeRule[]) =>
    outcomes.every((outcome) =>
      step.sanctions.some(
        (bar) =>
          bar.id === sanction &&
          !bar.when &&
          (bar.outcome === undefined ? outcome.settles : bar.outcome === outcome.id),
      ),
    )
  if (bars(remedy.step, remedy.outcomes)) return remedy.step
  const done = (step: Step) =>
    causes.length > 0 && causes.every((cause) => cause.step.beforeSet.has(step.index) || cause.step === step)
  return remedy.step.edges
    .filter((edge) => !edge.when)
    .map((edge) => policy.steps[edge.target]!)
    .find(
      (step) =>
        step.owed.fixed === 'always' &&
        !step.when &&
        !done(step) &&
        bars(
          step,
          step.outcomes.filter((one) => one.settles),
        ),
    )
}

function titleOf(policy: Policy, id: string): string {
  return policy.steps[policy.stepIndex.get(id) ?? -1]?.title ?? id
}
