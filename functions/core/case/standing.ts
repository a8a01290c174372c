import { trackOf } from '../policy/applies.ts'
import { lookOpinions } from '../policy/assent.ts'
import { lookAt } from '../policy/environment.ts'
import { startFindings, unknownFacts } from '../policy/gate.ts'
import { materialGaps } from '../policy/inputs.ts'
import { formatValue } from '../policy/literal.ts'
import type { Env, Finding, Outside, Policy, Step } from '../policy/model.ts'
import { periodsOf } from '../policy/periods.ts'
import { latestInstance, runOf, stepState } from '../policy/read-state.ts'
import { spoken } from '../policy/say.ts'
import { isSettled, stageOf } from '../policy/stage.ts'
import type { CaseState, ProcedureState } from '../policy/state.ts'
import { lookStep, type StepLook } from '../policy/survey.ts'
import { tick } from '../policy/tick.ts'
import { lookWindow } from '../policy/window.ts'
import type { Day } from '../values/day.ts'

export interface MaterialStanding {
  id: string
  title: string
  required: 'yes' | 'no' | 'undetermined'
  given: boolean
  orReason: boolean
  contents?: string[]
  article: string[]
}

export interface StepStanding {
  id: string
  title: string
  stage: string
  state: StepLook['state']
  /** Parties that may act, and how: one, any of them, or all jointly. */
  by: string[]
  joint: boolean
  /** Joint: who has confirmed and who is awaited. */
  awaiting?: string[]
  outcome?: string
  executedOn?: Day
  executedBy?: string[]
  times?: number
  dueOn?: Day
  provisional?: boolean
  overdue: boolean
  pending: boolean
  reopened?: boolean
  demanded?: boolean
  repeatable?: boolean
  opensOn?: Day
  closesOn?: Day
  outcomes: { id: string; title: string; settles: boolean }[]
  materials: MaterialStanding[]
  opinions?: { from: string; value?: string; awaited: boolean; on: string[]; dueOn?: Day }[]
  witness?: string[]
  experts?: { register: string; optional: boolean; count?: number; article: string[] }
  periods?: { id: string; dueOn?: Day; done: boolean; overdue: boolean }[]
  article: string[]
  findings: Finding[]
}

export interface ObligationStanding {
  step: string
  title: string
  by: string[]
  dueOn?: Day
  provisional?: boolean
  overdue: boolean
  /** Instance of a procedure, or a decision to be taken. */
  procedure?: string
  decision?: string
  period?: string
  article: string[]
}

export interface ProcedureStanding {
  id: string
  procedure: string
  title: string
  openedOn: Day
  result?: string
  endedOn?: Day
  facts: Record<string, string | number | boolean>
  steps: StepStanding[]
}

export interface TableStanding {
  id: string
  title: string
  value: string | number | boolean | null
  /** Values still possible while a fact is missing. */
  possible: (string | number | boolean)[]
  article: string[]
}

export interface Standing {
  stage: string
  stageTitle: string
  track?: string
  version?: string
  settled: boolean
  ended?: { result: string; on: Day }
  steps: StepStanding[]
  procedures: ProcedureStanding[]
  obligations: ObligationStanding[]
  tables: TableStanding[]
  decisions: {
    id: string
    title: string
    by: string
    value?: string
    default?: string
    reason?: string
    options: Record<string, string>
    article: string[]
  }[]
  startable: { procedure: string; title: string; article: string[]; findings: Finding[] }[]
  sanctions: { id: string; title: string; on: Day; cause: string; unit: boolean; article: string[] }[]
}

/** The whole standing of a case on a day: every step with its state, party, due date, materials and reasons. */
export function standing(policy: Policy, given: CaseState, outside: Outside, day: Day): Standing {
  const state = tick(policy, given, day, outside)
  const env = lookAt(policy, state, outside, day)
  const steps: StepStanding[] = []
  const obligations: ObligationStanding[] = []
  const own = state.kind === 'batch' ? policy.procedures.get(state.procedure!)!.steps : policy.main
  for (const index of own) {
    const look = lookStep(env, policy.steps[index]!)
    steps.push(stepStanding(env, look))
    obligations.push(...obligationsOf(env, look, undefined))
  }
  const procedures = state.procedures.map((instance) =>
    procedureStanding(policy, state, outside, day, instance, obligations),
  )
  const stage = state.kind === 'batch' ? 'planning' : stageOf(env)
  const decisions = decisionStandings(env, obligations)
  return {
    stage,
    stageTitle: policy.stages.find((one) => one.id === stage)?.title ?? (stage === 'closed' ? '办结' : stage),
    track: trackOf(env),
    version: state.version,
    settled: isSettled(env),
    ended: state.ended && { result: state.ended.result, on: state.ended.on },
    steps,
    procedures,
    obligations: obligations.sort((a, b) => ((a.dueOn ?? '9999') < (b.dueOn ?? '9999') ? -1 : 1)),
    tables: tableStandings(env),
    decisions,
    startable: state.ended ? [] : startable(policy, state, outside, day),
    sanctions: sanctionStandings(env),
  }
}

function procedureStanding(
  policy: Policy,
  state: CaseState,
  outside: Outside,
  day: Day,
  instance: ProcedureState,
  obligations: ObligationStanding[],
): ProcedureStanding {
  const rule = policy.procedures.get(instance.procedure)!
  const env = lookAt(
    policy,
    state,
    outside,
    instance.endedOn && instance.endedOn < day ? instance.endedOn : day,
    instance,
  )
  const facts: ProcedureStanding['facts'] = {}
  for (const id of rule.facts) {
    const fact = policy.facts.get(`${rule.id}.${id}`)!
    const value = fact.read(env)
    if (value !== undefined) facts[id] = formatValue(fact.type, value, fact.options)
  }
  const looks = rule.steps.map((index) => lookStep(env, policy.steps[index]!))
  if (!instance.result) for (const look of looks) obligations.push(...obligationsOf(env, look, instance.id))
  const { id, procedure, openedOn, result, endedOn } = instance
  return {
    id,
    procedure,
    title: rule.title,
    openedOn,
    result,
    endedOn,
    facts,
    steps: looks.map((look) => stepStanding(env, look)),
  }
}

function stepStanding(env: Env, look: StepLook): StepStanding {
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
    overdue: look.overdue,
    pending: look.pending,
    ...(look.reopened ? { reopened: true } : {}),
    ...(look.demanded ? { demanded: true } : {}),
    ...(step.repeat ? { repeatable: true } : {}),
    ...(window?.from && window.state === 'closed' && env.day < window.from
      ? { opensOn: window.from }
      : early
        ? { opensOn: String(early.facts.from) }
        : {}),
    ...(window?.to && window.state === 'open' ? { closesOn: window.to } : {}),
    outcomes: step.outcomes.map(({ id, title, settles }) => ({ id, title, settles })),
    materials:
      look.state === 'excluded'
        ? []
        : materialStandings(env, step, look.state === 'done' ? (run?.materials ?? []) : []),
    ...(opinions.length > 0
      ? {
          opinions: opinions.flatMap((one) =>
            one.from.map((from) => ({
              from,
              value: one.given.find((item) => item.from === from)?.value,
              awaited: one.awaited.includes(from),
              on: one.rule.on,
              dueOn: one.dueOn,
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
            count: step.experts.text.count,
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
    findings: spoken(env.policy, look.findings),
  }
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
        article: rule.article,
      } as MaterialStanding,
    ]
  })
}

/** A pending step is an obligation when it is open for its party, demanded, or has a due date (§6). */
function obligationsOf(env: Env, look: StepLook, procedure: string | undefined): ObligationStanding[] {
  const { step } = look
  if (!look.pending || env.state.ended) return []
  const base = {
    step: step.id,
    title: step.title,
    by: look.actor?.parties ?? [],
    article: step.article,
    ...(procedure ? { procedure } : {}),
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

/** What each decision table gives now; one that reads a procedure's facts is read from its newest run. */
function tableStandings(env: Env): TableStanding[] {
  const newest = env.state.procedures[env.state.procedures.length - 1]
  return [...env.policy.tables.values()].map((table) => {
    const plain = table.look(env)
    const look =
      plain.value === undefined && newest
        ? table.look(lookAt(env.policy, env.state, env.outside, env.day, newest))
        : plain
    const shown = (value: unknown) => value as string | number | boolean
    const article =
      look.value === undefined ? table.article : (table.rows[look.row]?.article ?? table.article)
    return {
      id: table.id,
      title: table.title,
      value: look.value === undefined ? null : shown(look.value),
      possible: look.possible.map(shown),
      article,
    }
  })
}

/** Decisions on these facts; one without a default that is still to be taken is an obligation (§13). */
function decisionStandings(env: Env, obligations: ObligationStanding[]): Standing['decisions'] {
  const list: Standing['decisions'] = []
  for (const rule of env.policy.decisions.values()) {
    if (rule.when?.test(env) === 0) continue
    const taken = env.state.decisions[rule.id]
    const live =
      rule.readers.length === 0 ||
      rule.readers.some((index) => !stepState(env, env.policy.steps[index]!)?.done)
    list.push({
      id: rule.id,
      title: rule.title,
      by: rule.by,
      value: taken?.value,
      default: rule.default,
      reason: taken?.reason,
      options: rule.options,
      article: rule.article,
    })
    const due =
      !taken &&
      rule.default === undefined &&
      live &&
      (rule.when ? rule.when.test(env) === 1 : true) &&
      !env.state.ended
    if (due && rule.readers.some((index) => decides(env, env.policy.steps[index]!, rule.id)))
      obligations.push({
        step: rule.id,
        decision: rule.id,
        title: rule.title,
        by: [rule.by],
        overdue: false,
        article: rule.article,
      })
  }
  return list
}

/** Whether a decision is what a step still waits for. */
function decides(env: Env, step: Step, id: string): boolean {
  const guards = [
    step.when,
    ...step.requires.flatMap((rule) => [rule.that, rule.when]),
    ...step.materials.map((rule) => rule.when),
    ...step.edges.map((edge) => edge.when),
  ]
  if (step.procedure !== undefined && !latestInstance(env, step.procedure)) return false
  return (
    guards.some((guard) => guard?.test(env) === 2 && id in unknownFacts(guard, env)) ||
    (step.by ? id in unknownFacts(step.by, env) : false)
  )
}

function startable(policy: Policy, state: CaseState, outside: Outside, day: Day): Standing['startable'] {
  return [...policy.procedures.values()]
    .filter((rule) => rule.on === 'project')
    .map((rule) => {
      const probe = {
        id: `${rule.id}-probe`,
        procedure: rule.id,
        openedOn: day,
        seq: state.seq,
        facts: {},
        steps: {},
      }
      const env = lookAt(policy, state, outside, day, probe)
      const findings = startFindings(env, rule).filter(
        (one) => one.code !== 'requires' && one.code !== 'undetermined',
      )
      return {
        procedure: rule.id,
        title: rule.title,
        article: rule.article,
        findings: spoken(policy, findings),
      }
    })
}

function sanctionStandings(env: Env): Standing['sanctions'] {
  const list = [
    ...env.state.sanctions.map((one) => ({ ...one, unit: false })),
    ...env.outside.unit.sanctions.map((one) => ({ ...one, unit: true })),
  ]
  return list
    .filter((one) => one.on <= env.day && (one.liftedOn === undefined || one.liftedOn > env.day))
    .map((one) => {
      const rule = env.policy.sanctions.get(one.id)
      return {
        id: one.id,
        title: rule?.title ?? one.id,
        on: one.on,
        cause: one.cause,
        unit: one.unit,
        article: rule?.article ?? [],
      }
    })
}
