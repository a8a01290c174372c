import type { Env, Policy, ProcedureRule } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import { scopeRow, trackOf } from './applies.ts'
import { edgeFindings, requirementFinding, unlessFindings } from './gate.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'
import { unknownFacts, valuesOf } from './shown-values.ts'

/** The row of the scope that leaves the procedure out: the project's track names its steps, and none of these is among them. */
function leftOut(env: Env, rule: ProcedureRule): Policy['scope']['rows'][number] | undefined {
  const only = env.policy.only.get(trackOf(env) ?? '')
  if (!only || rule.steps.some((index) => only.has(env.policy.steps[index]!.id))) return undefined
  return scopeRow(env) ?? { track: '', article: rule.article }
}

/** What keeps a procedure from being started. */
export function startFindings(env: Env, rule: ProcedureRule): Finding[] {
  const findings: Finding[] = []
  const self = { id: rule.id, article: rule.article }
  if (rule.when) {
    const when = rule.when.test(env)
    if (when === 2)
      findings.push(finding('undetermined', rule.id, rule.article, unknownFacts(rule.when, env)))
    if (when === 0) findings.push(finding('excluded', rule.id, rule.article, valuesOf(env, rule.when)))
  }
  const row = leftOut(env, rule)
  if (row) findings.push(finding('excluded', rule.id, row.article, valuesOf(env, row.when)))
  for (const edge of rule.edges) edgeFindings(env, self, edge, findings)
  unlessFindings(env, rule.unless, rule.id, findings)
  for (const index of rule.until) {
    const closer = env.policy.steps[index]!
    if (stepState(env, closer)?.done)
      findings.push(finding('too-late', rule.id, rule.article, { closedBy: closer.title }))
  }
  for (const requirement of rule.requires) requirementFinding(env, rule.id, requirement, findings)
  const open = env.state.procedures.filter(
    (one) => one.procedure === rule.id && !one.result && one !== env.instance,
  ).length
  if (open >= rule.atOnce)
    findings.push(finding('outstanding', rule.id, rule.article, { waitsFor: rule.title }))
  return findings
}
