import type { CaseEvent } from '../policy/command.ts'
import { rootParty } from '../policy/engine/actors.ts'
import { finding } from '../policy/engine/say.ts'
import type { Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Step } from '../policy/model-step.ts'
import type { CaseState } from '../policy/state.ts'

type Done = Extract<CaseEvent, { type: 'executed' | 'confirmed' }>

/** The execution or confirmation of a step within one act, if the act did that step. */
export function doneIn(act: readonly CaseEvent[], step: string, instance?: string): Done | undefined {
  return act.find(
    (event): event is Done =>
      (event.type === 'executed' || event.type === 'confirmed') &&
      event.step === step &&
      (instance === undefined || event.instance === instance),
  )
}

/**
 * Why the body that did a step may not take it back (撤回); undefined when it may. `act` are the events of the last act in
 * the case, `state` what they made. A step can be taken back while nothing has happened in the case since, and only when it
 * had no effect outside it. What has gone out to others (a document yielded, a project ended) is taken back only where the
 * policy says `withdrawable: true`; `withdrawable: false` forbids it.
 */
export function withdrawalFinding(
  policy: Policy,
  state: CaseState,
  act: readonly CaseEvent[],
  step: string,
  instance?: string,
): Finding | undefined {
  const rule = policy.steps[policy.stepIndex.get(step) ?? -1]
  const refuse = (because: string, facts: Finding['facts'] = {}): Finding =>
    finding('withdrawal', step, rule?.article ?? [], { because, ...facts })
  const done = doneIn(act, step, instance)
  if (!done || act.some((event) => event.type !== 'executed' && event.type !== 'confirmed'))
    return refuse('later')
  if (state.unitSanctions.some((one) => one.seq > state.seq - act.length)) return refuse('unit')
  for (const event of act as Done[]) {
    const own = policy.steps[policy.stepIndex.get(event.step) ?? -1]
    const because = own && outward(policy, state, own, event)
    if (because) return refuse(because.because, because.facts)
  }
  return undefined
}

/** The start of a procedure, where the act is that alone. */
export function startIn(act: readonly CaseEvent[], instance: string) {
  const [only] = act
  return act.length === 1 && only?.type === 'started' && only.instance === instance ? only : undefined
}

/** Why the start of a procedure may not be taken back: something has happened since, such as its first step. */
export function startFinding(
  policy: Policy,
  act: readonly CaseEvent[],
  instance: string,
): Finding | undefined {
  if (startIn(act, instance)) return undefined
  const procedure = policy.procedures.get(instance.replace(/-\d+$/, ''))
  return finding('withdrawal', procedure?.id ?? instance, procedure?.article ?? [], { because: 'later' })
}

/** What a step's execution has done that taking it back cannot undo. */
function outward(
  policy: Policy,
  state: CaseState,
  step: Step,
  event: Done,
): { because: string; facts?: Finding['facts'] } | undefined {
  if (step.withdrawable === false) return { because: 'forbidden' }
  if (event.type === 'confirmed') return undefined
  if (event.through !== undefined) return { because: 'batch' }
  if (new Set(event.by.map((party) => rootParty(policy, party))).size > 1) return { because: 'joint' }
  if (event.by.some((party) => policy.document.parties[party]?.collective)) return { because: 'collective' }
  const outcome = step.outcomes.find((one) => one.id === event.outcome)
  if (outcome?.effects.enlists) return { because: 'listed' }
  if (event.absorbedBy || outcome?.divides) return { because: 'projects' }
  if (event.registers) return { because: 'register' }
  if (step.withdrawable) return undefined
  if (state.ended) return { because: 'ended' }
  const document = step.yields.find((one) => one.outcome === undefined || one.outcome === event.outcome)
  return document ? { because: 'document', facts: { document: document.title } } : undefined
}
