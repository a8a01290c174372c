import type { Command } from '../policy/command.ts'
import { parseValue } from '../policy/document/literal.ts'
import { nearest } from '../policy/document/nearest.ts'
import { rootParty } from '../policy/engine/actors.ts'
import { lookAt } from '../policy/engine/environment.ts'
import type { Judged } from '../policy/engine/execute.ts'
import { finding, partyNames } from '../policy/engine/say.ts'
import { trackChange } from '../policy/engine/track.ts'
import type { FactRule, Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import { type CaseState, latestRun, type Values } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { keptFindings } from './kept-facts.ts'

/** What a step has found is the word of its party: once it ran, only that party corrects it (§3 `from`). */
function wordOfAnother(
  policy: Policy,
  state: CaseState,
  fact: FactRule,
  by: string,
  outside: Outside,
  day: Day,
): Finding | undefined {
  const env = lookAt(policy, state, outside, day)
  const runs = fact.from.flatMap((id) => {
    const step = policy.steps[policy.stepIndex.get(id) ?? -1]
    const run = step && latestRun(state.steps[id])
    return run && fact.id in state.facts ? { step, run } : []
  })
  const last = runs.sort((a, b) => b.run.seq - a.run.seq)[0]
  const parties = [...(last?.run.by ?? []), ...(last?.step.by?.get(env)?.parties ?? [])]
  if (!last || parties.some((party) => rootParty(policy, party) === rootParty(policy, by))) return undefined
  const article = [...new Set([...fact.article, ...last.step.article])]
  return finding('actor', last.step.id, article, {
    fact: fact.title,
    party: partyNames(policy, last.run.by),
    by: partyNames(policy, [by]),
  })
}

/** Facts corrected by hand; a change that would move a running project to another track is shown, a person decides (§14). */
export function judgeFacts(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'facts' }>,
  outside: Outside,
  day: Day,
): Judged {
  const facts: Values = {}
  const findings: Finding[] = []
  for (const [id, raw] of Object.entries(command.facts)) {
    const fact = policy.facts.get(id)
    if (!fact || fact.computed || fact.procedure) {
      findings.push(finding('unknown', '', [], { name: id, guess: nearest(id, policy.facts.keys()) ?? null }))
      continue
    }
    findings.push(...keptFindings(policy, [id], [command.by]))
    const foreign = wordOfAnother(policy, state, fact, command.by, outside, day)
    if (foreign) findings.push(foreign)
    const text = policy.document.facts[id]!
    const parsed = parseValue({ type: fact.type, options: text.options, columns: text.columns }, raw)
    if (parsed.ok) facts[id] = parsed.value
    else
      findings.push(
        finding('record', '', fact.article, {
          record: fact.title,
          name: id,
          expected: parsed.expected,
          ...(parsed.given ? { given: parsed.given } : {}),
        }),
      )
  }
  const env = lookAt(policy, state, outside, day)
  const other = trackChange(env, facts, command.track === undefined ? 'block' : 'note')
  if (other) findings.push(other.finding)
  const track = command.track === 'change' ? other?.track : undefined
  if (findings.some((one) => one.level === 'block')) return { findings }
  return { findings, event: { type: 'facts', on: day, by: command.by, facts, ...(track ? { track } : {}) } }
}
