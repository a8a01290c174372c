import type { CaseEvent, Command, ExecuteCommand, Seen } from '../policy/command.ts'
import { rootParty, stepUnknown } from '../policy/engine/actors.ts'
import { applyEvent } from '../policy/engine/apply.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { type Judged, judgeExecution } from '../policy/engine/execute.ts'
import { outcomeTitle } from '../policy/engine/gate.ts'
import { finding, partyNames, spoken } from '../policy/engine/say.ts'
import { tick } from '../policy/engine/tick.ts'
import type { Env, Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Step } from '../policy/model-step.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { decideMerge } from './decide-merge.ts'
import { judgeAdoption } from './judge-adoption.ts'
import { judgeDecision } from './judge-decision.ts'
import { judgeDraw } from './judge-draw.ts'
import { judgeFacts } from './judge-facts.ts'
import { judgeOpinion } from './judge-opinion.ts'
import { judgeStart } from './judge-start.ts'
import { decideAll } from './several.ts'

export type Decision =
  | { ok: true; events: CaseEvent[]; readonly state: CaseState; findings: Finding[]; awaiting?: string[] }
  | { ok: false; findings: Finding[] }

export interface DecideOptions {
  /** One-project scenario: a batch step's party stands for a batch of this one item (§20). */
  solo?: boolean
  /** The batch step that carries the execution (§10). */
  carriedBy?: string
}

/**
 * Decides a command on a state as of a day: the events and the state they make, or a refusal made of findings, each
 * with its articles. Total and deterministic; the state given is never changed.
 */
export function decide(
  policy: Policy,
  state: CaseState,
  command: Command,
  outside: Outside,
  day: Day,
  options: DecideOptions = {},
): Decision {
  const merge = command.type === 'execute' ? policy.merges.find((one) => one.id === command.step) : undefined
  const result = merge
    ? decideMerge(policy, state, command as ExecuteCommand, merge, outside, day, decideOne)
    : command.type === 'execute' && command.parts
      ? decideParts(policy, state, command, command.parts, outside, day)
      : decideOne(policy, state, command, outside, day, options)
  result.findings = spoken(policy, result.findings)
  return result
}

/** Decides commands one after another, each on what the one before made of the state; all of them or none. */
export function decideEach(
  policy: Policy,
  state: CaseState,
  commands: readonly Command[],
  outside: Outside,
  day: Day,
): Decision {
  if (commands.length === 1) return decide(policy, state, commands[0]!, outside, day)
  const result = decideAll(state, commands, (current, command) =>
    decide(policy, current, command, outside, day),
  )
  const said = new Set<string>()
  result.findings = result.findings.filter(({ code, message }) => {
    const known = said.has(`${code} ${message}`)
    said.add(`${code} ${message}`)
    return !known
  })
  return result
}

/** What is seen from outside goes with the event where it is news to the case, so that a replay sees the same. */
function newsFor(state: CaseState, outside: Outside): Seen {
  const differs = (a: object, b: object) => JSON.stringify(a) !== JSON.stringify(b)
  const { unit, counts } = { unit: outside.unit.facts, counts: outside.counts }
  return {
    ...(Object.keys(unit).length > 0 && differs(unit, state.unit) ? { unit } : {}),
    ...(counts && differs(counts, state.counts ?? {}) ? { counts } : {}),
  }
}

/** What ended the case, as the outcome that did is called. */
function endedTitle(policy: Policy, state: CaseState): string {
  for (const [id, own] of Object.entries(state.steps)) {
    const run = own.runs.find((one) => one.seq === state.ended?.seq)
    const step = run && policy.steps[policy.stepIndex.get(id.split('#')[0]!) ?? -1]
    if (step) return `${step.title}: ${outcomeTitle(step, run.outcome)}`
  }
  return state.ended!.result
}

function decideOne(
  policy: Policy,
  state: CaseState,
  command: Command,
  outside: Outside,
  day: Day,
  options: DecideOptions & { merged?: string },
): Decision {
  const ticked = tick(policy, state, day, outside)
  const refused = (findings: Finding[]): Decision => ({ ok: false, findings })
  if (ticked.ended)
    return refused([finding('ended', '', [], { on: ticked.ended.on, result: endedTitle(policy, ticked) })])
  const judged = judge(policy, ticked, command, outside, day, options)
  if (!judged.event) return refused(judged.findings)
  const event = { ...judged.event, ...newsFor(state, outside) }
  let next: CaseState | undefined
  return {
    ok: true,
    events: [event],
    // Made when it is asked for: who writes folds the events himself.
    get state() {
      next ??= applyEvent(policy, state, event, outside)
      return next
    },
    findings: judged.findings,
    awaiting: judged.awaiting,
  }
}

/** One run serves a named subset of parts, each judged; all or nothing (§7 `batch: true`). */
function decideParts(
  policy: Policy,
  state: CaseState,
  { parts, ...command }: ExecuteCommand,
  names: string[],
  outside: Outside,
  day: Day,
): Decision {
  const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
  if (!step?.batch || names.length === 0)
    return { ok: false, findings: [finding('unknown', command.step, step?.article ?? [], { name: 'parts' })] }
  return decideAll(state, names, (current, part) =>
    decideOne(policy, current, { ...command, part }, outside, day, {}),
  )
}

function judge(
  policy: Policy,
  state: CaseState,
  command: Command,
  outside: Outside,
  day: Day,
  options: DecideOptions & { merged?: string },
): Judged {
  switch (command.type) {
    case 'execute': {
      const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
      if (!step) return { findings: [stepUnknown(policy, command.step)] }
      const env = lookAt(policy, state, outside, day)
      const placed = inInstance(env, step, command.procedure)
      if (!placed)
        return {
          findings: [
            finding('not-done', step.id, step.article, {
              waitsFor: policy.procedures.get(step.procedure!)?.title ?? step.procedure!,
              procedure: step.procedure!,
            }),
          ],
        }
      return judgeExecution(placed, step, command, {
        entered: day,
        solo: options.solo,
        carriedBy: options.carriedBy,
        merged: options.merged,
      })
    }
    case 'draw':
      return judgeDraw(policy, state, command, outside, day)
    case 'opinion':
      return judgeOpinion(policy, state, command, outside, day)
    case 'witness': {
      const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
      if (!step) return { findings: [stepUnknown(policy, command.step)] }
      const env = inInstance(lookAt(policy, state, outside, day), step, command.procedure)
      if (!env || !step.witness.includes(command.by))
        return {
          findings: [
            finding('actor', step.id, step.article, {
              party: partyNames(policy, step.witness) || '见证方',
              by: partyNames(policy, [command.by]),
            }),
          ],
        }
      return {
        findings: [],
        event: {
          type: 'witnessed',
          on: day,
          step: step.id,
          by: command.by,
          ...(env.instance ? { instance: env.instance.id } : {}),
          ...(command.part ? { part: command.part } : {}),
        },
      }
    }
    case 'decide':
      return judgeDecision(policy, state, command, outside, day)
    case 'start':
      return judgeStart(policy, state, command, outside, day)
    case 'facts':
      return judgeFacts(policy, state, command, outside, day)
    case 'sanction': {
      const rule = policy.sanctions.get(command.sanction)
      if (!rule) return { findings: [finding('unknown', command.sanction, [], { name: command.sanction })] }
      if (
        command.act === 'lift' &&
        (!rule.lifted?.by || rootParty(policy, rule.lifted.by) !== rootParty(policy, command.by))
      )
        return {
          findings: [
            finding('actor', rule.id, rule.article, {
              ...(rule.lifted?.by
                ? { party: partyNames(policy, [rule.lifted.by]) }
                : { sanction: rule.title }),
              by: partyNames(policy, [command.by]),
            }),
          ],
        }
      return {
        findings: [],
        event: {
          type: 'sanction',
          on: day,
          sanction: rule.id,
          act: command.act,
          by: command.by,
          reason: command.reason,
        },
      }
    }
    case 'adopt':
      return judgeAdoption(policy, state, command, day)
  }
}

/** The environment of the procedure instance that a step belongs to: the one named, else the newest running. */
export function inInstance(env: Env, step: Step, named: string | undefined): Env | undefined {
  if (step.procedure === undefined || step.procedure === env.state.procedure) return env
  const candidates = env.state.procedures.filter(
    (one) => one.procedure === step.procedure && (named ? one.id === named : !one.result),
  )
  const instance = candidates[candidates.length - 1]
  return instance && lookAt(env.policy, env.state, env.outside, env.day, instance)
}
