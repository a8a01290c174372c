import type { CaseEvent, TransferredEvent } from '../policy/command.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { stageOf } from '../policy/engine/stage.ts'
import { tick } from '../policy/engine/tick.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import type { Calendar } from '../values/workdays.ts'
import { evolve, replay } from './evolve.ts'

/** Why a running project stays with the version that binds it. */
export type Stays = 'no-transition' | 'other-version' | 'past' | 'stage' | 'would-end'

/**
 * Why the transition of a new version leaves a bound, running project with its own; undefined when it takes it (§15):
 * bound to the version named (`earlier`: any before), `binds` not yet done, and in one of the stages on the day.
 */
export function staysBecause(
  next: Policy,
  own: Policy,
  state: CaseState,
  outside: Outside,
  day: Day,
): Exclude<Stays, 'would-end'> | undefined {
  const { transition } = next.document.policy
  if (!transition) return 'no-transition'
  const { version = next.effective } = state
  if (transition.of === 'earlier' ? version >= next.effective : version !== transition.of)
    return 'other-version'
  const ticked = tick(own, state, day, outside)
  const binding = transition.binds === undefined ? undefined : ticked.steps[transition.binds]
  if (binding?.runs.some((run) => run.settles && !run.undone)) return 'past'
  return transition.takes.includes(stageOf(lookAt(own, ticked, outside, day))) ? undefined : 'stage'
}

/** The event by which a version takes a project over. */
export function transferEvent(next: Policy, state: CaseState, day: Day): TransferredEvent {
  const { version = next.effective } = state
  return { type: 'transferred', on: day, from: version, to: next.effective, article: next.transitionArticle }
}

/**
 * The state of a project that another version takes over: `events`, those that still count, read anew by it, with all
 * that follows under it from days missed since. A project that would end by this alone gives undefined: it must stay.
 */
export function transferState(
  next: Policy,
  events: readonly CaseEvent[],
  event: TransferredEvent,
  calendar: Calendar,
): CaseState | undefined {
  const state = replay(next, knownEvents(next, events), calendar)
  if (!state) return undefined
  const moved = evolve(next, state, event, calendar)
  return moved.ended ? undefined : moved
}

/**
 * The events of a log that another version of the policy still knows. A transition replays these under the new one:
 * runs of steps it still has count, the rest stays history (§15).
 */
export function* knownEvents(policy: Policy, events: Iterable<CaseEvent>): Generator<CaseEvent> {
  const started = new Set<string>()
  for (const event of events) {
    if (event.type === 'transferred' || event.type === 'withdrawn') continue
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
