import type { CaseEvent } from '../command.ts'
import type { Env } from '../model.ts'
import { createParts, freezeFacts } from './after-run.ts'
import { touch } from './effects.ts'
import { refreshed } from './environment.ts'
import { stepNamed } from './read-state.ts'

/** Steps done under other rules or before the platform, with their records (§14 `given`). */
export function adopt(env: Env, event: Extract<CaseEvent, { type: 'adopted' }>): void {
  env.state.adopted = { on: event.on, reason: event.reason }
  for (const given of event.steps) {
    const step = stepNamed(env.policy, given.step)
    const own = touch(env, step)
    const outcome = step.outcomes.find((one) => one.id === given.outcome)
    own.runs.push({
      n: own.runs.length + 1,
      seq: env.state.seq,
      on: given.on,
      entered: event.on,
      by: [event.by],
      outcome: given.outcome,
      settles: outcome?.settles ?? true,
      records: given.records,
      materials: [],
    })
    own.done = outcome?.settles ?? true
    freezeFacts(refreshed(env), step)
    if (step.creates && own.done) createParts(env.state, step, own.runs[own.runs.length - 1]!)
  }
}
