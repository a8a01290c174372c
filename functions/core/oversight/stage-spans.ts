import { addDays, addMonths, type Day, daysBetween } from '../values/day.ts'

/** A stay of a project in a stage. The day of leaving is the day on which the next stage begins. */
export interface StageSpan {
  stage: string
  enteredOn: Day
  leftOn?: Day
  /** False where the day of entering is not known: the project was taken over in mid-life. */
  whole: boolean
}

/** Days in the stage; undefined while it lasts, when its beginning is not known, and for what waits for nothing. */
export function daysIn({ stage, enteredOn, leftOn, whole }: StageSpan): number | undefined {
  return leftOn === undefined || !whole || stage === 'closed' ? undefined : daysBetween(enteredOn, leftOn)
}

/**
 * The spans with a stage that begins on `day`. A stage that was left on the day it was entered is no stay: several
 * steps entered at once pass through stages in which nobody waited.
 */
export function entered(spans: readonly StageSpan[], stage: string, day: Day): StageSpan[] {
  const last = spans.at(-1)
  if (!last) return [{ stage, enteredOn: day, whole: true }]
  if (last.stage === stage) return [...spans]
  const before = spans.slice(0, -1)
  if (last.enteredOn < day)
    return [...before, { ...last, leftOn: day }, { stage, enteredOn: day, whole: true }]
  const previous = before.at(-1)
  if (previous?.stage !== stage) return [...before, { ...last, stage, enteredOn: day }]
  const { leftOn: _, ...resumed } = previous
  return [...before.slice(0, -1), resumed]
}

/**
 * The spans after nobody did anything from `from` (whose stage the last span tells) through `to`: delays run out, due
 * days are missed, periods begin. Looked at on the first of every month and on `to`; between two looks that differ the
 * day of the change is found by halving, so the result depends on the days given and on nothing else.
 */
export function passing(
  spans: readonly StageSpan[],
  from: Day,
  to: Day,
  stageOn: (day: Day) => string,
): StageSpan[] {
  let result = [...spans]
  let day = from
  for (const look of looksBetween(from, to)) {
    let stage = result.at(-1)!.stage
    while (stageOn(look) !== stage) {
      day = firstChange(day, look, stage, stageOn)
      stage = stageOn(day)
      result = entered(result, stage, day)
    }
    day = look
  }
  return result
}

function looksBetween(from: Day, to: Day): Day[] {
  const looks: Day[] = []
  for (
    let first = addMonths(`${from.slice(0, 7)}-01`, 1);
    first < to && looks.length < 600;
    first = addMonths(first, 1)
  )
    looks.push(first)
  if (from < to) looks.push(to)
  return looks
}

/** The first day after `from` found by halving on which the stage is another; on `to` it is. */
function firstChange(from: Day, to: Day, stage: string, stageOn: (day: Day) => string): Day {
  let low = from
  let high = to
  while (daysBetween(low, high) > 1) {
    const middle = addDays(low, Math.floor(daysBetween(low, high) / 2))
    if (stageOn(middle) === stage) low = middle
    else high = middle
  }
  return high
}
