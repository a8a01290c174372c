import { union } from '../compile/graph.ts'
import type { Env, Guard } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Requirement, Step } from '../model-step.ts'
import { applies, edgeGaps, edgeHolds, missingOfApplies, scopeRow, trackOf, within } from './applies.ts'
import { stepState } from './read-state.ts'
import { finding } from './say.ts'
import { nulls, unknownFacts, valuesOf } from './shown-values.ts'
import { lookWindow } from './window.ts'

/** Why a step does not apply, or undefined when it does. */
export function applicability(env: Env, step: Step): Finding | undefined {
  const value = applies(env, step)
  if (value === 1) return undefined
  if (value === 2) {
    const missing = new Set<string>()
    missingOfApplies(env, step, missing)
    return finding('undetermined', step.id, step.article, nulls(missing))
  }
  const owed = step.owed.fixed ?? step.owed.get(env)
  if (owed === 'on-demand') return finding('not-demanded', step.id, step.article)
  const guards = [step.stageWhen, step.when].filter((guard): guard is Guard => guard?.test(env) === 0)
  const outOfTrack = env.policy.restricted && env.policy.only.get(trackOf(env) ?? '')?.has(step.id) === false
  if (outOfTrack) {
    const row = scopeRow(env)
    return finding(
      'excluded',
      step.id,
      row?.article ?? step.article,
      valuesOf(env, ['track', ...(row?.when?.reads ?? [])]),
    )
  }
  if (guards.length === 0) {
    const merge = env.policy.merges.find((one) => one.drops.has(step.index) && one.when.test(env) === 1)
    if (merge) return finding('excluded', step.id, merge.article, { because: merge.title })
    return finding('passed', step.id, step.article)
  }
  const reads = guards.flatMap((guard) => guard.reads)
  return finding('excluded', step.id, excludingArticles(env, step, reads), valuesOf(env, reads))
}

/** The step's articles and those of the decision tables that excluded it. */
function excludingArticles(env: Env, step: Step, reads: string[]): string[] {
  const cited = reads.flatMap((name) => {
    const table = env.policy.tables.get(name)
    if (table) return table.rows[table.look(env).row]?.article ?? []
    return env.policy.decisions.get(name)?.article ?? []
  })
  return cited.length > 0 ? [...new Set([...step.article, ...cited])] : step.article
}

/** Everything that blocks the step itself, whoever acts and whatever the outcome. */
export function blockers(env: Env, step: Step, judged: boolean): Finding[] {
  const findings: Finding[] = []
  for (const edge of step.edges) edgeFindings(env, step, edge, findings)
  unlessFindings(env, step.unless, step.id, findings)
  for (const index of step.until) {
    const closer = env.policy.steps[index]!
    if (stepState(env, closer)?.done)
      findings.push(finding('too-late', step.id, step.article, { closedBy: closer.title }))
  }
  for (const rule of step.requires)
    if (judged || !rule.readsOwn) requirementFinding(env, step.id, rule, findings)
  windowFinding(env, step, findings)
  return findings
}

export function edgeFindings(
  env: Env,
  step: { id: string; article: string[] },
  edge: Step['edges'][number],
  into: Finding[],
): void {
  if (edgeHolds(env, edge) === 1) return
  for (const gap of edgeGaps(env, edge, step.article))
    into.push(
      gap.code === 'undetermined'
        ? finding('undetermined', step.id, gap.article, nulls(gap.missing ?? []))
        : finding(gap.code, step.id, cited(edge, step, gap), {
            waitsFor: gap.step.title,
            waitsForStep: gap.step.id,
            ...(gap.from ? { from: gap.from } : {}),
          }),
    )
}

/** Articles of what has to come before: those of the relation, else of both steps. */
function cited(edge: Step['edges'][number], step: { article: string[] }, gap: { step: Step }): string[] {
  if (edge.article.length > 0) return edge.article
  return gap.step.index === edge.target && edge.both ? edge.both : union(step.article, gap.step.article)
}

export function unlessFindings(env: Env, rules: Step['unless'], id: string, into: Finding[]): void {
  for (const rule of rules) {
    const when = rule.when ? rule.when.test(env) : 1
    if (when === 0) continue
    if (when === 2) {
      into.push(finding('undetermined', id, rule.article, unknownFacts(rule.when!, env)))
      continue
    }
    if (
      rule.procedure &&
      env.state.procedures.some(
        (one) => one.procedure === rule.procedure && !one.result && one !== env.instance,
      )
    )
      into.push(
        finding('outstanding', id, rule.article, {
          waitsFor: env.policy.procedures.get(rule.procedure)?.title ?? rule.procedure,
        }),
      )
    if (rule.step === undefined) continue
    const other = env.policy.steps[rule.step]!
    if (isOutstanding(within(env, other), other))
      into.push(finding('outstanding', id, rule.article, { waitsFor: other.title, waitsForStep: other.id }))
  }
}

/** Outstanding: demanded or reopened, and not yet done again. */
export function isOutstanding(env: Env, step: Step): boolean {
  const state = stepState(env, step)
  return (
    state !== undefined &&
    (state.demands.length > 0 || (state.reopened !== undefined && !state.done && applies(env, step) !== 0))
  )
}

export function requirementFinding(
  env: Env,
  id: string,
  rule: Requirement,
  into: Finding[],
  level: Finding['level'] = 'block',
): void {
  const when = rule.when ? rule.when.test(env) : 1
  if (when === 0) return
  if (when === 2) {
    into.push(finding('undetermined', id, rule.article, unknownFacts(rule.when!, env), level))
    return
  }
  const value = rule.that.test(env)
  if (value === 1) return
  const facts =
    value === 2
      ? unknownFacts(rule.that, env)
      : { ...(rule.title ? { title: rule.title } : {}), ...failing(env, rule.that) }
  into.push(finding(value === 2 ? 'undetermined' : 'requires', id, rule.article, facts, level))
}

function failing(env: Env, guard: Guard): Finding['facts'] {
  return valuesOf(env, guard.reads)
}

function windowFinding(env: Env, step: Step, into: Finding[]): void {
  const state = stepState(env, step)
  if (state?.reopened && !state.reopened.anew) return
  if (state && state.demands.length > 0) return
  const look = lookWindow(env, step)
  if (!look || look.state === 'open') return
  const article = step.window!.article
  if (look.state === 'undetermined')
    into.push(finding('undetermined', step.id, article, nulls(look.missing ?? [])))
  else if (look.state === 'unannounced')
    into.push(finding('window', step.id, article, { unannounced: true }, 'note'))
  else
    into.push(
      finding(
        'window',
        step.id,
        article,
        { from: look.from ?? null, to: look.to ?? null, day: env.day },
        look.late === 'note' ? 'note' : 'block',
      ),
    )
}
