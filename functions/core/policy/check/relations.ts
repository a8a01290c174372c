import { pathOf, textOf } from '../compile/compile.ts'
import { listOf } from '../compile/compiler.ts'
import type { Policy } from '../model.ts'
import type { Step } from '../model-step.ts'
import type { Problem } from '../problem.ts'
import { demandedSteps, type Effecting, effectsOf, outcomePath, reopenedSteps } from './effects.ts'
import type { Lens } from './lens.ts'
import { problemAt } from './report.ts'
import { stepName } from './words.ts'

/** Relations that contradict themselves whatever the facts: `unless`, demands, vetoes, parties. */
export function checkRelations(lens: Lens): Problem[] {
  const { policy } = lens
  const all = effectsOf(policy)
  return [
    ...unlessOnOwed(lens, all),
    ...neverDemanded(policy, all),
    ...vetoesBarAll(lens),
    ...partiesFromOwnRecord(lens),
    ...partsWithoutSource(policy),
  ]
}

/** `unless` looks at what is demanded or reopened; on a step that is simply owed it never holds anything back. */
function unlessOnOwed(lens: Lens, all: Effecting[]): Problem[] {
  const { policy } = lens
  const demanded = demandedSteps(all)
  const reopened = reopenedSteps(policy, all)
  return policy.steps.flatMap((step) =>
    step.unless.flatMap((rule, i) => {
      const other = rule.step === undefined ? undefined : policy.steps[rule.step]!
      if (other?.owed.fixed !== 'always' || demanded.has(other.id) || reopened.has(other.index)) return []
      const list = Array.isArray(textOf(policy.document, step).unless)
      return [
        problemAt('unless-owed', [...pathOf(step), 'unless', ...(list ? [i] : [])], {
          message: `「${step.title}」写了 unless: ${other.id}, 但「${other.title}」是必办环节, 没有规则要求或退回它, unless 从不起作用`,
          fix: `须先办理的写 after: ${other.id}`,
          article: rule.article,
        }),
      ]
    }),
  )
}

/** A step on demand that nothing demands is never done; a due date on it never runs. */
function neverDemanded(policy: Policy, all: Effecting[]): Problem[] {
  const demanded = demandedSteps(all)
  return policy.steps.flatMap((step) => {
    if (step.owed.fixed !== 'on-demand' || demanded.has(step.id)) return []
    const hasDue = step.dues.length > 0
    return [
      problemAt(hasDue ? 'never-demanded' : 'dead-step', [...pathOf(step), hasDue ? 'due' : 'owed'], {
        severity: hasDue ? 'error' : 'warning',
        message: `没有规则要求办理「${step.title}」, 它从不适用${hasDue ? ', 期限和逾期后果也无从起算' : ''}`,
        fix: `在引起它的结果或逾期后果中写 demands: ${step.id}`,
        article: step.article,
      }),
    ]
  })
}

/** A veto leaves the authority an outcome with which to refuse or to return. */
function vetoesBarAll(lens: Lens): Problem[] {
  const { policy } = lens
  return policy.steps.flatMap((step) => {
    if (!textOf(policy.document, step).outcomes) return []
    return [...new Set(step.vetoes.map((bar) => bar.id))].flatMap((id) => {
      const bars = step.vetoes.filter((bar) => bar.id === id)
      const isBarred = (outcome: Step['outcomes'][number]) =>
        bars.some((bar) => (bar.outcome === undefined ? outcome.settles : bar.outcome === outcome.id))
      if (!step.outcomes.every(isBarred)) return []
      return [
        problemAt('veto-bars-all', ['vetoes', id, 'bars'], {
          message: `「${bars[0]!.title}」禁止了「${step.title}」的所有结果(${step.outcomes.map((one) => one.title).join('、')}), 项目停在这里`,
          fix: `只禁止有利的结果, 如 {step: ${step.id}, outcome: ${step.outcomes[0]!.id}}, 并给「${step.title}」一个退回或不予通过的结果`,
          article: bars[0]!.article,
        }),
      ]
    })
  })
}

/** Who holds a party must be known before that party acts. */
function partiesFromOwnRecord(lens: Lens): Problem[] {
  const { policy, document } = lens
  return Object.entries(document.parties).flatMap(([id, party]) => {
    const from = party.held?.from
    if (from === undefined) return []
    return policy.steps.flatMap((step) => {
      if (!step.by?.all.some((rule) => rule.parties.includes(id))) return []
      const variable = lens.variable(from, { step: step.id, procedure: step.procedure })
      const sources = variable?.kind === 'record' ? [variable.step!] : (policy.facts.get(from)?.from ?? [])
      const late = sources.filter((source) => isNotBefore(policy, source, step))
      if (sources.length === 0 || late.length < sources.length) return []
      return [
        problemAt('party-from-own-record', ['parties', id, 'held', 'from'], {
          message: `「${party.name}」由「${from}」确定, 但「${from}」要到${late.map((one) => `「${stepName(lens, one)}」`).join('、')}才记录, 而「${step.title}」正由「${party.name}」办理`,
          fix: '在此之前的环节记录, 或由另一责任方办理',
          article: step.article,
        }),
      ]
    })
  })
}

/** Whether a source is the step itself or comes after it. */
export function isNotBefore(policy: Policy, source: string, step: Step): boolean {
  const index = policy.stepIndex.get(source)
  return index !== undefined && (index === step.index || policy.steps[index]!.beforeSet.has(step.index))
}

/** Steps that exist once per part need a step that makes the parts. */
function partsWithoutSource(policy: Policy): Problem[] {
  const created = new Set(policy.steps.flatMap((step) => step.creates ?? []))
  return policy.steps.flatMap((step) => {
    if (step.each === undefined || created.has(step.each)) return []
    return [
      problemAt('reference', [...pathOf(step), 'each'], {
        message: `没有环节产生分项「${step.each}」`,
        fix: `在产生分项的环节写 creates: ${step.each}`,
      }),
    ]
  })
}

/** A step outside a batch is done through a batch step that carries it, and a batch carries only such steps. */
export function checkBatches(lens: Lens): Problem[] {
  const { policy } = lens
  return [
    ...policy.steps.flatMap((step) =>
      step.through.flatMap((way, i) => throughProblems(policy, step, way.step, i)),
    ),
    ...policy.steps.flatMap((step) =>
      step.outcomes.flatMap((outcome) =>
        outcome.effects.carries ? carriesProblems(policy, step, outcome.id, outcome.effects.carries) : [],
      ),
    ),
  ]
}

function throughProblems(policy: Policy, step: Step, id: string, i: number): Problem[] {
  const list = Array.isArray(textOf(policy.document, step).through)
  const path = [...pathOf(step), 'through', ...(list ? [i] : [])]
  const batch = policy.steps[policy.stepIndex.get(id) ?? -1]
  const said = (message: string, fix: string) => [
    problemAt('through-without-carries', path, { message, fix, article: step.article }),
  ]
  if (!batch)
    return [problemAt('reference', path, { message: `环节「${id}」没有定义`, fix: '写批次程序中的环节' })]
  if (policy.procedures.get(batch.procedure ?? '')?.on !== 'batch')
    return said(
      `「${batch.title}」不是批次程序的环节, 「${step.title}」无从通过它办理`,
      '放进 on: batch 的程序',
    )
  if (!batch.outcomes.some((outcome) => outcome.effects.carries))
    return said(
      `「${step.title}」只能通过「${batch.title}」办理, 但「${batch.title}」没有结果写 carries, 所以永远办不成`,
      `在「${batch.id}」的批准结果上写 carries: {items: ${step.outcomes[0]!.id}}`,
    )
  if (!composedBy(policy, batch.procedure!).includes(step.id))
    return said(
      `「${step.title}」通过「${batch.title}」办理, 但该程序没有环节把它列为内容`,
      `在编制环节写 composes: [${step.id}]`,
    )
  return []
}

function composedBy(policy: Policy, procedure: string): string[] {
  return (policy.procedures.get(procedure)?.steps ?? []).flatMap((index) => policy.steps[index]!.composes)
}

function carriesProblems(
  policy: Policy,
  step: Step,
  outcome: string,
  carries: { items: string; rest?: string },
): Problem[] {
  const path = [...outcomePath(policy, step, outcome), 'carries']
  const said = (message: string, fix: string) => [
    problemAt('carries-without-through', path, { message, fix, article: step.article }),
  ]
  const composed = step.procedure === undefined ? [] : composedBy(policy, step.procedure)
  if (composed.length === 0)
    return said(
      `「${step.title}」写了 carries, 但该程序没有环节写 composes, 没有项目可带`,
      '写 composes: [环节]',
    )
  const targets = composed.flatMap((id) => policy.steps[policy.stepIndex.get(id) ?? -1] ?? [])
  const problems = targets.flatMap((target) =>
    target.through.some((way) => way.step === step.id)
      ? []
      : said(
          `「${step.title}」带动「${target.title}」, 但「${target.title}」没有写 through: ${step.id}, 可以绕过批次单独办理`,
          `在「${target.id}」写 through: ${step.id}`,
        ),
  )
  const has = (target: Step | undefined, id: string) => target?.outcomes.some((one) => one.id === id)
  if (targets.length > 0 && !targets.some((target) => has(target, carries.items)))
    problems.push(
      ...said(`carries 的结果「${carries.items}」不是${targets[0]!.title}的结果`, optionsOf(targets[0]!)),
    )
  if (carries.rest && targets.length > 0 && !has(targets[0], carries.rest))
    problems.push(
      ...said(`carries 的结果「${carries.rest}」不是${targets[0]!.title}的结果`, optionsOf(targets[0]!)),
    )
  return problems
}

function optionsOf(step: Step): string {
  return `可用: ${listOf(step.outcomes.map((one) => one.id)).join('、')}`
}
