import type { Day } from '../../values/day.ts'
import type { CaseEvent, ExecutedEvent } from '../command.ts'
import { pathOf } from '../compile/compile.ts'
import { lookAt } from '../engine/environment.ts'
import { stepNamed } from '../engine/read-state.ts'
import { tick } from '../engine/tick.ts'
import type { Env, Outside, Policy } from '../model.ts'
import type { CaseState } from '../state.ts'
import { ruleBook } from './rule-book.ts'
import { scopeTouched, touchedByRun } from './touched-by-run.ts'
import { touchedInTurn } from './touched-in-turn.ts'
import type { Touch } from './touched-rows.ts'

/** An event of a project with the states around it. */
export interface Moment {
  before: CaseState | undefined
  event: CaseEvent
  after: CaseState
}

/**
 * Keys of the rules of a policy that met a project with an event: those by which the act was judged, and those that bear
 * on the project as it stands after it, on the event's own day. What was done elsewhere and taken over (`adopted`) met none.
 */
export function touchedRules(policy: Policy, moment: Moment, outside: Outside): Set<string> {
  const { rules } = ruleBook(policy.document)
  const keys = new Set<string>()
  const touch: Touch = (path) => {
    const rule = rules.get(path)
    if (rule) keys.add(rule.key)
  }
  const { event, after } = moment
  touchedByAct(policy, moment, outside, touch)
  touchedInTurn(lookAt(policy, after, outside, event.on), touch)
  sanctionsTouched(after, event.on, touch)
  return keys
}

/** Keys of the sanctions that have come by mere time, from due days missed up to a day. */
export function sanctionsByTime(policy: Policy, state: CaseState, day: Day, outside: Outside): Set<string> {
  const { rules } = ruleBook(policy.document)
  const keys = new Set<string>()
  sanctionsTouched(tick(policy, state, day, outside), day, (path) => {
    const rule = rules.get(path)
    if (rule) keys.add(rule.key)
  })
  return keys
}

function sanctionsTouched(state: CaseState, day: Day, touch: Touch): void {
  const imposed = state.unitSanctions.filter(({ act }) => act === 'impose')
  for (const { id, on } of [...state.sanctions, ...imposed]) if (on <= day) touch(`sanctions.${id}`)
}

function touchedByAct(
  policy: Policy,
  { before, event, after }: Moment,
  outside: Outside,
  touch: Touch,
): void {
  switch (event.type) {
    case 'executed': {
      if (!before) return
      const step = stepNamed(policy, event.step)
      enlistedTouched(policy, after, touch)
      return touchedByRun(seenBefore(policy, before, event, outside), step, event, touch)
    }
    case 'opinion': {
      const step = stepNamed(policy, event.step)
      const env = lookAt(policy, after, outside, event.on)
      step.opinions.forEach((rule, i) => {
        if (rule.from.get(env)?.includes(event.from)) touch(`${pathOf(step).join('.')}.opinions.${i}`)
      })
      return
    }
    case 'drawn':
      return touch(`${pathOf(stepNamed(policy, event.step)).join('.')}.experts`)
    case 'facts':
      if (event.track !== undefined) scopeTouched(lookAt(policy, after, outside, event.on), touch)
      return
    case 'decided':
      touch(`decisions.${event.decision}`)
      return touch(`decisions.${event.decision}.options.${event.value}`)
    case 'started':
      return touch(`procedures.${event.procedure}`)
    case 'sanction':
      return touch(`sanctions.${event.sanction}`)
    case 'opened':
    case 'confirmed':
    case 'witnessed':
    case 'adopted':
    case 'absorbed':
    case 'transferred':
    case 'withdrawn':
    case 'composed':
      return
    default:
      return event satisfies never
  }
}

/** What the last act executed beside its own step, as an addition to a plan executes the listing (§10 `enlists`). */
function enlistedTouched(policy: Policy, after: CaseState, touch: Touch): void {
  for (const [id, { runs }] of Object.entries(after.steps)) {
    const run = runs.at(-1)
    const index = run?.seq === after.seq ? policy.stepIndex.get(id) : undefined
    if (run === undefined || index === undefined) continue
    const path = pathOf(policy.steps[index]!).join('.')
    touch(path)
    touch(`${path}.outcomes.${run.outcome}`)
  }
}

/** The case as an execution was judged on it: after all that followed from missed days, with what it states itself. */
function seenBefore(
  policy: Policy,
  before: CaseState,
  event: ExecutedEvent & { unit?: CaseState['unit']; counts?: CaseState['counts'] },
  outside: Outside,
): Env {
  const known = {
    ...before,
    unit: event.unit ?? before.unit,
    ...(event.counts ? { counts: event.counts } : {}),
  }
  const state = tick(policy, known, event.on, outside)
  const step = stepNamed(policy, event.step)
  return {
    ...lookAt(
      policy,
      state,
      outside,
      event.on,
      state.procedures.find((one) => one.id === event.instance),
    ),
    part: event.part,
    overlay: { step: step.index, records: event.records, facts: event.facts },
  }
}
