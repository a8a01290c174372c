import type { Command } from '../policy/command.ts'
import { parseValue } from '../policy/document/literal.ts'
import { stepUnknown } from '../policy/engine/actors.ts'
import type { Judged } from '../policy/engine/execute.ts'
import { finding } from '../policy/engine/say.ts'
import type { Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { CaseState, Values } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

export function judgeAdoption(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'adopt' }>,
  day: Day,
): Judged {
  const findings: Finding[] = []
  if (state.seq > 1 || state.adopted) findings.push(finding('passed', '', [], {}))
  if (!command.reason.trim()) findings.push(finding('record', '', [], { record: '理由', name: 'reason' }))
  const steps = command.steps.flatMap((given) => {
    const step = policy.steps[policy.stepIndex.get(given.step) ?? -1]
    if (!step || step.procedure) {
      findings.push(stepUnknown(policy, given.step))
      return []
    }
    const outcome =
      step.outcomes.find((one) => one.id === given.outcome) ??
      step.outcomes.find((one) => one.settles) ??
      step.outcomes[0]!
    const rules = [...step.records, ...outcome.records]
    const records: Values = {}
    for (const [name, raw] of Object.entries(given.records ?? {})) {
      const rule = rules.find((one) => one.id === name)
      const parsed =
        rule && parseValue({ type: rule.type, options: rule.text.options, columns: rule.text.columns }, raw)
      if (parsed?.ok) records[name] = parsed.value
      else
        findings.push(
          finding(
            rule ? 'record' : 'unknown',
            step.id,
            step.article,
            rule
              ? { record: rule.title, name, expected: parsed?.ok === false ? parsed.expected : '' }
              : { name },
          ),
        )
    }
    if (given.on > day)
      findings.push(
        finding('record', step.id, step.article, { record: '日期', name: 'on', limit: `不得晚于 ${day}` }),
      )
    return [{ step: step.id, on: given.on, outcome: outcome.id, records }]
  })
  if (findings.some((one) => one.level === 'block')) return { findings }
  const binds = steps.some((one) => one.step === policy.binds)
  const version = binds ? { version: policy.effective } : {}
  const { by, reason } = command
  return { findings, event: { type: 'adopted', on: day, by, reason, steps, ...version } }
}
