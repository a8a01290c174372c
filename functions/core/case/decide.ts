import { applyEvent } from '../policy/apply.ts'
import type { CaseEvent, Command, ExecuteCommand } from '../policy/command.ts'
import { lookAt } from '../policy/environment.ts'
import { type Judged, judgeExecution, unitFacts } from '../policy/execute.ts'
import { applicability, edgeFindings, rootParty, startFindings, stepUnknown } from '../policy/gate.ts'
import { parseValue } from '../policy/literal.ts'
import type { Env, Finding, Outside, Policy, Step } from '../policy/model.ts'
import { nearest } from '../policy/nearest.ts'
import { stepState } from '../policy/read-state.ts'
import { finding, partyNames, spoken } from '../policy/say.ts'
import { type CaseState, latestRun, type Values } from '../policy/state.ts'
import { tick } from '../policy/tick.ts'
import type { Day } from '../values/day.ts'

export type Decision =
  | { ok: true; events: CaseEvent[]; state: CaseState; findings: Finding[]; awaiting?: string[] }
  | { ok: false; findings: Finding[] }

export interface DecideOptions {
  /** One-project scenario: a batch step's party stands for a batch of this one item (§20). */
  solo?: boolean
}

/**
 * Decides a command on a state as of a day: the events and the state they make, or a refusal made of findings, each
 * with its articles. Total and deterministic; the state given is never changed.
 */
export function decide(
  policy: Policy,
  state: CaseState,
  command: Command,
  outside: Outside,
  day: Day,
  options: DecideOptions = {},
): Decision {
  const merge = command.type === 'execute' ? policy.merges.find((one) => one.id === command.step) : undefined
  const result = merge
    ? decideMerge(policy, state, command as ExecuteCommand, merge, outside, day)
    : decideOne(policy, state, command, outside, day, options)
  return { ...result, findings: spoken(policy, result.findings) }
}

function decideOne(
  policy: Policy,
  state: CaseState,
  command: Command,
  outside: Outside,
  day: Day,
  options: DecideOptions & { merged?: string },
): Decision {
  const ticked = tick(policy, state, day, outside)
  const refused = (findings: Finding[]): Decision => ({ ok: false, findings })
  if (ticked.ended)
    return refused([finding('ended', '', [], { on: ticked.ended.on, result: ticked.ended.result })])
  const judged = judge(policy, ticked, command, outside, day, options)
  if (!judged.event) return refused(judged.findings)
  const next = applyEvent(policy, state, judged.event, outside)
  return {
    ok: true,
    events: [judged.event],
    state: next,
    findings: judged.findings,
    awaiting: judged.awaiting,
  }
}

/** One execution counts for all steps of a merge, each judged after the one before it; all or nothing (§10). */
function decideMerge(
  policy: Policy,
  state: CaseState,
  command: ExecuteCommand,
  merge: Policy['merges'][number],
  outside: Outside,
  day: Day,
): Decision {
  const env = lookAt(policy, state, outside, day)
  if (merge.when.test(env) !== 1)
    return { ok: false, findings: [finding('excluded', merge.id, merge.article, {})] }
  let current = state
  const events: CaseEvent[] = []
  const findings: Finding[] = []
  for (const index of merge.steps) {
    const step = policy.steps[index]!
    const own = lookAt(policy, current, outside, day)
    if (applicability(own, step)?.code === 'excluded') continue
    const result = decideOne(
      policy,
      current,
      {
        ...command,
        step: step.id,
        outcome: step.outcomes.some((one) => one.id === command.outcome) ? command.outcome : undefined,
      },
      outside,
      day,
      { merged: merge.id },
    )
    findings.push(...result.findings)
    if (!result.ok) continue
    current = result.state
    events.push(...result.events)
  }
  const refused = findings.some((one) => one.level === 'block')
  return refused || events.length === 0
    ? { ok: false, findings }
    : { ok: true, events, state: current, findings }
}

function judge(
  policy: Policy,
  state: CaseState,
  command: Command,
  outside: Outside,
  day: Day,
  options: DecideOptions & { merged?: string },
): Judged {
  switch (command.type) {
    case 'execute': {
      const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
      if (!step) return { findings: [stepUnknown(policy, command.step)] }
      const env = lookAt(policy, state, outside, day)
      const placed = inInstance(env, step, command.procedure)
      if (!placed)
        return {
          findings: [
            finding('not-done', step.id, step.article, {
              waitsFor: policy.procedures.get(step.procedure!)?.title ?? step.procedure!,
              procedure: step.procedure!,
            }),
          ],
        }
      return judgeExecution(placed, step, command, {
        entered: day,
        solo: options.solo,
        merged: options.merged,
      })
    }
    case 'opinion':
      return judgeOpinion(policy, state, command, outside, day)
    case 'witness': {
      const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
      if (!step) return { findings: [stepUnknown(policy, command.step)] }
      const env = inInstance(lookAt(policy, state, outside, day), step, command.procedure)
      if (!env || !step.witness.includes(command.by))
        return {
          findings: [
            finding('actor', step.id, step.article, {
              party: partyNames(policy, step.witness) || '见证方',
              by: partyNames(policy, [command.by]),
            }),
          ],
        }
      return {
        findings: [],
        event: {
          type: 'witnessed',
          on: day,
          step: step.id,
          by: command.by,
          ...(env.instance ? { instance: env.instance.id } : {}),
        },
      }
    }
    case 'decide':
      return judgeDecision(policy, state, command, outside, day)
    case 'start':
      return judgeStart(policy, state, command, outside, day)
    case 'facts':
      return judgeFacts(policy, state, command, outside, day)
    case 'sanction': {
      const rule = policy.sanctions.get(command.sanction)
      if (!rule) return { findings: [finding('unknown', command.sanction, [], { name: command.sanction })] }
      if (
        command.act === 'lift' &&
        rule.lifted?.by &&
        rootParty(policy, rule.lifted.by) !== rootParty(policy, command.by)
      )
        return {
          findings: [
            finding('actor', rule.id, rule.article, {
              party: partyNames(policy, [rule.lifted.by]),
              by: partyNames(policy, [command.by]),
            }),
          ],
        }
      return {
        findings: [],
        event: {
          type: 'sanction',
          on: day,
          sanction: rule.id,
          act: command.act,
          by: command.by,
          reason: command.reason,
        },
      }
    }
    case 'adopt':
      return judgeAdoption(policy, state, command, day)
  }
}

/** The environment of the procedure instance that a step belongs to: the one named, else the newest running. */
function inInstance(env: Env, step: Step, named: string | undefined): Env | undefined {
  if (step.procedure === undefined || step.procedure === env.state.procedure) return env
  const candidates = env.state.procedures.filter(
    (one) => one.procedure === step.procedure && (named ? one.id === named : !one.result),
  )
  const instance = candidates[candidates.length - 1]
  return instance && lookAt(env.policy, env.state, env.outside, env.day, instance)
}

function judgeOpinion(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'opinion' }>,
  outside: Outside,
  day: Day,
): Judged {
  const step = policy.steps[policy.stepIndex.get(command.step) ?? -1]
  if (!step) return { findings: [stepUnknown(policy, command.step)] }
  const env = inInstance(lookAt(policy, state, outside, day), step, command.procedure)
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
  if (own?.done && own.demands.length === 0) findings.push(finding('already-done', step.id, step.article, {}))
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
    },
  }
}

function judgeDecision(
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
  if (!(command.value in rule.options))
    findings.push(
      finding('unknown', rule.id, rule.article, {
        name: command.value,
        guess: Object.keys(rule.options).join('、'),
      }),
    )
  if (!command.reason?.trim())
    findings.push(finding('record', rule.id, rule.article, { record: '理由', name: 'reason' }))
  if (rule.when?.test(env) === 0) findings.push(finding('excluded', rule.id, rule.article, {}))
  for (const index of rule.readers) {
    const step = policy.steps[index]!
    const own = stepState(env, step)
    if (own?.done)
      findings.push(finding('already-done', step.id, rule.article, { on: latestRun(own)?.on ?? null }))
    else if (applicability(env, step)?.code === 'passed')
      findings.push(finding('passed', step.id, rule.article, {}))
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

function judgeStart(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'start' }>,
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
  if (findings.some((one) => one.level === 'block')) return { findings }
  const unit = unitFacts(env)
  return {
    findings,
    event: {
      type: 'started',
      on: day,
      procedure: rule.id,
      instance: instance.id,
      by: command.by,
      facts,
      ...(unit ? { unit } : {}),
    },
  }
}

/** Facts corrected by hand; a change that would move a running project to another track is shown, a person decides (§14). */
function judgeFacts(
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
    const text = policy.document.facts[id]!
    const parsed = parseValue({ type: fact.type, options: text.options, columns: text.columns }, raw)
    if (parsed.ok) facts[id] = parsed.value
    else
      findings.push(
        finding('record', '', fact.article, { record: fact.title, name: id, expected: parsed.expected }),
      )
  }
  let track: string | undefined
  if (state.track !== undefined) {
    const { track: _, ...untracked } = state
    const next = lookAt(policy, { ...untracked, facts: { ...state.facts, ...facts } }, outside, day)
    const row = policy.scope.rows.find((one) => (one.when ? one.when.test(next) : 1) === 1)
    if (row && row.track !== state.track) {
      const old = policy.document.tracks[state.track]?.title ?? state.track
      const title = policy.document.tracks[row.track]!.title
      const level = command.track === undefined ? 'block' : 'note'
      findings.push(
        finding(
          'requires',
          '',
          row.article,
          { title: `这项更正会使办理路径由「${old}」变为「${title}」, 须由有权的人决定保持或改变` },
          level,
        ),
      )
      if (command.track === 'change') track = row.track
    }
  }
  if (findings.some((one) => one.level === 'block')) return { findings }
  return { findings, event: { type: 'facts', on: day, by: command.by, facts, ...(track ? { track } : {}) } }
}

function judgeAdoption(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'adopt' }>,
  day: Day,
): Judged {
  const findings: Finding[] = []
  if (state.seq > 1 || state.adopted) findings.push(finding('passed', '', [], {}))
  if (!command.reason?.trim()) findings.push(finding('record', '', [], { record: '理由', name: 'reason' }))
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
  return { findings, event: { type: 'adopted', on: day, by: command.by, reason: command.reason, steps } }
}
