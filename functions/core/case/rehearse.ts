import type { CaseEvent } from '../policy/command.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { outline } from './standing.ts'
import type { ObligationStanding, Outline, StepStanding } from './standing-view.ts'
import { type Stays, staysBecause, transferEvent, transferState } from './transition.ts'

/** A step or duty as it would stand under the one and the other version; null where that one does not know it. */
interface StepChange {
  step: string
  title: string
  /** Instance of a procedure. */
  procedure?: string
  before: { state: StepStanding['state']; dueOn?: Day } | null
  after: { state: StepStanding['state']; dueOn?: Day } | null
}
interface DutyChange {
  step: string
  title: string
  procedure?: string
  before: { by: string[]; dueOn?: Day; overdue: boolean } | null
  after: { by: string[]; dueOn?: Day; overdue: boolean } | null
}

/** What a new version would make of one running project on a day. */
export interface Rehearsal {
  /** Whether it goes over: by the transition, or because no version binds it yet; else why it stays. */
  moves: 'transition' | 'unbound' | false
  stays: Stays | null
  stage: { before: string; after: string; beforeTitle: string; afterTitle: string }
  ended: { before: string | null; after: string | null }
  /** Steps that stand differently: become open or no longer, apply or no longer, are done or count no more. */
  steps: StepChange[]
  /** What is owed that was not, is not any more, or by another day or party. */
  duties: DutyChange[]
}

/**
 * Plays a change of rules on a running project without changing anything. `events` are those of its log that count. What
 * would change is told for one that stays too: what the transition leaves it out of. Undefined after is a project that
 * would end by being taken over alone; such a one stays.
 */
export function rehearse(
  own: Policy,
  next: Policy,
  state: CaseState,
  events: readonly CaseEvent[],
  outside: { own: Outside; next: Outside },
  day: Day,
): Rehearsal {
  const bound = state.version !== undefined
  const why = bound ? staysBecause(next, own, state, outside.own, day) : undefined
  const moved = bound
    ? transferState(next, events, transferEvent(next, state, day), outside.next.calendar)
    : state
  const before = outline(own, state, outside.own, day)
  const after = moved ? outline(next, moved, outside.next, day) : before
  const stays = why ?? (moved ? null : 'would-end')
  return {
    moves: stays ? false : bound ? 'transition' : 'unbound',
    stays,
    stage: {
      before: before.stage,
      after: after.stage,
      beforeTitle: before.stageTitle,
      afterTitle: after.stageTitle,
    },
    ended: { before: before.ended?.result ?? null, after: after.ended?.result ?? null },
    steps: stepChanges(before, after),
    duties: dutyChanges(before.obligations, after.obligations),
  }
}

function stepChanges(before: Outline, after: Outline): StepChange[] {
  const keyed = (seen: Outline): Map<string, StepStanding & { procedure?: string }> =>
    new Map(
      [
        ...seen.steps.map((step) => ({ ...step, procedure: undefined })),
        ...seen.procedures.flatMap((one) => one.steps.map((step) => ({ ...step, procedure: one.id }))),
      ].map((step) => [[step.procedure, step.id, step.part].join('/'), step]),
    )
  const [old, new_] = [keyed(before), keyed(after)]
  return [...new Set([...old.keys(), ...new_.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), new_.get(key)]
    const look = (step: StepStanding | undefined): StepChange['before'] =>
      step ? { state: step.state, ...(step.dueOn ? { dueOn: step.dueOn } : {}) } : null
    if (JSON.stringify(look(was)) === JSON.stringify(look(is))) return []
    // A step that only one version has and that does not apply there changes nothing for the project.
    if ((was?.state ?? 'excluded') === 'excluded' && (is?.state ?? 'excluded') === 'excluded') return []
    const { id, title, procedure } = (is ?? was)!
    return [{ step: id, title, ...(procedure ? { procedure } : {}), before: look(was), after: look(is) }]
  })
}

function dutyChanges(
  before: readonly ObligationStanding[],
  after: readonly ObligationStanding[],
): DutyChange[] {
  const [old, new_] = [keyedDuties(before), keyedDuties(after)]
  return [...new Set([...old.keys(), ...new_.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), new_.get(key)]
    const look = (duty: ObligationStanding | undefined): DutyChange['before'] =>
      duty ? { by: duty.by, ...(duty.dueOn ? { dueOn: duty.dueOn } : {}), overdue: duty.overdue } : null
    if (JSON.stringify(look(was)) === JSON.stringify(look(is))) return []
    const { step, title, procedure } = (is ?? was)!
    return [{ step, title, ...(procedure ? { procedure } : {}), before: look(was), after: look(is) }]
  })
}

/** Duties by what they are about; the second of the same kind is another one. */
function keyedDuties(list: readonly ObligationStanding[]): Map<string, ObligationStanding> {
  const keyed = new Map<string, ObligationStanding>()
  for (const duty of list) {
    const base = [duty.procedure, duty.decision ?? duty.step, duty.part, duty.period].join('/')
    let key = base
    for (let n = 2; keyed.has(key); n++) key = `${base}:${n}`
    keyed.set(key, duty)
  }
  return keyed
}
