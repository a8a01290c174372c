import { boundBy, countingOf, foldNext as foldNextState } from '../case/fold-log.ts'
import type { CaseEvent } from '../policy/command.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { emptyOutside } from '../policy/engine/outside.ts'
import { stageOf } from '../policy/engine/stage.ts'
import { tick } from '../policy/engine/tick.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { CaseState } from '../policy/state.ts'
import { addDays, type Day } from '../values/day.ts'
import type { Calendar } from '../values/workdays.ts'
import { type LogEntry, type PolicyVersion, policyFor, Unreadable } from './log-entry.ts'
import { entered, passing, type StageSpan } from './stage-spans.ts'

/** A project as its own events tell it. What time alone does after the last of them is added when rows are made. */
export interface ProjectFold {
  id: string
  title: string
  organisationId: string
  /** Version of the last event folded. */
  version: number
  /** The latest day that an event counts for; stages are known up to it. */
  day: Day
  state: CaseState
  spans: StageSpan[]
}

/**
 * Whether a superior jurisdiction must not know of the project. One of which this is not known yet is kept back like a
 * secret one, where its policy asks for it; absent is not no.
 */
export function isSecret(fold: ProjectFold, versions: readonly PolicyVersion[]): boolean {
  const { secret } = fold.state.facts
  if (typeof secret === 'boolean') return secret
  const policy = policyFor(versions, fold.state.version, fold.day)
  const rule = policy.facts.get('secret')
  if (!rule) return false
  return rule.when?.test(lookAt(policy, fold.state, emptyOutside, fold.day)) !== 0
}

/** The stage of a case on a day. */
export function stageOn(policy: Policy, state: CaseState, outside: Outside, day: Day): string {
  return stageOf(lookAt(policy, tick(policy, state, day, outside), outside, day))
}

/** The policy versions that were adopted before an entry. */
export type VersionsAt = (entry: LogEntry) => readonly PolicyVersion[]

/**
 * Folds the next event of a project under the policy versions adopted before it. `past` are the entries before it, which
 * an event that takes back or reads anew is folded with. Throws `Unreadable` when it is not the next one or has no policy
 * version, and whatever the engine throws at an event that it cannot apply.
 */
export function foldProject(
  fold: ProjectFold | undefined,
  entry: LogEntry,
  versionsAt: VersionsAt,
  calendar: Calendar,
  past: readonly LogEntry[] = [],
): ProjectFold {
  if (entry.version !== (fold?.version ?? 0) + 1)
    throw new Unreadable(`version ${entry.version} follows ${fold?.version ?? 0}`)
  const event = eventOf(entry)
  if (event.type === 'withdrawn') {
    const before = foldEntries([...past, entry], versionsAt, calendar)
    if (!before) throw new Unreadable('nothing is left of the log')
    const day = entry.on > before.day ? entry.on : before.day
    const outside: Outside = { ...emptyOutside, calendar }
    const policy = policyFor(versionsAt(entry), before.state.version, shanghaiDay(entry.at))
    const spans = idle(before, versionsAt(entry), entry, outside, addDays(day, -1))
    const stage = stageOn(policy, before.state, outside, day)
    return { ...before, version: entry.version, day, spans: entered(spans, stage, day) }
  }
  return foldNext(fold, entry, versionsAt, calendar, past)
}

/** Folds a project's entries from the first; what was taken back has left no trace, but that days have passed. */
export function foldEntries(
  entries: readonly LogEntry[],
  versionsAt: VersionsAt,
  calendar: Calendar,
): ProjectFold | undefined {
  const counting = countingOf(entries.map((entry) => ({ entry, event: eventOf(entry) })))
  let fold: ProjectFold | undefined
  const past: LogEntry[] = []
  for (const { entry } of counting) {
    fold = foldNext(fold, entry, versionsAt, calendar, past)
    past.push(entry)
  }
  return fold
}

function eventOf(entry: LogEntry): CaseEvent {
  const event = entry.payload as unknown as CaseEvent
  if (event.type !== entry.type || event.on !== entry.on)
    throw new Unreadable('the event is not what its row says')
  return event
}

function foldNext(
  fold: ProjectFold | undefined,
  entry: LogEntry,
  versionsAt: VersionsAt,
  calendar: Calendar,
  past: readonly LogEntry[],
): ProjectFold {
  const versions = versionsAt(entry)
  const event = eventOf(entry)
  const outside: Outside = { ...emptyOutside, calendar }
  const judge = (): Policy => policyFor(versions, boundBy(fold?.state, event), shanghaiDay(entry.at))
  const policy = judge()
  const counting =
    event.type === 'transferred' ? countingOf(past.map((one) => ({ event: eventOf(one) }))) : []
  const state = foldNextState(
    fold?.state,
    counting.map((one) => one.event),
    { event },
    judge,
    calendar,
  )
  if (!fold) {
    const { title, organisationId } = entry.payload
    if (typeof title !== 'string' || typeof organisationId !== 'string')
      throw new Unreadable('the opening event names neither title nor organisation')
    const spans = entered([], stageOn(policy, state, outside, event.on), event.on)
    return { id: state.id, title, organisationId, version: entry.version, day: event.on, state, spans }
  }
  const day = event.on > fold.day ? event.on : fold.day
  const stage = stageOn(policy, state, outside, day)
  const spans =
    event.type === 'adopted'
      ? [{ stage, enteredOn: day, whole: false }]
      : entered(idle(fold, versions, entry, outside, addDays(day, -1)), stage, day)
  return { ...fold, version: entry.version, day, state, spans }
}

/** The spans after time has passed since the last event; what happens on the day of the next one is the event's. */
function idle(
  fold: ProjectFold,
  versions: readonly PolicyVersion[],
  next: LogEntry,
  outside: Outside,
  until: Day,
): StageSpan[] {
  if (fold.state.ended || until <= fold.day) return fold.spans
  const policy = policyFor(versions, fold.state.version, shanghaiDay(next.at))
  return passing(fold.spans, fold.day, until, (day) => stageOn(policy, fold.state, outside, day))
}

/** The day of an instant in Asia/Shanghai, which keeps UTC+8 all year. */
function shanghaiDay(at: string): Day {
  return addDays(at.slice(0, 10), Number(at.slice(11, 13)) >= 16 ? 1 : 0)
}
