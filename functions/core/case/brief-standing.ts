import { lookOpinions } from '../policy/engine/assent.ts'
import { stepState } from '../policy/engine/read-state.ts'
import type { StepLook } from '../policy/engine/survey.ts'
import { lookWindow } from '../policy/engine/window.ts'
import type { Env } from '../policy/model.ts'
import type { StepStanding } from './standing-view.ts'

/**
 * What lists and to-dos need of a step: its state, party, days, and whose word is awaited. Made for every step of a case
 * at every write, so it leaves out what only a reader of the case wants: runs, outcomes, materials, experts, periods.
 */
export function briefStanding(env: Env, look: StepLook): StepStanding {
  const { step, state, actor, findings } = look
  const brief: StepStanding = {
    id: step.id,
    title: step.title,
    stage: step.stage,
    part: env.part,
    state,
    by: actor ? actor.parties : [],
    joint: actor?.kind === 'all',
    awaiting: undefined,
    dueOn: look.dueOn,
    provisional: look.provisional,
    overdue: look.overdue,
    pending: look.pending,
    opensOn: undefined,
    closesOn: undefined,
    outcomes: [],
    materials: [],
    opinions: undefined,
    witness: undefined,
    article: step.article,
    findings,
  }
  if (state === 'excluded' || state === 'done') return brief
  if (step.witness.length > 0) brief.witness = step.witness
  if (step.window) {
    const window = lookWindow(env, step)
    if (window?.from && window.state === 'closed' && env.day < window.from) brief.opensOn = window.from
    if (window?.to && window.state === 'open') brief.closesOn = window.to
  }
  if (brief.opensOn === undefined) {
    const early = findings.find((one) => one.code === 'too-early' && one.facts.from)
    if (early) brief.opensOn = String(early.facts.from)
  }
  const own = stepState(env, step)
  if (own && own.confirmations.length > 0) {
    const confirmed = own.confirmations.filter((one) => one.rev === env.state.rev).map((one) => one.party)
    if (confirmed.length > 0) brief.awaiting = brief.by.filter((party) => !confirmed.includes(party))
  }
  if (step.opinions.length > 0) {
    const later = own?.round !== undefined && own.round.openedOn > env.day
    brief.opinions = lookOpinions(env, step).flatMap((one) =>
      one.from.map((from) => ({
        from,
        awaited: one.awaited.includes(from) && !later,
        on: one.rule.on,
        aspects: [],
        dueOn: one.dueOn,
        article: one.rule.article,
      })),
    )
  }
  return brief
}
