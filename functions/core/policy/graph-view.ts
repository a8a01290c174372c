import { formatSpan } from '../values/span.ts'
import type { Policy } from './model.ts'
import type { Edge, OutcomeRule, Step } from './model-step.ts'

/** How two steps hang together. */
export interface GraphEdge {
  from: string
  to: string
  /** `after`: not before; `due`: the term runs from; `unless`: waits while outstanding; the rest are effects of outcomes. */
  kind: 'after' | 'due' | 'unless' | 'reopens' | 'demands'
  /** The outcome that has the effect, by its title. */
  outcome?: string
  /** At least so long after, or within so long. */
  span?: string
  /** It holds only under a condition. */
  conditional: boolean
  article: string[]
}

/** The steps of a policy and what binds them, for a picture. */
export interface PolicyGraph {
  steps: { id: string; title: string; stage: string; procedure?: string; article: string[] }[]
  edges: GraphEdge[]
}

/** The relations of a policy as a graph; every step keeps the order of the file. */
export function policyGraph(policy: Policy): PolicyGraph {
  const steps = policy.steps.map(({ id, title, stage, procedure, article }) => ({
    id,
    title,
    stage,
    ...(procedure ? { procedure } : {}),
    article,
  }))
  const edges = policy.steps.flatMap((step) => [
    ...step.edges.map((edge) => afterEdge(policy, step, edge)),
    ...waits(policy, step),
    ...dues(policy, step),
    ...step.outcomes.flatMap((outcome) => [
      ...outcome.edges.map((edge) => afterEdge(policy, step, edge, outcome.title)),
      ...effects(policy, step, outcome),
    ]),
  ])
  const seen = new Set<string>()
  return {
    steps,
    edges: edges.filter((edge) => {
      const key = `${edge.from}>${edge.to}:${edge.kind}`
      return edge.from !== edge.to && !seen.has(key) && seen.add(key)
    }),
  }
}

function afterEdge(policy: Policy, step: Step, edge: Edge, outcome?: string): GraphEdge {
  return {
    from: policy.steps[edge.target]!.id,
    to: step.id,
    kind: 'after',
    ...(outcome ? { outcome } : {}),
    ...(edge.delay?.fixed ? { span: formatSpan(edge.delay.fixed) } : {}),
    conditional: edge.when !== undefined,
    article: edge.article.length > 0 ? edge.article : step.article,
  }
}

function waits(policy: Policy, step: Step): GraphEdge[] {
  return step.unless.flatMap((one) =>
    one.step === undefined
      ? []
      : [
          {
            from: policy.steps[one.step]!.id,
            to: step.id,
            kind: 'unless' as const,
            conditional: one.when !== undefined,
            article: one.article,
          },
        ],
  )
}

/** Terms that run from a step which is not before this one anyway. */
function dues(policy: Policy, step: Step): GraphEdge[] {
  const after = new Set(step.allEdges.map((edge) => edge.target))
  return step.dues.flatMap((due) =>
    due.anchors
      .filter((anchor) => !after.has(anchor.step))
      .map((anchor) => ({
        from: policy.steps[anchor.step]!.id,
        to: step.id,
        kind: 'due' as const,
        ...(due.within?.fixed ? { span: formatSpan(due.within.fixed) } : {}),
        conditional: due.when !== undefined,
        article: due.article,
      })),
  )
}

function effects(policy: Policy, step: Step, outcome: OutcomeRule): GraphEdge[] {
  const { reopens, demands } = outcome.effects
  const known = (id: string): boolean => policy.stepIndex.has(id)
  return [
    ...reopens
      .filter((one) => known(one.from))
      .map((one) => ({
        from: step.id,
        to: one.from,
        kind: 'reopens' as const,
        outcome: outcome.title,
        ...(one.within?.fixed ? { span: formatSpan(one.within.fixed) } : {}),
        conditional: false,
        article: one.article,
      })),
    ...demands
      .filter((one) => known(one.step))
      .map((one) => ({
        from: step.id,
        to: one.step,
        kind: 'demands' as const,
        outcome: outcome.title,
        ...(one.within?.fixed ? { span: formatSpan(one.within.fixed) } : {}),
        conditional: one.when !== undefined,
        article: one.article,
      })),
  ]
}
