import type { Command } from '../policy/command.ts'
import { stepUnknown } from '../policy/engine/actors.ts'
import { lookAt } from '../policy/engine/environment.ts'
import type { Judged } from '../policy/engine/execute.ts'
import { applicability, edgeFindings } from '../policy/engine/gate.ts'
import { stepState } from '../policy/engine/read-state.ts'
import { finding, partyNames } from '../policy/engine/say.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { inInstance } from './decide.ts'

export function judgeOpinion(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'opinion' }>,
  outside: Outside,
  day: Day,
): Judged {
  const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
  if (!step) return { findings: [stepUnknown(policy, command.step)] }
  const env = inInstance(
    { ...lookAt(policy, state, outside, day), part: command.part },
    step,
    command.procedure,
  )
  if (!env)
    return { findings: [finding('not-done', step.id, step.article, { waitsFor: step.procedure ?? '' })] }
  const findings: Finding[] = []
  const asked = step.opinions.flatMap((rule) =>
    rule.when?.test(env) === 0 ? [] : (rule.from.get(env) ?? []),
  )
  if (!asked.includes(command.by))
    findings.push(
      finding('actor', step.id, step.article, {
        party: partyNames(policy, asked) || '会签单位',
        by: partyNames(policy, [command.by]),
      }),
    )
  const excluded = applicability(env, step)
  if (excluded) findings.push(excluded)
  for (const edge of step.edges) edgeFindings(env, step, edge, findings)
  const own = stepState(env, step)
  if (own?.done && own.demands.length === 0 && step.repeat === undefined)
    findings.push(finding('already-done', step.id, step.article, {}))
  if (findings.length > 0) return { findings }
  const { by, value, aspect, remark } = command
  return {
    findings: [],
    event: {
      type: 'opinion',
      on: day,
      step: step.id,
      from: by,
      value,
      ...(aspect ? { aspect } : {}),
      ...(remark ? { remark } : {}),
      ...(env.instance ? { instance: env.instance.id } : {}),
      ...(command.part ? { part: command.part } : {}),
    },
  }
}
