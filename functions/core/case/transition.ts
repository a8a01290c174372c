import type { CaseEvent } from '../policy/command.ts'
import type { Policy } from '../policy/model.ts'

/**
 * The events of a log that another version of the policy still knows. A transition replays these under the new one:
 * runs of steps it still has count, the rest stays history (§15).
 */
export function* knownEvents(policy: Policy, events: Iterable<CaseEvent>): Generator<CaseEvent> {
  const started = new Set<string>()
  for (const event of events) {
    if (event.type === 'started') {
      if (!policy.procedures.has(event.procedure)) continue
      started.add(event.instance)
    }
    if ('instance' in event && event.type !== 'started' && event.instance && !started.has(event.instance))
      continue
    if (
      event.type === 'decided' &&
      !Object.hasOwn(policy.decisions.get(event.decision)?.options ?? {}, event.value)
    )
      continue
    if (event.type === 'sanction' && !policy.sanctions.has(event.sanction)) continue
    if (event.type === 'adopted') {
      yield { ...event, steps: event.steps.filter((one) => knows(policy, one.step, one.outcome)) }
      continue
    }
    if ('step' in event && !knows(policy, event.step, 'outcome' in event ? event.outcome : undefined))
      continue
    yield event
  }
}

/** Whether the policy has the step, and with it the outcome that was reached. */
function knows(policy: Policy, id: string, outcome: string | undefined): boolean {
  const step = policy.steps[policy.stepIndex.get(id) ?? -1]
  return step !== undefined && (outcome === undefined || step.outcomes.some((one) => one.id === outcome))
}
