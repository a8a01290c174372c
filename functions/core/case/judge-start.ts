import type { StartCommand } from '../policy/command.ts'
import { parseValue } from '../policy/document/literal.ts'
import { nearest } from '../policy/document/nearest.ts'
import { rootParty } from '../policy/engine/actors.ts'
import { lookAt } from '../policy/engine/environment.ts'
import type { Judged } from '../policy/engine/execute.ts'
import { finding, partyNames } from '../policy/engine/say.ts'
import { startFindings } from '../policy/engine/start.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { CaseState, Values } from '../policy/state.ts'
import type { Day } from '../values/day.ts'

export function judgeStart(
  policy: Policy,
  state: CaseState,
  command: StartCommand,
  outside: Outside,
  day: Day,
): Judged {
  const rule = policy.procedures.get(command.procedure)
  if (!rule || rule.on === 'batch') {
    const guess = nearest(command.procedure, policy.procedures.keys())
    return {
      findings: [
        finding('unknown', command.procedure, [], { name: command.procedure, ...(guess ? { guess } : {}) }),
      ],
    }
  }
  const count = state.procedures.filter((one) => one.procedure === rule.id).length
  const facts: Values = {}
  const findings: Finding[] = []
  for (const [id, raw] of Object.entries(command.facts)) {
    const text = policy.document.procedures![rule.id]!.facts?.[id]
    const fact = policy.facts.get(`${rule.id}.${id}`)
    if (!text || !fact || fact.computed)
      findings.push(
        finding('unknown', rule.id, rule.article, { name: id, guess: nearest(id, rule.facts) ?? null }),
      )
    else {
      const parsed = parseValue({ type: fact.type, options: text.options, columns: text.columns }, raw)
      if (parsed.ok) facts[id] = parsed.value
      else
        findings.push(
          finding('record', rule.id, fact.article, {
            record: fact.title,
            name: id,
            expected: parsed.expected,
            ...(parsed.given ? { given: parsed.given } : {}),
          }),
        )
    }
  }
  const instance = {
    id: `${rule.id}-${count + 1}`,
    procedure: rule.id,
    openedOn: day,
    seq: state.seq + 1,
    facts,
    steps: {},
  }
  const env = lookAt(policy, state, outside, day, instance)
  findings.push(...startFindings(env, rule))
  for (const id of rule.facts) {
    const fact = policy.facts.get(`${rule.id}.${id}`)!
    if (
      fact.computed ||
      fact.optional ||
      fact.from.length > 0 ||
      facts[id] !== undefined ||
      command.facts[id] !== undefined
    )
      continue
    if (!fact.when || fact.when.test(env) === 1)
      findings.push(
        finding('undetermined', rule.id, fact.article.length > 0 ? fact.article : rule.article, {
          [id]: null,
        }),
      )
  }
  const starter = rule.by ?? policy.steps[rule.steps[0]!]?.by
  const actors = starter?.get(env)
  if (
    actors &&
    command.by.length > 0 &&
    !actors.parties.some((party) =>
      command.by.some((own) => rootParty(policy, own) === rootParty(policy, party)),
    )
  )
    findings.push(
      finding('actor', rule.id, rule.article, {
        party: partyNames(policy, actors.parties),
        by: partyNames(policy, command.by),
      }),
    )
  const open = (one: Finding): boolean => command.tentative === true && one.code === 'undetermined'
  if (findings.some((one) => one.level === 'block' && !open(one))) return { findings }
  return {
    findings,
    event: {
      type: 'started',
      on: day,
      procedure: rule.id,
      instance: instance.id,
      by: command.by,
      facts,
    },
  }
}
