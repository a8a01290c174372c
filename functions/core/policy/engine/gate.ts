import { union } from '../compile/graph.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { Requirement, Step } from '../model-step.ts'
import {
  applies,
  collectGaps,
  type EdgeGap,
  edgeHolds,
  governs,
  missingOfApplies,
  scopeRow,
  trackOf,
  within,
} from './applies.ts'
import { periodsOf } from './periods.ts'
import { runOf, stepState } from './read-state.ts'
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
  if ((step.owed.fixed ?? step.owed.get(env)) === 'on-demand')
    return finding('not-demanded', step.id, step.article)
  if (env.policy.restricted && governs(env, step) === 0) return outOfTrack(env, step)
  const stage = step.stageWhen?.test(env) === 0 ? step.stageWhen : undefined
  const own = step.when?.test(env) === 0 ? step.when : undefined
  if (!stage && !own) {
    const merge = env.policy.merges.find((one) => one.drops.has(step.index) && one.when.test(env) === 1)
    return merge
      ? finding('excluded', step.id, merge.article, { because: merge.title })
      : finding('passed', step.id, step.article)
  }
  const facts: Finding['facts'] = {}
  stage?.show(env, facts)
  own?.show(env, facts)
  return finding('excluded', step.id, excludingArticles(env, step), facts)
}

/** The track of the project does not have this step: the row of the scope says why. */
function outOfTrack(env: Env, step: Step): Finding {
  const row = scopeRow(env)
  const facts = valuesOf(env, row?.when)
  facts.track = env.policy.document.tracks[trackOf(env) ?? '']?.title ?? null
  return finding('excluded', step.id, row?.article ?? step.article, facts)
}

/** The step's articles and those of the tables and decisions that its conditions read. */
function excludingArticles(env: Env, step: Step): string[] {
  return citing(env, step.article, step.cites)
}

/** Articles together with those of the tables and decisions among the names. */
export function citing(env: Env, base: string[], names: string[]): string[] {
  let articles = base
  for (const name of names) {
    const table = env.policy.tables.get(name)
    const cited = table ? table.rows[table.look(env).row]?.article : env.policy.decisions.get(name)?.article
    if (cited) articles = union(articles, cited)
  }
  return articles
}

/** Everything that blocks the step itself, whoever acts and whatever the outcome; brief stops where it is blocked for sure. */
export function blockers(env: Env, step: Step, judged: boolean, brief = false): Finding[] {
  const findings: Finding[] = []
  for (const edge of step.edges) edgeFindings(env, step, edge, findings)
  if (brief && findings.some(surelyBlocks)) return findings
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

/** Whether a finding blocks whatever the step itself would make known. */
export function surelyBlocks(one: Finding): boolean {
  return one.level === 'block' && one.code !== 'undetermined'
}

export function edgeFindings(
  env: Env,
  step: { id: string; article: string[] },
  edge: Step['edges'][number],
  into: Finding[],
): void {
  if (edgeHolds(env, edge) === 1) return
  const gaps: EdgeGap[] = []
  collectGaps(env, edge, step.article, false, gaps)
  for (const gap of gaps) {
    if (gap.code === 'undetermined')
      into.push(finding('undetermined', step.id, gap.article, nulls(gap.missing ?? [])))
    else if (!into.some((one) => one.code === gap.code && one.facts.waitsForStep === gap.step.id)) {
      const facts: Finding['facts'] = { waitsFor: gap.step.title, waitsForStep: gap.step.id }
      if (gap.from) facts.from = gap.from
      const last = runOf(env, gap.step)
      if (gap.code === 'not-done' && last) facts.outcome = outcomeTitle(gap.step, last.outcome)
      into.push(finding(gap.code, step.id, cited(edge, step, gap), facts))
    }
  }
}

/** What an outcome is called. */
export function outcomeTitle(step: Step, id: string): string {
  return step.outcomes.find((outcome) => outcome.id === id)?.title ?? id
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
      : { ...(rule.title ? { title: rule.title } : {}), ...valuesOf(env, rule.that) }
  into.push(finding(value === 2 ? 'undetermined' : 'requires', id, rule.article, facts, level))
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
        {
          from: look.from ?? null,
          to: look.to ?? null,
          day: env.day,
          ...(look.at ? { at: look.at } : {}),
        },
        look.late === 'note' || (step.repeatEach && periodsOf(env, step).length > 0) ? 'note' : 'block',
      ),
    )
}
