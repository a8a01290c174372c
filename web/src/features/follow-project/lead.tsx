import type { Case, ProjectView } from '../../shared/case-data.ts'
import { useOrganisationNames } from '../../shared/directory.ts'
import { DueWhy } from '../../shared/due/due-why.tsx'
import { wan, wanOf } from '../../shared/money.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'

/** The facts under the project's name: code, unit, amount, track, next deadline, policy version. */
export function Lead({ seen, view }: { seen: Case; view: ProjectView }) {
  const { t } = useText()
  const organisation = useOrganisationNames()
  const { data: policy } = usePolicy(view.policy.hash)
  const amount = wanOf(view.facts.estimate)
  const next = seen.obligations.find((one) => one.dueOn)
  return (
    <dl className="lead-facts">
      {view.code && (
        <div>
          <dt>{t('project.code')}</dt>
          <dd className="number">{view.code}</dd>
        </div>
      )}
      <div>
        <dt>{t('work.unit')}</dt>
        <dd>{organisation(view.organisationId)}</dd>
      </div>
      {amount !== undefined && (
        <div>
          <dt>{t('cases.amount')}</dt>
          <dd>
            <span className="number">{wan(amount * 1_000_000)}</span> {t('general.wan')}
          </dd>
        </div>
      )}
      {view.track && (
        <div>
          <dt>{t('work.track')}</dt>
          <dd>{policy?.words.track(view.track)}</dd>
        </div>
      )}
      {next?.dueOn && (
        <div>
          <dt>{t('cases.nextDue')}</dt>
          <dd>
            {next.title}{' '}
            <DueWhy
              on={next.dueOn}
              today={seen.today}
              label={next.title}
              provisional={next.provisional}
              due={next.due}
              article={next.article}
            />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('cases.policyVersion')}</dt>
        <dd>
          {policy?.document.policy.title ?? view.policy.title} (
          {t('cases.effectiveOn', { on: view.policy.effectiveOn })})
        </dd>
      </div>
    </dl>
  )
}
