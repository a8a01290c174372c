import { Link } from 'react-router'
import type { Case } from '../../../shared/case-data.ts'
import { useText } from '../../../shared/text.ts'
import { Articles } from '../../../shared/why.tsx'
import { StepLine } from '../step-line.tsx'
import type { GraphEdge, PolicyGraph } from './picture-graph.ts'

/** The chosen step of the picture: how it stands and why, what comes before it, after it, and what it may lead to. */
export function StepDetails(props: {
  seen: Case
  graph: PolicyGraph
  id: string
  choose: (id: string) => void
}) {
  const { t } = useText()
  const { seen, graph, id, choose } = props
  const steps = seen.steps.filter((one) => one.id === id)
  const has = new Set(seen.steps.map((one) => one.id))
  const known = graph.edges.filter((edge) => has.has(edge.from) && has.has(edge.to))
  const groups: [string, GraphEdge[], 'from' | 'to'][] = [
    [t('project.comesAfter'), known.filter((one) => one.to === id && waits(one)), 'from'],
    [t('project.comesBefore'), known.filter((one) => one.from === id && waits(one)), 'to'],
    [t('project.leadsTo'), known.filter((one) => one.from === id && !waits(one)), 'to'],
  ]
  return (
    <div className="step-details" aria-live="polite">
      <ul className="steps">
        {steps.map((step) => (
          <StepLine key={step.part ?? ''} seen={seen} step={step} />
        ))}
      </ul>
      {groups
        .filter(([, edges]) => edges.length > 0)
        .map(([title, edges, end]) => (
          <section key={title}>
            <h3>{title}</h3>
            <ul className="relations">
              {edges.map((edge) => (
                <li key={`${edge.kind}${edge.from}${edge.to}`}>
                  <button type="button" className="article-link" onClick={() => choose(edge[end])}>
                    {seen.steps.find((one) => one.id === edge[end])?.title}
                  </button>{' '}
                  <span className="quiet">{edgeText(edge, t)}</span> <Articles article={edge.article} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      {steps[0]?.state !== 'excluded' && (
        <Link to={`/projects/${seen.project.id}/steps/${id}`}>{t('project.go')}</Link>
      )}
    </div>
  )
}

function waits(edge: GraphEdge): boolean {
  return edge.kind === 'after' || edge.kind === 'due' || edge.kind === 'unless'
}

/** A relation in words: its kind, its term, the outcome that has it. */
export function edgeText(edge: GraphEdge, t: ReturnType<typeof useText>['t']): string {
  const kind = {
    after: t('project.edgeAfter'),
    due: t('project.edgeDue'),
    unless: t('project.edgeUnless'),
    reopens: t('project.edgeReopens'),
    demands: t('project.edgeDemands'),
  }[edge.kind]
  return [edge.outcome, kind, edge.span, edge.conditional ? t('cases.maybe') : ''].filter(Boolean).join(' · ')
}
