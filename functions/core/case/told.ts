import type { CaseEvent, ExecutedEvent } from '../policy/command.ts'
import { lookAt } from '../policy/engine/environment.ts'
import { emptyOutside } from '../policy/engine/outside.ts'
import type { Policy } from '../policy/model.ts'
import type { CaseState, StepState } from '../policy/state.ts'

/** What a notice is about, by which people choose what the bell counts. */
export const NOTICE_CATEGORIES = [
  'returned',
  'result',
  'sanction',
  'received',
  'copy',
  'urged',
  'handed',
  'due-soon',
  'overdue',
] as const
export type NoticeCategory = (typeof NOTICE_CATEGORIES)[number]

/** What parties learn of an event that gives them nothing to do. */
export interface Told {
  /** A party of the policy; the unit by the vocabulary's name. */
  party: string
  category: 'returned' | 'result' | 'sanction' | 'received' | 'copy'
  step?: string
  about: { kind: string; title: string; [more: string]: string | boolean | string[] | undefined }
}

const UNIT = 'unit'

/**
 * Whom an event tells something, and what: the unit of what others decided, whoever a step is addressed or copied to,
 * the unit of sanctions. Nobody is told of what he did himself, and a party learns the same event once in a category.
 */
export function toldBy(
  policy: Policy,
  before: CaseState | undefined,
  after: CaseState,
  event: CaseEvent,
): { doers: string[]; told: Told[] } {
  const sanctions = before ? sanctionsTold(policy, before, after) : []
  switch (event.type) {
    case 'executed':
      return { doers: event.by, told: [...executedTold(policy, before, after, event), ...sanctions] }
    case 'decided': {
      const rule = policy.decisions.get(event.decision)
      const about = {
        kind: 'decided',
        title: rule?.title ?? event.decision,
        outcome: rule?.options[event.value] ?? event.value,
        reason: event.reason,
        by: [event.by],
      }
      return { doers: [event.by], told: [{ party: UNIT, category: 'result', about }, ...sanctions] }
    }
    case 'started': {
      const title = policy.procedures.get(event.procedure)?.title ?? event.procedure
      const about = { kind: 'started', title, by: event.by }
      return { doers: event.by, told: [{ party: UNIT, category: 'result', about }, ...sanctions] }
    }
    case 'facts': {
      const changed = Object.keys(event.facts).map((id) => policy.facts.get(id)?.title ?? id)
      const about = { kind: 'facts', title: changed.join('、'), by: [event.by] }
      return { doers: [event.by], told: [{ party: UNIT, category: 'result', about }, ...sanctions] }
    }
    case 'sanction':
      return {
        doers: [event.by],
        told: sanctions.map((one) => ({ ...one, about: { ...one.about, reason: event.reason } })),
      }
    case 'absorbed': {
      const about = { kind: 'executed', title: `「${event.title}」并入本项目`, by: event.by }
      // The unit of another project has done nothing here: it is told like anybody else.
      const doers = event.own ? event.by : event.by.filter((party) => party !== UNIT)
      return { doers, told: [{ party: UNIT, category: 'result', about }, ...sanctions] }
    }
    case 'transferred': {
      const about = { kind: 'transferred', title: policy.document.policy.title }
      return { doers: [], told: [{ party: UNIT, category: 'result', about }, ...sanctions] }
    }
    case 'withdrawn': {
      const step = policy.steps[policy.stepIndex.get(event.step ?? '') ?? -1]
      const started = before?.procedures.find((one) => one.id === event.instance)?.procedure ?? ''
      const about = {
        kind: 'withdrawn',
        title: step?.title ?? policy.procedures.get(started)?.title ?? '',
        reason: event.reason,
        by: event.by,
      }
      const readers = new Set([UNIT, ...(step?.to.all.flat() ?? [])])
      return {
        doers: event.by,
        told: [...readers].map((party) => ({ party, category: 'received', step: event.step, about })),
      }
    }
    case 'opened':
    case 'confirmed':
    case 'opinion':
    case 'witnessed':
    case 'drawn':
    case 'adopted':
    case 'composed':
      return { doers: 'by' in event ? [event.by].flat() : [], told: sanctions }
    default:
      return event satisfies never
  }
}

function executedTold(
  policy: Policy,
  before: CaseState | undefined,
  after: CaseState,
  event: ExecutedEvent,
): Told[] {
  const step = policy.steps[policy.stepIndex.get(event.step) ?? -1]
  if (!step) return []
  const outcome = step.outcomes.find((one) => one.id === event.outcome)
  const ended = before && !before.ended && after.ended ? after.ended.result : undefined
  const about = {
    kind: 'executed',
    title: step.title,
    outcome: outcome && outcome.title !== outcome.id ? outcome.title : undefined,
    ended,
    by: event.by,
    ...(event.remark ? { note: event.remark } : {}),
  }
  const returned = before !== undefined && !ended && takesBack(before, after, event.step)
  const told: Told[] = [{ party: UNIT, category: returned ? 'returned' : 'result', step: event.step, about }]
  const informed = new Set([UNIT])
  for (const [parties, category] of [
    [step.to.get(lookAt(policy, after, emptyOutside, event.on)) ?? [], 'received'],
    [step.copies, 'copy'],
  ] as const)
    for (const party of parties) {
      if (informed.has(party)) continue
      informed.add(party)
      told.push({ party, category, step: event.step, about })
    }
  return told
}

/** Whether steps that were done are to be done again, beside the one just executed. */
function takesBack(before: CaseState, after: CaseState, executed: string): boolean {
  const undone = (was: Record<string, StepState>, is: Record<string, StepState>): boolean =>
    Object.entries(was).some(([id, one]) => one.done && id !== executed && is[id]?.done === false)
  if (undone(before.steps, after.steps)) return true
  return before.procedures.some((one) => {
    const now = after.procedures.find((other) => other.id === one.id)
    return now !== undefined && undone(one.steps, now.steps)
  })
}

function sanctionsTold(policy: Policy, before: CaseState, after: CaseState): Told[] {
  const title = (id: string): string => policy.sanctions.get(id)?.title ?? id
  const known = new Map(before.sanctions.map((one) => [`${one.id} ${one.seq}`, one.liftedOn]))
  const own = after.sanctions.flatMap((one) => {
    const key = `${one.id} ${one.seq}`
    if (!known.has(key)) return [{ act: 'impose', id: one.id }]
    return known.get(key) === undefined && one.liftedOn !== undefined ? [{ act: 'lift', id: one.id }] : []
  })
  const acts = new Set(before.unitSanctions.map(({ id, act, seq }) => `${id} ${act} ${seq}`))
  const units = after.unitSanctions.filter(({ id, act, seq }) => !acts.has(`${id} ${act} ${seq}`))
  return [...own, ...units].slice(0, 1).map(({ act }) => ({
    party: UNIT,
    category: 'sanction' as const,
    about: {
      kind: act,
      title: [...new Set([...own, ...units].map(({ id }) => title(id)))].join('、'),
    },
  }))
}
