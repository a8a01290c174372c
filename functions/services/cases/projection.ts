import type { DocumentRow, ProjectProjection, TodoRow } from '../../../db/tenant/projections.ts'
import { exceptionsOf } from '../../core/case/exceptions.ts'
import { gatesOf } from '../../core/case/gates.ts'
import { outlineIn } from '../../core/case/standing.ts'
import type { Outline, StepStanding } from '../../core/case/standing-view.ts'
import { amountsOf, categoryOf, codeOf } from '../../core/oversight/amounts.ts'
import type { CaseEvent } from '../../core/policy/command.ts'
import { lookAt } from '../../core/policy/engine/environment.ts'
import { tick, unitSanctionsAhead } from '../../core/policy/engine/tick.ts'
import type { Outside, Policy } from '../../core/policy/model.ts'
import type { CaseState, StepState } from '../../core/policy/state.ts'
import { addDays } from '../../core/values/day.ts'
import type { AdoptedPolicy } from '../tenants/policies.ts'
import { organisationsOf, type PartyScope } from './acting.ts'
import type { Holders } from './case-reads.ts'

/** A case as the projection needs it. */
export interface ProjectedCase {
  id: string
  organisationId: string
  title: string
  createdAt: string
  updatedAt: string
  version: number
  state: CaseState
}

/** The rows of a project on a day, and the standing that they were made from. */
export function projectionOf(
  project: ProjectedCase,
  adopted: AdoptedPolicy,
  given: Outside,
  holders: Holders,
  today: string,
): ProjectProjection & { standing: Outline } {
  const { policy } = adopted
  // Rows are of a day: what the hour closes is gone with the next.
  const { time: _, ...outside } = given
  const state = tick(policy, project.state, today, outside)
  const env = lookAt(policy, state, outside, today)
  const seen = outlineIn(env)
  const scope: PartyScope = { policy, state, units: [project.organisationId], holders }
  const { facts } = state
  const amounts = amountsOf(policy, state)
  const first = seen.obligations.find((one) => one.dueOn !== undefined)
  return {
    standing: seen,
    row: {
      id: project.id,
      organisationId: project.organisationId,
      title: project.title,
      policy: adopted.hash,
      planYear: typeof facts.planYear === 'number' ? facts.planYear : undefined,
      nature: typeof facts.nature === 'string' ? facts.nature : undefined,
      estimate: amounts.estimate,
      code: codeOf(state),
      category: categoryOf(policy, state)?.id,
      approved: amounts.approved,
      budget: amounts.budget,
      contract: amounts.contract,
      paid: amounts.paid,
      final: amounts.final,
      dueOn: seen.ended ? undefined : first?.dueOn,
      dueTitle: seen.ended ? undefined : first?.title,
      exceptions: listed(exceptionsOf(env, amounts)),
      gates: listed(gatesOf(env)),
      secret: facts.secret === true,
      track: seen.track,
      stage: seen.stage,
      settled: seen.settled,
      ended: seen.ended?.result,
      version: project.version,
      asOf: today,
      nextChangeOn: nextChangeOn(policy, state, seen, today),
      createdAt: project.createdAt,
      updatedAt: project.updatedAt,
    },
    parties: partiesIn(scope),
    todos: todosOf(scope, state, seen),
    unitSanctions: unitSanctionsAhead(policy, project.state, outside).map(({ id, act, on, cause, seq }) => ({
      sanction: id,
      act,
      on,
      cause,
      seq,
    })),
  }
}

function listed(items: readonly unknown[]): string | undefined {
  return items.length === 0 ? undefined : JSON.stringify(items)
}

/** The to-dos of a case: obligations of its parties, opinions and attestations awaited, decisions to be taken. */
export function todosOf(scope: PartyScope, state: CaseState, seen: Outline): TodoRow[] {
  if (seen.ended) return []
  const rows = new Map<string, TodoRow>()
  const add = (row: Omit<TodoRow, 'organisationId'>): void => {
    for (const organisationId of organisationsOf(scope, row.party)) {
      const key = `${row.item} ${organisationId}`
      if (!rows.has(key)) rows.set(key, { ...row, organisationId })
    }
  }
  const looked = (instance: string | undefined, id: string, part: string | undefined) =>
    (instance === undefined ? seen.steps : seen.procedures.find((one) => one.id === instance)?.steps)?.find(
      (step) => step.id === id && step.part === part,
    )
  const seenItems = new Map<string, number>()
  for (const { step, title, by, dueOn, provisional, procedure, decision, period, part } of seen.obligations) {
    const base = [decision ? 'decision' : 'step', procedure, step, part, period].filter(Boolean).join(':')
    const times = (seenItems.get(base) ?? 0) + 1
    seenItems.set(base, times)
    const look = decision ? undefined : looked(procedure, step, part)
    const awaiting = look?.awaiting
    const open = decision !== undefined || look?.state === 'open'
    const kind = decision ? ('decision' as const) : awaiting ? ('confirmation' as const) : ('step' as const)
    const item = times > 1 ? `${base}:${times}` : base
    for (const party of awaiting ?? by)
      add({ item, kind, party, step, title, dueOn, provisional: provisional ?? false, open })
  }
  const sideTodos = (list: StepStanding[], states: Record<string, StepState>, instance: string): void => {
    for (const step of list) {
      const own = states[step.part === undefined ? step.id : `${step.id}#${step.part}`]
      const base = [instance, step.id, step.part].filter(Boolean).join(':')
      if ((own?.round || step.periods) && (step.state === 'open' || step.state === 'blocked'))
        for (const opinion of step.opinions ?? [])
          if (opinion.awaited)
            add({
              item: `opinion:${base}:${opinion.from}`,
              kind: 'opinion',
              party: opinion.from,
              step: step.id,
              title: step.title,
              dueOn: opinion.dueOn,
              provisional: false,
              open: true,
            })
      if (step.state === 'open' && step.pending)
        for (const witness of step.witness ?? [])
          if (!own?.witnesses.includes(witness))
            add({
              item: `witness:${base}:${witness}`,
              kind: 'witness',
              party: witness,
              step: step.id,
              title: step.title,
              dueOn: step.dueOn,
              provisional: step.provisional ?? false,
              open: true,
            })
    }
  }
  sideTodos(seen.steps, state.steps, '')
  for (const instance of state.procedures) {
    const procedure = seen.procedures.find((one) => one.id === instance.id)
    if (procedure && !instance.result) sideTodos(procedure.steps, instance.steps, instance.id)
  }
  return [...rows.values()]
}

/** Documents that an event yielded, numbered by the event. */
export function documentsOf(
  policy: Policy,
  projectId: string,
  event: CaseEvent,
  version: number,
): DocumentRow[] {
  if (event.type !== 'executed') return []
  const step = policy.steps[policy.stepIndex.get(event.step) ?? -1]
  return (step?.yields ?? [])
    .filter((one) => one.outcome === undefined || one.outcome === event.outcome)
    .map(({ id, title }) => ({
      id: `${projectId}:${version}:${id}`,
      document: id,
      title,
      step: event.step,
      outcome: event.outcome,
      issuedOn: event.on,
      version,
    }))
}

/** Files that an event uses, with the step that they belong to. */
export function usesOf(event: CaseEvent): { file: string; step: string }[] {
  if (event.type !== 'executed' && event.type !== 'confirmed') return []
  return event.materials.flatMap(({ file }) => (file === undefined ? [] : [{ file, step: event.step }]))
}

/**
 * The first day after today on which the case stands differently although nobody does anything: something opens,
 * closes, falls due with consequences, or a new period begins.
 */
export function nextChangeOn(
  policy: Policy,
  state: CaseState,
  seen: Outline,
  today: string,
): string | undefined {
  if (seen.ended) return undefined
  let next: string | undefined
  const consider = (day: string | undefined): void => {
    if (day !== undefined && day > today && (next === undefined || day < next)) next = day
  }
  for (const step of [...seen.steps, ...seen.procedures.flatMap((one) => one.steps)]) {
    if (step.state === 'excluded') continue
    consider(step.opensOn)
    if (step.closesOn) consider(addDays(step.closesOn, 1))
    if (step.dueOn) consider(addDays(step.dueOn, 1))
    for (const opinion of step.opinions ?? []) if (opinion.dueOn) consider(addDays(opinion.dueOn, 1))
    const rule = policy.steps[policy.stepIndex.get(step.id) ?? -1]
    if (rule?.repeatEach && step.state !== 'blocked')
      consider(
        addDays(`${today.slice(0, 8)}28`, 4)
          .slice(0, 8)
          .concat('01'),
      )
  }
  for (const act of state.unitSanctions) consider(act.on)
  return next
}

/** Organisations with a part in the case beside those that hold their party for the whole tenant. */
function partiesIn(scope: PartyScope): ProjectProjection['parties'] {
  return Object.entries(scope.policy.document.parties).flatMap(([party, rule]) =>
    rule.from || rule.held
      ? organisationsOf(scope, party).map((organisationId) => ({ party, organisationId }))
      : [],
  )
}
