import { formatValue } from '../policy/document/literal.ts'
import { trackOf } from '../policy/engine/applies.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { eachPart, latestInstance, stepState } from '../policy/engine/read-state.ts'
import { spoken } from '../policy/engine/say.ts'
import { unknownFacts } from '../policy/engine/shown-values.ts'
import { isSettled, stageOf } from '../policy/engine/stage.ts'
import { startFindings } from '../policy/engine/start.ts'
import { lookStep, type StepLook } from '../policy/engine/survey.ts'
import { tick } from '../policy/engine/tick.ts'
import type { Env, Outside, Policy } from '../policy/model.ts'
import type { Step } from '../policy/model-step.ts'
import type { CaseState, ProcedureState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { briefStanding } from './brief-standing.ts'
import { owedGround } from './due-ground.ts'
import type {
  ObligationStanding,
  Outline,
  ProcedureStanding,
  Standing,
  StepStanding,
  TableStanding,
} from './standing-view.ts'
import { obligationsOf, stepStanding } from './step-standing.ts'

/**
 * What lists and to-dos are made from: every step with its state, party, due date and reasons as data, without the
 * sentences, tables and startable procedures that only a reader of the case wants.
 */
export function outline(policy: Policy, given: CaseState, outside: Outside, day: Day): Outline {
  return outlineIn(lookAt(policy, tick(policy, given, day, outside), outside, day))
}

/** The outline of a look that is already there, at a state with all that follows from missed days. */
export function outlineIn(env: Env): Outline {
  return seenIn(env, true)
}

/** Brief leaves out what only a reader wants: materials, outcomes, the steps of procedures that have ended. */
function seenIn(env: Env, brief: boolean): Outline {
  const { policy, state, outside, day } = env
  const steps: StepStanding[] = []
  const obligations: ObligationStanding[] = []
  const own = state.kind === 'batch' ? policy.procedures.get(state.procedure!)!.steps : policy.main
  for (const index of own) {
    const step = policy.steps[index]!
    const parts = step.each === undefined ? [] : eachPart(env, step)
    for (const at of parts.length > 0 ? parts : [env]) {
      const look = lookStep(at, step, brief)
      steps.push(seenStep(at, look, brief))
      if (look.pending) obligations.push(...owedIn(at, look, undefined, brief))
    }
  }
  const procedures = state.procedures.map((instance) =>
    procedureStanding(policy, state, outside, day, instance, obligations, brief),
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
    decisions,
    sanctions: sanctionStandings(env),
  }
}

/** The whole standing of a case on a day: every step with its state, party, due date, materials and reasons. */
export function standing(policy: Policy, given: CaseState, outside: Outside, day: Day): Standing {
  const state = tick(policy, given, day, outside)
  const seen = seenIn(lookAt(policy, state, outside, day), false)
  for (const step of [...seen.steps, ...seen.procedures.flatMap((one) => one.steps)])
    step.findings = spoken(policy, step.findings)
  return {
    ...seen,
    tables: tableStandings(lookAt(policy, state, outside, day)),
    startable: state.ended ? [] : startable(policy, state, outside, day),
  }
}

function procedureStanding(
  policy: Policy,
  state: CaseState,
  outside: Outside,
  day: Day,
  instance: ProcedureState,
  obligations: ObligationStanding[],
  brief: boolean,
): ProcedureStanding {
  const rule = policy.procedures.get(instance.procedure)!
  const { id, procedure, openedOn, result, endedOn } = instance
  if (brief && result)
    return { id, procedure, title: rule.title, openedOn, result, endedOn, facts: {}, steps: [] }
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
  const looks = rule.steps.map((index) => lookStep(env, policy.steps[index]!, brief))
  if (!result) for (const look of looks) obligations.push(...owedIn(env, look, instance.id, brief))
  return {
    id,
    procedure,
    title: rule.title,
    openedOn,
    result,
    endedOn,
    facts,
    steps: looks.map((look) => seenStep(env, look, brief)),
  }
}

/** What is owed of a step; whoever reads the case is told why each due day is that day. */
function owedIn(
  env: Env,
  look: StepLook,
  procedure: string | undefined,
  brief: boolean,
): ObligationStanding[] {
  const owed = obligationsOf(env, look, procedure)
  return brief ? owed : owed.map((one) => ({ ...one, due: owedGround(env, look.step, one) }))
}

function seenStep(env: Env, look: StepLook, brief: boolean): StepStanding {
  return brief ? briefStanding(env, look) : stepStanding(env, look)
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
      ...(table.titles[String(look.value)] ? { valueTitle: table.titles[String(look.value)] } : {}),
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
      default: rule.default ?? rule.defaultOf?.(env),
      reason: taken?.reason,
      options: rule.options,
      article: rule.article,
    })
    const due =
      !taken &&
      (rule.default ?? rule.defaultOf?.(env)) === undefined &&
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

export function startable(
  policy: Policy,
  state: CaseState,
  outside: Outside,
  day: Day,
): Standing['startable'] {
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
