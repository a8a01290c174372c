import type { CaseEvent, ExecuteCommand } from '../policy/command.ts'
import { applyEvent } from '../policy/engine/apply.ts'
import { lookAt, refreshed } from '../policy/engine/environment.ts'
import { applicability } from '../policy/engine/gate.ts'
import { readInputs } from '../policy/engine/inputs.ts'
import { confirmationsOf } from '../policy/engine/joint.ts'
import { finding } from '../policy/engine/say.ts'
import { valuesOf } from '../policy/engine/shown-values.ts'
import type { Env, MergeRule, Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Step } from '../policy/model-step.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import type { Decision } from './decide.ts'
import { decideAll, ownShare } from './several.ts'

/** Decides one command by itself. */
type DecideOne = (
  policy: Policy,
  state: CaseState,
  command: ExecuteCommand,
  outside: Outside,
  day: Day,
  options: { merged: string },
) => Decision

/** One execution counts for all steps of a merge, each judged after the one before it; all or nothing (§10). */
export function decideMerge(
  policy: Policy,
  state: CaseState,
  command: ExecuteCommand,
  merge: MergeRule,
  outside: Outside,
  day: Day,
  decideOne: DecideOne,
): Decision {
  const env = lookAt(policy, state, outside, day)
  if (merge.when.test(env) !== 1)
    return { ok: false, findings: [finding('excluded', merge.id, merge.article, {})] }
  const steps = merge.steps.map((index) => policy.steps[index]!)
  const left = factsLeaving(env, merge, steps, command)
  if (left) return { ok: false, findings: [left] }
  const earlier = new Map(steps.map((step) => [step.id, confirmationsOf(env, step)]))
  // Executing one step of the merge must not lapse what was confirmed of the next.
  const kept = (current: CaseState, { id }: Step): CaseState => {
    const own = current.steps[id]
    const confirmations = earlier.get(id)!.map((one) => ({ ...one, rev: current.rev }))
    return own && confirmations.length > 0
      ? { ...current, steps: { ...current.steps, [id]: { ...own, confirmations } } }
      : current
  }
  const together = (by: string[]): Decision =>
    decideAll(state, steps, (current, step) =>
      applicability(lookAt(policy, current, outside, day), step)?.code === 'excluded'
        ? { ok: true, events: [], state: current, findings: [] }
        : decideOne(policy, kept(current, step), { ...ownShare(command, step, steps), by }, outside, day, {
            merged: merge.id,
          }),
    )
  const rule = (merge.by ?? steps[0]?.by)?.get(env)
  const confirmed = new Set([...earlier.values()].flatMap((list) => list.map((one) => one.party)))
  const missing =
    rule?.kind === 'all' ? rule.parties.filter((one) => !command.by.includes(one) && !confirmed.has(one)) : []
  const whole = together([...command.by, ...missing])
  if (!whole.ok || missing.length === 0) return whole
  // The whole would be accepted of all: what this party says is kept for each step until the others confirm it.
  let current = state
  const events: CaseEvent[] = []
  for (const one of whole.events) {
    if (one.type !== 'executed') continue
    const { step, outcome, records, facts, materials } = one
    const event: CaseEvent = {
      type: 'confirmed',
      on: day,
      step,
      by: command.by,
      outcome,
      records,
      ...(Object.keys(facts).length > 0 ? { facts } : {}),
      materials,
      ...(command.remark ? { beside: { remark: command.remark } } : {}),
    }
    current = applyEvent(policy, current, event, outside)
    events.push(event)
  }
  return { ok: true, events, state: current, findings: whole.findings, awaiting: missing }
}

/** Why a merged execution is none: with the facts that it states itself the merge does not hold any more (§10). */
function factsLeaving(
  env: Env,
  merge: MergeRule,
  steps: Step[],
  command: ExecuteCommand,
): Finding | undefined {
  for (const step of steps) {
    const share = ownShare(command, step, steps)
    const outcome = step.outcomes.find((one) => one.id === share.outcome)
    const { records, facts } = readInputs(env, step, outcome, share)
    const at = { ...refreshed(env), overlay: { step: step.index, records, facts } }
    if (merge.when.test(at) !== 1)
      return finding('requires', merge.id, merge.article, valuesOf(at, merge.when))
  }
  return undefined
}
