import { startFields } from '../../case/fields.ts'
import type { FormField, StepForm } from '../../case/form-view.ts'
import { stepForm } from '../../case/step-form.ts'
import type { Calendar } from '../../values/workdays.ts'
import { Lens } from '../check/lens.ts'
import { Liveness } from '../check/liveness.ts'
import { mergedExecution, startingFacts } from '../check/play-commands.ts'
import { actingParties } from '../check/play-inputs.ts'
import type { ExecuteCommand } from '../command.ts'
import { applies } from '../engine/applies.ts'
import { lookAt } from '../engine/environment.ts'
import { actorOf } from '../engine/survey.ts'
import { tick } from '../engine/tick.ts'
import type { Env, Outside, Policy } from '../model.ts'
import type { Step } from '../model-step.ts'
import type { Scenario } from '../scenario.ts'
import type { CaseState } from '../state.ts'
import { usual } from './best-wishes.ts'
import { literalsOf } from './event-of-move.ts'
import { proposeExecution } from './propose.ts'
import { ScenarioWorld } from './scenario-world.ts'

/** What is to be played: a step, in a run of a procedure or for a part, or the start of a procedure; on a day. */
export type PlayPlace =
  | { kind: 'step'; step: string; procedure?: string; part?: string; on: string }
  | { kind: 'start'; procedure: string; on: string }

/** An execution in good order, as a form is filled in with it. */
export interface Proposal {
  by: string[]
  records: Record<string, unknown>
  materials: string[]
  opinions: Record<string, string>
  witness: string[]
  experts: { name: string; agrees?: boolean }[]
  checks: Record<string, string>
}

export type PlayForm =
  | {
      kind: 'step'
      form: StepForm
      /** By outcome; under an empty name where there is none to choose. */
      proposals: Record<string, Proposal>
      /** Parties that may act, of whom one or all are needed. */
      by: string[]
      joint: boolean
    }
  | {
      kind: 'start'
      title: string
      article: string[]
      fields: FormField[]
      by: string[]
      facts: Record<string, unknown>
    }

/**
 * What an act asks for on a day after a scenario's events, and what it could be done with in good order. A step that is
 * merged with others is answered with the form of the merge. Undefined for what the policy does not have.
 */
export function playForm(
  policy: Policy,
  scenario: Scenario,
  calendar: Calendar,
  place: PlayPlace,
): PlayForm | undefined {
  const world = new ScenarioWorld(policy, scenario, calendar)
  for (const event of scenario.events ?? []) world.play(event)
  const outside = world.around(place.on, world.main)
  const state = tick(policy, world.main, place.on, outside)
  const live = new Liveness(new Lens(policy), { around: outside, start: place.on, usual })
  if (place.kind === 'start') return startForm(policy, state, outside, place, live)
  const step = policy.steps[policy.stepIndex.get(place.step) ?? -1]
  if (!step) return undefined
  const runs = state.procedures.filter((one) => one.procedure === step.procedure)
  const run = place.procedure ? runs.find((one) => one.id === place.procedure) : runs.at(-1)
  const env: Env = { ...lookAt(policy, state, outside, place.on, run), part: place.part }
  const merged = mergedForm(policy, state, outside, env, step, live)
  if (merged) return merged
  const form = stepForm(policy, world.main, step.id, outside, place.on, run?.id)
  if (!form) return undefined
  const executions = step.outcomes.map((outcome) => proposeExecution(live, state, env, step, outcome))
  const actor = actorFor(env, step)
  return {
    kind: 'step',
    form,
    proposals: Object.fromEntries(
      executions.map((one) => [one.outcome ?? '', proposalOf(one, form, one.outcome)]),
    ),
    ...actor,
  }
}

function actorFor(env: Env, step: Step): { by: string[]; joint: boolean } {
  const actor = actorOf(env, step)
  return { by: actor?.parties ?? [], joint: actor?.kind === 'all' }
}

/** The steps of a merge as one form: what any of them asks for, once. */
function mergedForm(
  policy: Policy,
  state: CaseState,
  outside: Outside,
  env: Env,
  step: Step,
  live: Liveness,
): PlayForm | undefined {
  const command = mergedExecution(live.game, env, step, new Map())
  const merge = policy.merges.find((one) => one.id === command?.step)
  if (!command || !merge) return undefined
  const steps = merge.steps.map((index) => policy.steps[index]!).filter((one) => applies(env, one) === 1)
  const forms = steps.flatMap((one) => stepForm(policy, state, one.id, outside, env.day) ?? [])
  const form: StepForm = {
    step: merge.id,
    title: merge.title,
    article: merge.article,
    fields: once(forms.flatMap((one) => one.fields)),
    materials: once(forms.flatMap((one) => one.materials)),
    outcomes: [],
    checks: once(forms.flatMap((one) => one.checks)),
    minute: false,
    norms: forms.flatMap((one) => one.norms),
  }
  const rule = (merge.by ?? step.by)?.get(env)
  return {
    kind: 'step',
    form,
    proposals: { '': proposalOf(command, form, undefined) },
    by: rule?.parties ?? command.by,
    joint: rule?.kind === 'all',
  }
}

function once<T extends { id: string }>(list: T[]): T[] {
  return [...new Map(list.map((one) => [one.id, one])).values()]
}

function startForm(
  policy: Policy,
  state: CaseState,
  outside: Outside,
  place: Extract<PlayPlace, { kind: 'start' }>,
  live: Liveness,
): PlayForm | undefined {
  const rule = policy.procedures.get(place.procedure)
  if (!rule) return undefined
  const probe = () => ({
    id: `${rule.id}-0`,
    procedure: rule.id,
    openedOn: place.on,
    seq: state.seq,
    facts: {},
    steps: {},
  })
  const env = lookAt(policy, state, outside, place.on, probe())
  const starter = rule.by ?? policy.steps[rule.steps[0]!]?.by
  const supposed = lookAt(policy, state, outside, place.on, probe())
  return {
    kind: 'start',
    title: rule.title,
    article: rule.article,
    fields: startFields(env, rule.id),
    by: actingParties(starter?.get(env)),
    facts: literalsOf(startingFacts(live.game, supposed, rule, new Map())) as Record<string, unknown>,
  }
}

/** What an execution in good order states, of what the form asks for; all that must be handed in, nothing else. */
function proposalOf(command: ExecuteCommand, form: StepForm, outcome: string | undefined): Proposal {
  const own = form.outcomes.find((one) => one.id === outcome)
  const asked = [...(own?.settles === false ? [] : form.materials), ...(own?.materials ?? [])]
  const groups = new Set<string>()
  const needed = asked.filter(({ required, present, anyOf }) => {
    if (required !== 'yes' || present || (anyOf && groups.has(anyOf))) return false
    if (anyOf) groups.add(anyOf)
    return true
  })
  return {
    by: command.by,
    records: literalsOf(command.records ?? {}) as Record<string, unknown>,
    materials: needed.map((one) => one.id),
    opinions: (command.opinions ?? {}) as Record<string, string>,
    witness: command.witness ?? [],
    experts: (command.experts ?? []).map((one) => (typeof one === 'string' ? { name: one } : one)),
    checks: command.checks ?? {},
  }
}
