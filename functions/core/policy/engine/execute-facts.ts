import type { ExecuteCommand, ExecutedEvent } from '../command.ts'
import type { Env } from '../model.ts'
import type { Finding } from '../model-finding.ts'
import type { OutcomeRule, Step } from '../model-step.ts'
import {
  checkFindings,
  expertFindings,
  opinionFindings,
  readExperts,
  readOpinions,
  witnessFindings,
} from './assent.ts'
import { barFindings } from './bars.ts'
import { edgeFindings, requirementFinding } from './gate.ts'
import { materialFindings, recordFindings } from './inputs.ts'
import { finding } from './say.ts'
import { unknownFacts, valuesOf } from './shown-values.ts'

/**
 * Facts asked for by this execution: all of the project's at its first step, and those that name this step, which its
 * settling outcomes owe (†).
 */
export function factFindings(env: Env, step: Step, outcome: OutcomeRule | undefined, into: Finding[]): void {
  const isFirst =
    env.state.kind === 'project' &&
    step.procedure === undefined &&
    Object.values(env.state.steps).every((state) => state.runs.length === 0)
  for (const fact of env.policy.facts.values()) {
    if (
      fact.computed ||
      fact.optional ||
      fact.keptBy !== undefined ||
      (fact.procedure !== undefined && fact.procedure !== step.procedure)
    )
      continue
    const asked =
      fact.from.length > 0
        ? fact.from.includes(step.id) && outcome?.settles !== false
        : isFirst && fact.procedure === undefined
    if (!asked || fact.read(env) !== undefined || (fact.when && fact.when.test(env) !== 1)) continue
    into.push(
      finding('undetermined', step.id, fact.article.length > 0 ? fact.article : step.article, {
        [fact.id]: null,
      }),
    )
  }
}

/** The listing that the outcome carries out is judged like any other: its conditions, bars and records (§10). */
function enlistFindings(env: Env, outcome: OutcomeRule, into: Finding[]): void {
  const effect = outcome.effects.enlists
  const listing = effect && env.policy.steps[env.policy.stepIndex.get(effect.step) ?? -1]
  if (!listing) return
  const chosen =
    listing.outcomes.find((one) => one.id === effect.outcome) ?? listing.outcomes.find((one) => one.settles)
  if (!chosen) return
  const at: Env = { ...env, overlay: { ...env.overlay!, step: listing.index } }
  for (const rule of [...listing.requires, ...chosen.requires]) requirementFinding(at, listing.id, rule, into)
  barFindings(at, listing, chosen, into)
  recordFindings(at, listing, chosen, into)
}

export function outcomeFindings(
  env: Env,
  step: Step,
  outcome: OutcomeRule,
  command: ExecuteCommand,
  materials: ExecutedEvent['materials'],
  into: Finding[],
): void {
  if (outcome.when) {
    const when = outcome.when.test(env)
    if (when === 2)
      into.push(finding('undetermined', step.id, outcome.article, unknownFacts(outcome.when, env)))
    if (when === 0) {
      const facts = { ...valuesOf(env, outcome.when), byOutcome: outcome.title }
      into.push(finding('requires', step.id, outcome.article, facts))
    }
  }
  for (const edge of outcome.edges) edgeFindings(env, { id: step.id, article: outcome.article }, edge, into)
  for (const rule of outcome.requires) requirementFinding(env, step.id, rule, into)
  barFindings(env, step, outcome, into)
  recordFindings(env, step, outcome, into)
  enlistFindings(env, outcome, into)
  materialFindings(env, step, outcome, materials, into)
  opinionFindings(env, step, outcome, readOpinions(command, env.day), into)
  witnessFindings(env, step, command.witness ?? [], into)
  expertFindings(env, step, outcome, readExperts(command), into)
  checkFindings(env, step, outcome, command.checks ?? {}, into)
  for (const [id, norm] of Object.entries(env.policy.document.norms ?? {}))
    if (norm.at?.includes(step.id))
      into.push(finding('norm', step.id, env.policy.normArticles.get(id) ?? [], { norm: norm.title }, 'note'))
}
