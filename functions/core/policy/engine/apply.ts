import { copyOf } from '../../values/copy.ts'
import type { Day } from '../../values/day.ts'
import type { CaseEvent, ExecutedEvent, Seen } from '../command.ts'
import { partFact } from '../compile/compile-facts.ts'
import type { Env, Outside, Policy } from '../model.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import { type CaseState, newCase, type Run, type StepState } from '../state.ts'
import { adopt } from './adopt.ts'
import { answer, closeFinished, createParts, enlist, freezeFacts, lapseProcedures } from './after-run.ts'
import { applies, delayEnd, edgeHolds } from './applies.ts'
import { liftedNow } from './bars.ts'
import {
  applyEffects,
  clearStamp,
  endRound,
  impose,
  lift,
  reopenerOf,
  restamp,
  touch,
  undoEvery,
} from './effects.ts'
import { lookAt, refreshed } from './environment.ts'
import { emptyOutside } from './outside.ts'
import { eachPart, stateKey, stepNamed } from './read-state.ts'
import { endCase, tick } from './tick.ts'

/**
 * Folds one event into a state: `undefined` opens the case. Pure, and the same for deciding and for replaying a log;
 * the calendar (and the unit, while deciding) comes in through `outside`.
 */
export function applyEvent(
  policy: Policy,
  before: CaseState | undefined,
  event: CaseEvent,
  outside: Outside = emptyOutside,
): CaseState {
  if (event.type === 'opened') {
    const opened = newCase(event.id, event.on, event.facts, event.unit)
    if (event.kind === 'batch')
      Object.assign(opened, { kind: 'batch', procedure: event.procedure, year: event.year, items: [] })
    opened.seq = 1
    restamp(lookAt(policy, opened, outside, event.on))
    return opened
  }
  if (!before) throw new Error(`event ${event.type} before the case was opened`)
  const state = copyOf(tick(policy, seen(before, event), event.on, outside))
  state.seq += 1
  if (!LEAVES_REV.has(event.type)) state.rev += 1
  change(policy, state, event, outside)
  releaseVersion(policy, state)
  const env = lookAt(policy, state, outside, event.on)
  restamp(env)
  openRounds(env)
  if (state.unitSanctions.length > 0)
    for (const sanction of new Set(liftedNow(env))) lift(env, sanction, event.on, 'lifted')
  return state
}

/** Events that change neither steps nor facts. */
const LEAVES_REV: ReadonlySet<CaseEvent['type']> = new Set([
  'opinion',
  'witnessed',
  'confirmed',
  'drawn',
  'absorbed',
])

/** The case with what this event saw of its unit and of other cases. */
function seen(before: CaseState, { unit, counts }: Seen): CaseState {
  if (!unit && !counts) return before
  return { ...before, unit: unit ?? before.unit, ...(counts ? { counts } : {}) }
}

function bindVersion(state: CaseState, version: string | undefined): void {
  if (version === undefined) return
  state.version = version
  delete state.boundYear
  if (typeof state.facts.planYear === 'number') state.boundYear = state.facts.planYear
}

/** A project that is to be declared anew for another plan year follows the version of the day until it is (§15). */
function releaseVersion(policy: Policy, state: CaseState): void {
  const { version, boundYear, facts, steps } = state
  if (version === undefined || boundYear === undefined || facts.planYear === boundYear) return
  if (!steps[policy.binds]?.reopened) return
  delete state.version
  delete state.boundYear
}

function change(
  policy: Policy,
  state: CaseState,
  event: Exclude<CaseEvent, { type: 'opened' }>,
  outside: Outside,
): void {
  const instance =
    'instance' in event && event.instance
      ? state.procedures.find((one) => one.id === event.instance)
      : undefined
  const env = lookAt(policy, state, outside, event.on, instance)
  switch (event.type) {
    case 'executed':
      return execute(env, event)
    case 'confirmed': {
      const own = touch(env, stepNamed(policy, event.step), event.part)
      own.confirmations = own.confirmations.filter(
        (one) => one.rev === state.rev && !event.by.includes(one.party),
      )
      for (const party of event.by)
        own.confirmations.push({
          party,
          on: event.on,
          rev: state.rev,
          outcome: event.outcome,
          records: event.records,
          ...(event.facts ? { facts: event.facts } : {}),
          materials: event.materials,
          ...(event.beside ? { beside: event.beside } : {}),
        })
      return
    }
    case 'opinion':
      touch(env, stepNamed(policy, event.step), event.part).opinions.push({
        from: event.from,
        value: event.value,
        on: event.on,
        ...(event.aspect ? { aspect: event.aspect } : {}),
        ...(event.remark ? { remark: event.remark } : {}),
      })
      return
    case 'drawn':
      touch(env, stepNamed(policy, event.step), event.part).drawn = event.experts
      return
    case 'witnessed':
      touch(env, stepNamed(policy, event.step), event.part).witnesses.push(event.by)
      return
    case 'decided':
      state.decisions[event.decision] = {
        value: event.value,
        by: event.by,
        reason: event.reason,
        on: event.on,
        seq: state.seq,
      }
      return
    case 'started':
      state.procedures.push({
        id: event.instance,
        procedure: event.procedure,
        openedOn: event.on,
        seq: state.seq,
        facts: event.facts,
        steps: {},
      })
      return
    case 'facts':
      Object.assign(state.facts, event.facts)
      if (event.track) state.track = event.track
      return
    case 'sanction':
      if (event.act === 'impose') impose(env, event.sanction, event.on, event.reason)
      else lift(env, event.sanction, event.on, event.reason)
      return
    case 'adopted':
      adopt(env, event)
      return bindVersion(state, event.version)
    case 'absorbed':
      return
    case 'transferred':
      if (state.track !== undefined && !policy.document.tracks[state.track]) delete state.track
      return bindVersion(state, event.to)
    case 'withdrawn':
      throw new Error('what was taken back is known from the log only: fold it with `foldLog`')
    case 'composed': {
      const kept = (state.items ?? []).filter(
        (item) => !event.items.some((one) => one.project === item.project && one.step === item.step),
      )
      state.items = [...kept, ...event.items.filter((item) => item.outcome !== 'removed')]
      return
    }
  }
}

function execute(env: Env, event: ExecutedEvent): void {
  const { state, policy } = env
  const step = stepNamed(policy, event.step)
  const outcome = step.outcomes.find((one) => one.id === event.outcome) ?? step.outcomes[0]!
  const home = event.instance && env.instance ? factsHome(env, step) : state.facts
  for (const [id, value] of Object.entries(event.facts))
    home[policy.document.facts[id]?.each ? partFact(id, event.part) : id] = value
  if (event.track !== undefined) state.track = event.track
  bindVersion(state, event.version)
  const own = touch(env, step, event.part)
  const reopenedBy = outcome.effects.ends === undefined ? undefined : reopenerOf(env, step)
  const run = addRun(env, step, own, outcome, event)
  const after = refreshed(env)
  freezeFacts(after, step)
  if (step.creates && outcome.settles) {
    createParts(state, step, run)
    undoEvery(after, step.creates, event.on)
  }
  applyEffects(after, step, outcome.effects, event.on, `${step.id}.${outcome.id}`)
  enlist(after, outcome, run)
  if (outcome.settles) lapseProcedures(after, step, event.on)
  if (outcome.effects.ends !== undefined)
    endCase(after, env.instance, outcome.effects.ends, event.on, reopenedBy)
  else closeFinished(refreshed(env), env.instance, event.on)
}

/** Project facts go to the project, a procedure's own to its instance. */
function factsHome(env: Env, step: Step): CaseState['facts'] {
  const inner = step.procedure && Object.keys(env.policy.document.procedures?.[step.procedure]?.facts ?? {})
  return inner && step.facts.some((id) => inner.includes(id)) ? env.instance!.facts : env.state.facts
}

function addRun(env: Env, step: Step, own: StepState, outcome: OutcomeRule, event: ExecutedEvent): Run {
  const settles = outcome.settles
  const run: Run = {
    n: own.runs.length + 1,
    seq: env.state.seq,
    on: event.on,
    entered: event.entered,
    by: event.by,
    outcome: event.outcome,
    settles,
    records: event.records,
    materials: event.materials,
    ...(event.uncounted ? { uncounted: event.uncounted } : {}),
    ...(event.period ? { period: event.period } : {}),
    ...(event.through ? { through: event.through } : {}),
    ...(event.remark ? { remark: event.remark } : {}),
  }
  own.runs.push(run)
  endRound(step, own, event.on, event.opinions)
  if (!settles && outcome.effects.ends === undefined) return run
  answer(own, event.demand)
  own.done = true
  delete own.reopened
  clearStamp(step, own, event.on)
  return run
}

function laterOf(a: Day, b: Day | undefined): Day {
  return b !== undefined && b > a ? b : a
}

/** An opinion round opens when the step's `after` holds; its term runs from that day (§11). */
function openRounds(env: Env): void {
  for (const step of env.policy.steps) {
    if (step.opinions.length === 0) continue
    const foreign = step.procedure !== undefined && step.procedure !== env.state.procedure
    const homes = foreign
      ? env.state.procedures.filter((one) => one.procedure === step.procedure && !one.result)
      : [undefined]
    for (const instance of homes)
      for (const at of eachPart(instance ? refreshed({ ...env, instance }) : env, step)) {
        const home = instance ? instance.steps : env.state.steps
        const own = home[stateKey(step, at.part)]
        if (own?.round || (own?.done && own.demands.length === 0)) continue
        if (applies(at, step) !== 1 || step.edges.some((edge) => edgeHolds(at, edge, true) !== 1)) continue
        const openedOn = step.edges.reduce((day, edge) => laterOf(day, delayEnd(at, edge)), env.day)
        touch(at, step, at.part).round = { openedOn }
      }
  }
}
