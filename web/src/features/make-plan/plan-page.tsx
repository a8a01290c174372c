import { useParams } from 'react-router'
import { Page, PageLoaded, Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { type Plan, usePlan } from './api.ts'
import { PlanItems } from './plan-items.tsx'
import { PlanProposal } from './plan-proposal.tsx'
import { PlanStepCard } from './plan-step.tsx'

/** A plan: which projects are in it, and its steps. */
export function PlanPage() {
  const { id = '' } = useParams()
  return <PageLoaded query={usePlan(id)}>{(plan) => <Whole plan={plan} />}</PageLoaded>
}

function Whole({ plan }: { plan: Plan }) {
  const { t } = useText()
  const { batch, standing } = plan
  return (
    <Page
      name={batch.title}
      title={batch.title}
      lead={standing.ended ? `${t('work.settled')} ${standing.ended.on}` : t('work.ongoing')}
    >
      {plan.proposal && !standing.ended && <PlanProposal plan={plan} proposal={plan.proposal} />}
      <div className="two even">
        <PlanItems plan={plan} />
        <Section title={t('cases.steps')}>
          <ul className="steps">
            {standing.steps
              .filter((step) => step.state !== 'excluded')
              .map((step) => (
                <PlanStepCard key={step.id} plan={plan} step={step} />
              ))}
          </ul>
        </Section>
      </div>
    </Page>
  )
}
