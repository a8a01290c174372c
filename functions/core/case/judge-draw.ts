import type { Command } from '../policy/command.ts'
import { actorFinding, stepUnknown } from '../policy/engine/actors.ts'
import { standsAside } from '../policy/engine/bodies.ts'
import { byName, drawFrom } from '../policy/engine/draw.ts'
import { lookAt } from '../policy/engine/environment.ts'
import type { Judged } from '../policy/engine/execute.ts'
import { applicability, edgeFindings } from '../policy/engine/gate.ts'
import { stepState } from '../policy/engine/read-state.ts'
import { finding } from '../policy/engine/say.ts'
import { unknownFacts } from '../policy/engine/shown-values.ts'
import type { Outside, Policy } from '../policy/model.ts'
import type { Finding } from '../policy/model-finding.ts'
import type { CaseState } from '../policy/state.ts'
import type { Day } from '../values/day.ts'
import { inInstance } from './decide.ts'

/**
 * Draws the experts of a step by lot from their register, without those who must stand aside (§11). Everything that made
 * the lot goes into the event. A second draw of the same round needs a reason.
 */
export function judgeDraw(
  policy: Policy,
  state: CaseState,
  command: Extract<Command, { type: 'draw' }>,
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
  const rule = step.experts
  if (!rule?.text.drawn)
    return { findings: [finding('unknown', step.id, step.article, { name: 'experts.drawn' })] }
  const findings: Finding[] = []
  const problem = (limit: string): void =>
    void findings.push(finding('record', step.id, rule.article, { record: '专家', name: 'experts', limit }))
  const excluded = applicability(env, step)
  if (excluded) findings.push(excluded)
  const wrong = actorFinding(env, step, command.by)
  if (wrong) findings.push(wrong)
  for (const edge of step.edges) edgeFindings(env, step, edge, findings)
  const own = stepState(env, step)
  if (own?.done && own.demands.length === 0 && step.repeat === undefined)
    findings.push(finding('already-done', step.id, step.article, {}))
  if (own?.drawn && !command.reason) problem('本轮已抽取过, 重新抽取须说明理由')
  const count = rule.count?.get(env) ?? command.count
  if (rule.count && rule.count.get(env) === undefined)
    findings.push(finding('undetermined', step.id, rule.article, unknownFacts(rule.count, env)))
  else if (count === undefined) problem('办法没有规定人数, 须写明抽取几名')
  else if (rule.text.odd && count % 2 === 0) problem('须为单数')
  const aside = new Map((command.aside ?? []).map((one) => [one.name, one.reason]))
  const valid = (outside.registers?.[rule.text.from] ?? []).filter(
    (entry) => (entry.from ?? '') <= day && day <= (entry.to ?? '9999'),
  )
  for (const entry of valid) {
    const parties = standsAside(env, step, entry.organisation)
    if (parties.length > 0 && !aside.has(entry.name))
      aside.set(entry.name, `与${parties.join('、')}同属${entry.organisation}`)
  }
  const pool = [...new Set(valid.map((entry) => entry.name))].filter((name) => !aside.has(name)).sort(byName)
  if (count !== undefined && pool.length < count)
    problem(`可抽取的专家只有 ${pool.length} 名, 不足 ${count} 名`)
  if (findings.length > 0 || count === undefined) return { findings }
  return {
    findings: [],
    event: {
      type: 'drawn',
      on: day,
      step: step.id,
      ...(env.instance ? { instance: env.instance.id } : {}),
      ...(command.part ? { part: command.part } : {}),
      by: command.by,
      seed: command.seed,
      pool,
      aside: [...aside].map(([name, reason]) => ({ name, reason })),
      experts: drawFrom(pool, count, command.seed),
      ...(command.reason ? { reason: command.reason } : {}),
    },
  }
}
