import { lookAt } from '../../core/policy/engine/environment.ts'
import { actorOf } from '../../core/policy/engine/survey.ts'
import type { ProcedureState } from '../../core/policy/state.ts'
import { AppError } from '../errors.ts'
import { actingFor, partiesOf } from './acting.ts'
import type { CaseInHand } from './case-command.ts'

/** The parties that the policy names for a step (or a merge of steps) of this case as it stands. */
export function partiesForStep(hand: CaseInHand, stepId: string, procedure?: string): string[] | undefined {
  const { policy } = hand.adopted
  const env = lookAt(
    policy,
    hand.project.state,
    hand.outside,
    hand.today,
    instanceOf(hand, stepId, procedure),
  )
  const merge = policy.merges.find((one) => one.id === stepId)
  if (merge) return (merge.by ?? policy.steps[merge.steps[0]!]?.by)?.get(env)?.parties
  const step = policy.steps[policy.stepIndex.get(stepId) ?? -1]
  return step && actorOf(env, step)?.parties
}

/** The parties asked for an opinion on a step, or to witness it. */
export function partiesAsked(
  hand: CaseInHand,
  stepId: string,
  what: 'opinion' | 'witness',
  procedure?: string,
): string[] {
  const { policy } = hand.adopted
  const step = policy.steps[policy.stepIndex.get(stepId) ?? -1]
  if (!step) return []
  if (what === 'witness') return step.witness
  const env = lookAt(
    policy,
    hand.project.state,
    hand.outside,
    hand.today,
    instanceOf(hand, stepId, procedure),
  )
  return step.opinions.flatMap((rule) => rule.from.get(env) ?? [])
}

/** In whose name the person acts: the party he names, which his organisation must hold, else those that fit. */
export function inTheNameOf(
  hand: CaseInHand,
  wanted: readonly string[] | undefined,
  as: string | undefined,
): string[] {
  if (as === undefined) return actingFor(hand.scope, hand.actor, wanted)
  requireHeld(hand, [as])
  return [as]
}

/** `inTheNameOf` where only one party can speak; throws `malformed` when it is not clear which. */
export function oneVoice(hand: CaseInHand, wanted: readonly string[], as: string | undefined): string {
  const parties = inTheNameOf(hand, wanted, as)
  const fitting = parties.filter((party) => wanted.includes(party))
  if (as === undefined && fitting.length > 1)
    throw new AppError('malformed', '本单位担任多个责任方, 请用 as 写明以哪一方的名义', {
      errors: [{ pointer: '#/as', detail: `可为: ${fitting.join(', ')}` }],
    })
  return fitting[0] ?? parties[0] ?? ''
}

/** Throws `forbidden` when the person speaks for a party that his organisation does not hold in this case. */
export function requireHeld(hand: CaseInHand, parties: readonly string[]): void {
  const held = partiesOf(hand.scope, hand.actor)
  const foreign = parties.filter((party) => !held.includes(party))
  if (foreign.length) throw new AppError('forbidden', `本单位在本项目中不担任: ${foreign.join(', ')}`)
}

function instanceOf(hand: CaseInHand, stepId: string, named: string | undefined): ProcedureState | undefined {
  const { policy } = hand.adopted
  const procedure = policy.steps[policy.stepIndex.get(stepId) ?? -1]?.procedure
  if (procedure === undefined) return undefined
  const instances = hand.project.state.procedures.filter((one) => one.procedure === procedure)
  return named ? instances.find((one) => one.id === named) : instances.at(-1)
}
