import type { Day } from '../../values/day.ts'
import type { CaseAct, ExecuteCommand, ExecutedEvent } from '../command.ts'
import { sameValue } from '../compile/compare.ts'
import { optionNames } from '../document/literal.ts'
import { nearest } from '../document/nearest.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import type { Values } from '../state.ts'
import { absorbedInto } from './absorption.ts'
import { applies, trackOf } from './applies.ts'
import { readExperts, readOpinions } from './assent.ts'
import { apartFindings } from './bodies.ts'
import { dueDay } from './due.ts'
import { factFindings, outcomeFindings } from './execute-facts.ts'
import { applicability, blockers } from './gate.ts'
import { readInputs } from './inputs.ts'
import { besideOf, confirmationsOf, jointFindings, jointInputs, withEarlier } from './joint.ts'
import { edgeKey } from './passed.ts'
import { stepState } from './read-state.ts'
import { registerWrites } from './registers.ts'
import { periodFinding, routeFindings } from './route.ts'
import { finding } from './say.ts'
import { trackChange } from './track.ts'

export interface Judged {
  event?: CaseAct
  findings: Finding[]
  /** Parties of a joint step that have not confirmed yet. */
  awaiting?: string[]
}

export interface JudgeOptions {
  entered: Day
  /** In a one-project scenario the batch step's party stands for a batch of one (§20). */
  solo?: boolean
  /** The batch step that carries the execution. */
  carriedBy?: string
  /** The execution is part of a merged one. */
  merged?: string
}

/** Judges one execution: all findings are collected, none short-circuits another; without a blocking one it yields the event. */
export function judgeExecution(env: Env, step: Step, given: ExecuteCommand, options: JudgeOptions): Judged {
  const findings: Finding[] = []
  const confirmed = confirmationsOf({ ...env, part: given.part }, step)
  const command = withEarlier(confirmed, { ...given, outcome: given.outcome ?? confirmed[0]?.outcome })
  const outcome = chooseOutcome(step, command, findings)
  const inputs = jointInputs(confirmed, readInputs(env, step, outcome, command))
  findings.push(...inputs.findings)
  const on = effectiveDay(env, step, command, inputs.records, options.entered, findings)
  const { time, ...outside } = env.outside
  const at: Env = {
    ...env,
    // The hour is that of the entry; what counts for an earlier day happened at an hour that is not known.
    outside: on === options.entered || time === undefined ? env.outside : outside,
    day: on,
    part: command.part,
    overlay: { step: step.index, records: inputs.records, facts: inputs.facts },
  }
  if (step.each !== undefined && !(env.state.parts[step.each] ?? []).some((part) => part.id === command.part))
    findings.push(finding('unknown', step.id, step.article, { name: command.part ?? step.each }))

  const excluded = applicability(at, step)
  if (excluded) findings.push(excluded)
  doneFinding(at, step, command, findings)
  if (command.demand !== undefined && !stepState(at, step)?.demands.some((one) => one.n === command.demand))
    findings.push(finding('not-demanded', step.id, step.article, { demand: command.demand }))
  const period = periodFinding(at, step, command, findings)
  findings.push(...blockers(at, step, true))
  routeFindings(at, step, command, options, findings)
  apartFindings(at, step, command.by, findings)
  factFindings(at, step, outcome, findings)
  if (outcome) outcomeFindings(at, step, outcome, command, inputs.materials, findings)
  const absorbedBy = outcome && absorbedInto(at, step, outcome, findings)
  const registers = outcome ? registerWrites(at, step, outcome, findings) : []
  const merge = env.policy.merges.find((one) => one.id === options.merged)
  const awaiting = outcome ? jointFindings(at, step, outcome, command, inputs, findings, merge?.by) : []
  lateFinding(at, step, findings)
  const other = hasNews(env, inputs.facts) ? trackChange(env, inputs.facts, 'note') : undefined
  if (other) findings.push({ ...other.finding, step: step.id })
  dropRepeated(step, findings)
  softenByAnalogy(at, step, findings)
  if (!outcome || findings.some((one) => one.level === 'block')) return { findings }

  const instance =
    step.procedure !== undefined && step.procedure !== env.state.procedure ? env.instance?.id : undefined
  if (awaiting.length > 0) {
    const event: CaseAct = {
      type: 'confirmed',
      on: options.entered,
      step: step.id,
      instance,
      part: command.part,
      by: command.by,
      outcome: outcome.id,
      records: inputs.records,
      facts: Object.keys(inputs.facts).length > 0 ? inputs.facts : undefined,
      materials: inputs.materials,
      beside: besideOf(given),
    }
    return { event: stripped(event), findings, awaiting }
  }
  const opinions = readOpinions(command, on)
  const event: ExecutedEvent = {
    type: 'executed',
    on,
    entered: options.entered,
    step: step.id,
    instance,
    part: command.part,
    period,
    demand: command.demand,
    by: [...new Set([...confirmed.map((one) => one.party), ...command.by])],
    outcome: outcome.id,
    records: inputs.records,
    facts: inputs.facts,
    materials: inputs.materials,
    opinions:
      opinions.length > 0
        ? opinions.map(({ from, value, aspect }) => ({
            from,
            value: value === 'agree' ? ('agree' as const) : ('object' as const),
            aspect,
          }))
        : undefined,
    witness: command.witness,
    experts: command.experts ? readExperts(command) : undefined,
    checks: command.checks,
    minute: command.minute,
    remark: command.remark,
    uncounted: uncountedEdges(at, step, outcome),
    track: step.procedure === undefined && env.state.track === undefined ? trackOf(at) : undefined,
    version: bindsVersion(at, step) ? env.policy.effective : undefined,
    through: command.through,
    absorbedBy,
    registers: registers.length > 0 ? registers : undefined,
  }
  return { event: stripped(event), findings }
}

/** Whether this execution binds the policy version: the step that binds, or any where that one does not apply (§15). */
function bindsVersion(env: Env, step: Step): boolean {
  if (env.state.version !== undefined || step.procedure !== undefined) return false
  const binding = env.policy.steps[env.policy.stepIndex.get(env.policy.binds) ?? -1]
  return binding === undefined || binding.index === step.index || applies(env, binding) === 0
}

/** Whether facts change with this execution, or those of the unit have since the case last saw them. */
function hasNews(env: Env, facts: Values): boolean {
  return (
    Object.keys(facts).length > 0 ||
    Object.entries(env.outside.unit.facts).some(([id, value]) => {
      const seen = env.state.unit[id]
      return seen === undefined || !sameValue(seen, value)
    })
  )
}

function stripped<T extends object>(event: T): T {
  const stated: Partial<T> = {}
  for (const key in event) if (event[key] !== undefined) stated[key] = event[key]
  return stated as T
}

function chooseOutcome(step: Step, command: ExecuteCommand, into: Finding[]): OutcomeRule | undefined {
  if (command.outcome === undefined && step.outcomes.length === 1) return step.outcomes[0]
  const found = step.outcomes.find((outcome) => outcome.id === command.outcome)
  if (found) return found
  const options = step.outcomes.map((outcome) => outcome.id)
  if (command.outcome === undefined)
    into.push(
      finding('record', step.id, step.article, {
        record: '结果',
        name: 'outcome',
        expected: `以下之一: ${optionNames(Object.fromEntries(step.outcomes.map((one) => [one.id, one.title])))}`,
      }),
    )
  else {
    const guess = nearest(command.outcome, options)
    into.push(
      finding('unknown', step.id, step.article, {
        name: command.outcome,
        guess: guess ?? options.join('、'),
      }),
    )
  }
  return undefined
}

function effectiveDay(
  env: Env,
  step: Step,
  command: ExecuteCommand,
  records: Values,
  entered: Day,
  into: Finding[],
): Day {
  const collective = command.by.find((party) => env.policy.document.parties[party]?.collective)
  const named = step.effective === undefined ? undefined : records[step.effective]
  const day = named ?? (collective ? command.minute?.heldOn : undefined)
  if (collective && !command.minute)
    into.push(
      finding('norm', step.id, step.article, { norm: '集体决策未记录会议纪要(文号、召开日期)' }, 'note'),
    )
  if (typeof day !== 'string') return entered
  if (day <= entered) return day
  const name = named === undefined ? 'minute' : step.effective!
  const record =
    named === undefined ? '会议召开日期' : (step.records.find((rule) => rule.id === name)?.title ?? name)
  into.push(finding('record', step.id, step.article, { record, name, limit: `不得晚于录入日 ${entered}` }))
  return entered
}

function doneFinding(env: Env, step: Step, command: ExecuteCommand, into: Finding[]): void {
  const state = env.state.kind === 'project' || step.procedure ? stepState(env, step) : undefined
  if (!state?.done || state.demands.length > 0 || step.repeat !== undefined) return
  into.push(
    finding('already-done', step.id, step.article, {
      on: state.runs[state.runs.length - 1]?.on ?? null,
      by: command.by.join(','),
    }),
  )
}

function lateFinding(env: Env, step: Step, into: Finding[]): void {
  const due = dueDay(env, step)
  if (due && due.dueOn < env.day)
    into.push(
      finding(
        'too-late',
        step.id,
        step.dues[0]?.article ?? step.article,
        { dueOn: due.dueOn, on: env.day },
        'note',
      ),
    )
}

/** What is refused as a missing record is not refused again as an unknown fact of some condition. */
function dropRepeated(step: Step, findings: Finding[]): void {
  const missing = findings.flatMap((one) => (one.code === 'record' ? `${step.id}.${one.facts.name}` : []))
  const kept = findings.filter(
    (one) => one.code !== 'undetermined' || Object.keys(one.facts).some((name) => !missing.includes(name)),
  )
  if (kept.length < findings.length) findings.splice(0, findings.length, ...kept)
}

/** By analogy, missing pieces are notes (§13). */
function softenByAnalogy(env: Env, step: Step, findings: Finding[]): void {
  const track = env.policy.document.tracks[trackOf(env) ?? '']
  if (track?.force !== 'by-analogy' && step.force?.get(env) !== 'by-analogy') return
  const soft = new Set(['record', 'material', 'opinion', 'witness', 'check'])
  for (const one of findings) if (soft.has(one.code) && !('expected' in one.facts)) one.level = 'note'
}

/** Conditional edges before the step that do not count at this execution (†). */
function uncountedEdges(env: Env, step: Step, outcome: OutcomeRule): string[] | undefined {
  const list = step.conditional.filter((edge) => {
    if (edge.ofOutcome !== undefined && edge.owner === step.index && edge.ofOutcome !== outcome.id)
      return false
    return edge.when!.test(env) !== 1
  })
  return list.length > 0 ? list.map((edge) => edgeKey(env.policy, edge)) : undefined
}
