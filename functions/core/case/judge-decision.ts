import type { Command } from '../policy/command.ts'
import { nearest } from '../policy/document/nearest.ts'
import { rootParty } from '../policy/engine/actors.ts'
import { lookAt } from '../policy/engine/environment.ts'
import type { Judged } from '../policy/engine/execute.ts'
import { isPassed } from '../policy/engine/passed.ts'
import { stepState } from '../policy/engine/read-state.ts'
import { finding, partyNames } from '../policy/engine/say.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import { type CaseState, latestRun } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

export function judgeDecision(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'decide' }>,
  outside: Outside,
  day: Day,
): Judged {
  const rule = policy.decisions.get(command.decision)
  if (!rule) {
    const guess = nearest(command.decision, policy.decisions.keys())
    return {
      findings: [
        finding('unknown', command.decision, [], { name: command.decision, ...(guess ? { guess } : {}) }),
      ],
    }
  }
  const env = lookAt(policy, state, outside, day)
  const findings: Finding[] = []
  if (rootParty(policy, rule.by) !== rootParty(policy, command.by))
    findings.push(
      finding('actor', rule.id, rule.article, {
        party: partyNames(policy, [rule.by]),
        by: partyNames(policy, [command.by]),
      }),
    )
  if (!Object.hasOwn(rule.options, command.value))
    findings.push(
      finding('unknown', rule.id, rule.article, {
        name: command.value,
        guess: Object.keys(rule.options).join('、'),
      }),
    )
  if (!command.reason.trim())
    findings.push(finding('record', rule.id, rule.article, { record: '理由', name: 'reason' }))
  if (rule.when?.test(env) === 0) findings.push(finding('excluded', rule.id, rule.article, {}))
  for (const index of rule.readers) {
    const step = policy.steps[index]!
    const own = stepState(env, step)
    if (own?.done)
      findings.push(finding('already-done', step.id, rule.article, { on: latestRun(own)?.on ?? null }))
    else if (isPassed(env, step, own)) findings.push(finding('passed', step.id, rule.article, {}))
  }
  if (findings.length > 0) return { findings }
  return {
    findings: [],
    event: {
      type: 'decided',
      decision: rule.id,
      value: command.value,
      by: command.by,
      reason: command.reason,
      on: day,
    },
  }
}
