import { lookOpinions } from '../policy/engine/assent.ts'
import { reckonDue } from '../policy/engine/due.ts'
import { materialGaps } from '../policy/engine/inputs.ts'
import { periodsOf } from '../policy/engine/periods.ts'
import { runOf, stepState } from '../policy/engine/read-state.ts'
import { finding } from '../policy/engine/say.ts'
import type { StepLook } from '../policy/engine/survey.ts'
import { lookWindow } from '../policy/engine/window.ts'
import type { Env } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Step } from '../policy/model-step.ts'
import { dueGround, opinionGround } from './due-ground.ts'
import { asked } from './fields.ts'
import { returnOf, sendsBack } from './return-of.ts'
import type { MaterialStanding, ObligationStanding, StepStanding } from './standing-view.ts'

export function stepStanding(env: Env, look: StepLook): StepStanding {
  const { step } = look
  const own = stepState(env, step)
  const run = runOf(env, step)
  const window = look.state === 'excluded' || look.state === 'done' ? undefined : lookWindow(env, step)
  const periods = periodsOf(env, step)
  const opinions = look.state === 'excluded' || look.state === 'done' ? [] : lookOpinions(env, step)
  const confirmed = (own?.confirmations ?? [])
    .filter((one) => one.rev === env.state.rev)
    .map((one) => one.party)
  const early = look.findings.find((one) => one.code === 'too-early' && one.facts.from)
  return {
    id: step.id,
    title: step.title,
    stage: step.stage,
    ...(env.part === undefined ? {} : { part: env.part }),
    state: look.state,
    by: look.actor?.parties ?? [],
    joint: look.actor?.kind === 'all',
    ...(confirmed.length > 0
      ? { awaiting: (look.actor?.parties ?? []).filter((party) => !confirmed.includes(party)) }
      : {}),
    ...(run
      ? {
          outcome: run.outcome,
          executedOn: run.on,
          executedBy: run.by,
          times: own!.runs.filter((one) => !one.undone).length,
        }
      : {}),
    ...(look.dueOn ? { dueOn: look.dueOn, provisional: look.provisional } : {}),
    ...(look.dueOn ? { due: dueGround(env, step, look.dueOn) } : {}),
    overdue: look.overdue,
    pending: look.pending,
    ...(look.reopened ? { reopened: true, returned: returnOf(env, own) } : {}),
    ...(look.demanded ? { demanded: true } : {}),
    ...(step.repeat ? { repeatable: true } : {}),
    ...(window?.from && window.state === 'closed' && env.day < window.from
      ? { opensOn: window.from }
      : early
        ? { opensOn: String(early.facts.from) }
        : {}),
    ...(window?.to && window.state === 'open' ? { closesOn: window.to } : {}),
    outcomes: step.outcomes.map((outcome) => ({
      id: outcome.id,
      title: outcome.title,
      settles: outcome.settles,
      ...(look.state !== 'done' && outcome.when?.test(env) === 0 ? { barred: true as const } : {}),
      ...(sendsBack(outcome) ? { returns: true as const } : {}),
    })),
    materials:
      look.state === 'excluded'
        ? []
        : materialStandings(env, step, look.state === 'done' ? (run?.materials ?? []) : []),
    ...(opinions.length > 0
      ? {
          opinions: opinions.flatMap((one) =>
            one.from.map((from, i) => ({
              from,
              value: one.words[i]!.value,
              aspects: one.words[i]!.aspects,
              awaited: one.awaited.includes(from) && !(own?.round && own.round.openedOn > env.day),
              on: one.rule.on,
              dueOn: one.dueOn,
              due: opinionGround(env, one),
              article: one.rule.article,
            })),
          ),
        }
      : {}),
    ...(step.witness.length > 0 ? { witness: step.witness } : {}),
    ...(step.experts
      ? {
          experts: {
            register: step.experts.text.from,
            optional: step.experts.text.optional ?? false,
            count: step.experts.count?.get(env),
            ...(step.experts.text.drawn ? { drawn: own?.drawn ?? [] } : {}),
            article: step.experts.article,
          },
        }
      : {}),
    ...(periods.length > 0
      ? {
          periods: periods.map(({ id, dueOn, done, bound }) => ({
            id,
            dueOn: bound ? dueOn : undefined,
            done,
            overdue: bound && !done && dueOn < env.day,
          })),
        }
      : {}),
    article: step.article,
    findings: [...look.findings, ...dueNotes(env, look)],
  }
}

/** A due date that cannot be reckoned yet says what is missing (§5). */
function dueNotes(env: Env, { step, pending, dueOn, reopened }: StepLook): Finding[] {
  if (!pending || dueOn !== undefined || reopened || step.dues.length === 0) return []
  const due = reckonDue(env, step)
  if (!due || due.dueOn !== undefined) return []
  const article = step.dues[due.rule]!.article
  if (due.missing && due.missing.size > 0) {
    const facts = Object.fromEntries([...due.missing].map((name) => [name, null]))
    return [finding('undetermined', step.id, article, { due: true, ...facts }, 'note')]
  }
  const waited = (due.waitsFor ?? []).map((id) => env.policy.steps[env.policy.stepIndex.get(id)!]!)
  const facts = {
    due: true,
    waitsFor: waited.map((one) => one.title).join('、'),
    waitsForStep: waited.map((one) => one.id).join(','),
  }
  return waited.length > 0 ? [finding('not-done', step.id, article, facts, 'note')] : []
}

/** Materials of a step on these facts: required, not required, or undetermined with the fact that is missing. */
export function materialStandings(env: Env, step: Step, given: { id: string }[]): MaterialStanding[] {
  const outcome = step.outcomes.length === 1 ? step.outcomes[0] : undefined
  const gaps = new Map(materialGaps(env, step, outcome, given).map((gap) => [gap.rule.id, gap]))
  return [...step.materials, ...(outcome?.materials ?? [])].flatMap((rule) => {
    const when = rule.when ? rule.when.test(env) : 1
    if (when === 0) return []
    const gap = gaps.get(rule.id)
    return [
      {
        id: rule.id,
        title: rule.title,
        required: when === 2 ? 'undetermined' : rule.text.optional ? 'no' : 'yes',
        given:
          gap === undefined &&
          when === 1 &&
          (rule.from !== undefined || given.some((item) => item.id === rule.id)),
        orReason: rule.text.orReason ?? false,
        contents: rule.text.contents,
        ...(rule.when ? { facts: asked(env, rule.when).facts } : {}),
        article: rule.article,
      } as MaterialStanding,
    ]
  })
}

/** A pending step is an obligation when it is open for its party, demanded, or has a due date (§6). */
export function obligationsOf(env: Env, look: StepLook, procedure: string | undefined): ObligationStanding[] {
  const { step } = look
  if (!look.pending || env.state.ended) return []
  const base = {
    step: step.id,
    title: step.title,
    by: look.actor?.parties ?? [],
    article: step.article,
    ...(procedure ? { procedure } : {}),
    ...(env.part === undefined ? {} : { part: env.part }),
  }
  if (step.repeatEach)
    return periodsOf(env, step)
      .filter((period) => !period.done)
      .map((period) => ({
        ...base,
        period: period.id,
        ...(period.bound ? { dueOn: period.dueOn } : {}),
        overdue: period.bound && period.dueOn < env.day,
      }))
  const own = stepState(env, step)
  if (look.demanded)
    return own!.demands.map((demand) => ({
      ...base,
      demand: demand.n,
      ...(demand.dueOn ? { dueOn: demand.dueOn, provisional: demand.provisional } : {}),
      overdue: demand.dueOn !== undefined && demand.dueOn < env.day,
      article: demand.article && demand.article.length > 0 ? demand.article : step.article,
    }))
  if (look.state !== 'open' && look.dueOn === undefined) return []
  return [
    {
      ...base,
      ...(look.dueOn ? { dueOn: look.dueOn, provisional: look.provisional } : {}),
      overdue: look.overdue,
    },
  ]
}
