import type { CaseEvent, ExecuteCommand } from '../policy/command.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { Step } from '../policy/model-step.ts'
import type { CaseState } from '../policy/state.ts'
import type { Decision } from './decide.ts'

/** One command that counts for several: merged steps, a run for a subset of parts. */

/** Decides one thing after another on what the one before made of the state; all or nothing. */
export function decideAll<T>(
  state: CaseState,
  items: readonly T[],
  decideNext: (state: CaseState, item: T) => Decision,
): Decision {
  let current = state
  const events: CaseEvent[] = []
  const findings: Finding[] = []
  let awaiting: string[] | undefined
  let refused = false
  for (const item of items) {
    const result = decideNext(current, item)
    findings.push(...result.findings)
    if (!result.ok) {
      refused = true
      continue
    }
    current = result.state
    events.push(...result.events)
    awaiting ??= result.awaiting
  }
  return refused || events.length === 0
    ? { ok: false, findings }
    : { ok: true, events, state: current, findings, ...(awaiting ? { awaiting } : {}) }
}

/** What of a merged execution concerns one of its steps: what only another of them asks for is left out. */
export function ownShare(command: ExecuteCommand, step: Step, steps: Step[]): ExecuteCommand {
  const foreign = (id: string, asked: (one: Step) => string[]): boolean =>
    !asked(step).includes(id) && steps.some((one) => asked(one).includes(id))
  const records = (one: Step) => [
    ...one.facts,
    ...[...one.records, ...one.outcomes.flatMap((outcome) => outcome.records)].map((rule) => rule.id),
  ]
  const materials = (one: Step) =>
    [...one.materials, ...one.outcomes.flatMap((outcome) => outcome.materials)].map((rule) => rule.id)
  return {
    ...command,
    step: step.id,
    outcome: step.outcomes.some((one) => one.id === command.outcome) ? command.outcome : undefined,
    ...(command.records
      ? {
          records: Object.fromEntries(
            Object.entries(command.records).filter(([id]) => !foreign(id, records)),
          ),
        }
      : {}),
    ...(command.materials
      ? {
          materials: command.materials.filter(
            (item) => !foreign(typeof item === 'string' ? item : item.id, materials),
          ),
        }
      : {}),
  }
}
