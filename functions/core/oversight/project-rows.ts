import { type DueReason, owedReason } from '../case/due-ground.ts'
import type { ObligationStanding } from '../case/standing-view.ts'
import { obligationsOf } from '../case/step-standing.ts'
import { trackOf } from '../policy/engine/applies.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { eachPart } from '../policy/engine/read-state.ts'
import { isSettled, stageOf } from '../policy/engine/stage.ts'
import { lookStep } from '../policy/engine/survey.ts'
import { tick } from '../policy/engine/tick.ts'
import type { Env, Outside, Policy } from '../policy/model.ts'
import type { Step } from '../policy/model-step.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import type { Calendar } from '../values/workdays.ts'
import { type Amounts, amountsOf, categoryOf } from './amounts.ts'
import { type PolicyVersion, versionFor } from './log-entry.ts'
import { type ProjectFold, stageOn } from './project-fold.ts'
import { daysIn, entered, passing, type StageSpan } from './stage-spans.ts'
import { outsideFrom, type TenantFold, versionsKnown } from './tenant-fold.ts'

/** A project as superior jurisdictions see it. */
export interface ProjectRow extends Amounts {
  id: string
  title: string
  organisationId: string
  organisation?: string
  category?: string
  categoryTitle?: string
  nature?: string
  track?: string
  year?: number
  stage: string
  settled: boolean
  openedOn: Day
  /** The day it ended, or was settled. */
  endedOn?: Day
  /** How it ended, where an outcome ended it. */
  ended?: string
  /** Hash of the policy version that judges it. */
  policy: string
  version: number
}

/** Something due. Whether it is overdue depends on the day of the question. */
export interface ObligationRow {
  item: string
  step: string
  title: string
  parties: string[]
  dueOn: Day
  provisional: boolean
  /** Why it is due that day, in the words of the policy version that judges the project. */
  reason: DueReason
}

/** A stay with the days that it counts, and whether it is the first of the project in its stage to count. */
export type CountedSpan = StageSpan & { days?: number; first: boolean }

/** All rows of one project. */
export interface ProjectRows {
  project: ProjectRow
  obligations: ObligationRow[]
  spans: CountedSpan[]
  /** Whether time alone can still change the rows. */
  running: boolean
}

/**
 * The rows of a project on a day: a function of what was folded, of what surrounds the project, of the policy versions
 * and of the day, so that it does not matter when or how often they were made before.
 */
export function projectRows(
  fold: ProjectFold,
  tenant: TenantFold,
  versions: readonly PolicyVersion[],
  calendar: Calendar,
  today: Day,
): ProjectRows {
  const day = today > fold.day ? today : fold.day
  const { policy, hash } = versionFor(versionsKnown(versions, tenant), fold.state.version, day)
  const outside = outsideFrom(tenant, fold.organisationId, calendar)
  const state = tick(policy, fold.state, day, outside)
  const env = lookAt(policy, state, outside, day)
  const stage = stageOf(env)
  const spans = spansTo(fold, policy, outside, day, stage)
  const { facts } = state
  const category = categoryOf(policy, state)
  return {
    project: {
      id: fold.id,
      title: fold.title,
      organisationId: fold.organisationId,
      organisation: tenant.organisations[fold.organisationId],
      category: category?.id,
      categoryTitle: category?.title,
      nature: typeof facts.nature === 'string' ? facts.nature : undefined,
      track: trackOf(env),
      year: typeof facts.planYear === 'number' ? facts.planYear : undefined,
      stage,
      settled: isSettled(env),
      openedOn: state.openedOn,
      endedOn: state.ended?.on ?? (stage === 'closed' ? spans.at(-1)!.enteredOn : undefined),
      ended: state.ended?.result,
      policy: hash,
      version: fold.version,
      ...amountsOf(policy, state),
    },
    obligations: obligationRows(policy, state, outside, day),
    spans: countedSpans(spans),
    running: fold.state.ended === undefined,
  }
}

function countedSpans(spans: readonly StageSpan[]): CountedSpan[] {
  const counted = new Set<string>()
  return spans.map((span) => {
    const days = daysIn(span)
    const first = days !== undefined && !counted.has(span.stage)
    if (first) counted.add(span.stage)
    return { ...span, days, first }
  })
}

function spansTo(fold: ProjectFold, policy: Policy, outside: Outside, day: Day, stage: string): StageSpan[] {
  if (fold.state.ended) return fold.spans
  const look = (on: Day): string => stageOn(policy, fold.state, outside, on)
  return entered(passing(fold.spans, fold.day, day, look), stage, day)
}

function obligationRows(policy: Policy, state: CaseState, outside: Outside, day: Day): ObligationRow[] {
  if (state.ended) return []
  const owed: Owed[] = []
  const gather = (env: Env, step: Step, procedure: string | undefined): void => {
    for (const one of obligationsOf(env, lookStep(env, step), procedure))
      if (one.dueOn !== undefined) owed.push({ ...one, dueOn: one.dueOn, reason: owedReason(env, step, one) })
  }
  const env = lookAt(policy, state, outside, day)
  for (const index of policy.main) {
    const step = policy.steps[index]!
    const parts = eachPart(env, step)
    for (const at of parts.length > 0 ? parts : [env]) gather(at, step, undefined)
  }
  for (const instance of state.procedures) {
    const steps = instance.result ? [] : (policy.procedures.get(instance.procedure)?.steps ?? [])
    const within = lookAt(policy, state, outside, day, instance)
    for (const index of steps) gather(within, policy.steps[index]!, instance.id)
  }
  const times = new Map<string, number>()
  return owed.map(({ procedure, part, period, step, title, by, dueOn, provisional = false, reason }) => {
    const base = [procedure, step, part, period].filter(Boolean).join(':')
    const nth = (times.get(base) ?? 0) + 1
    times.set(base, nth)
    return { item: nth > 1 ? `${base}:${nth}` : base, step, title, parties: by, dueOn, provisional, reason }
  })
}

type Owed = ObligationStanding & { dueOn: Day; reason: DueReason }
