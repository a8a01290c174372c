import { Alert, Button, Tabs } from 'antd'
import { useParams, useSearchParams } from 'react-router'
import { type Case, type ProjectView, useCase, useProject } from '../../shared/case-data.ts'
import { useOrganisationNames } from '../../shared/directory.ts'
import { DueTag } from '../../shared/due-tag.tsx'
import { wan, wanOf } from '../../shared/money.ts'
import { Loaded, Page } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles, PolicyVersion } from '../../shared/why.tsx'
import { Basics } from './basics.tsx'
import { Documents } from './documents.tsx'
import { History } from './history.tsx'
import { Next } from './next.tsx'
import { Procedures } from './procedures.tsx'
import { StageBar } from './stage-bar.tsx'
import { Steps } from './steps.tsx'

/** A project: where it stands, what comes next and why, everything that belongs to it. */
export function ProjectPage() {
  const { id = '' } = useParams()
  const seen = useCase(id)
  const project = useProject(id)
  return (
    <Loaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <Loaded query={seen}>{(standing) => <Whole seen={standing} view={view} />}</Loaded>
        </PolicyVersion>
      )}
    </Loaded>
  )
}

function Whole({ seen, view }: { seen: Case; view: ProjectView }) {
  const { t } = useText()
  const [asked, setAsked] = useSearchParams()
  const { id } = view
  const tabs = [
    { key: 'steps', label: t('cases.steps'), children: <Steps seen={seen} /> },
    { key: 'basics', label: t('cases.basics'), children: <Basics seen={seen} view={view} /> },
    {
      key: 'procedures',
      label: `${t('cases.procedures')}${seen.procedures.length > 0 ? ` ${seen.procedures.length}` : ''}`,
      children: <Procedures seen={seen} />,
    },
    { key: 'documents', label: t('cases.documents'), children: <Documents id={id} /> },
    { key: 'history', label: t('cases.history'), children: <History id={id} /> },
  ]
  return (
    <Page
      name={view.title}
      title={
        <>
          {view.title} <Pill tone={seen.ended ? 'faint' : 'busy'}>{seen.stageTitle}</Pill>
        </>
      }
      lead={<Lead seen={seen} view={view} />}
      extra={<Button onClick={() => window.print()}>{t('cases.print')}</Button>}
    >
      {seen.ended && (
        <Alert
          className="section-alert"
          type="info"
          showIcon
          title={t('cases.ended', { result: resultTitle(seen) })}
        />
      )}
      {seen.sanctions.map((one) => (
        <Alert
          key={`${one.id}${one.on}`}
          className="section-alert"
          type="warning"
          showIcon
          title={
            <>
              {one.title}, {t('cases.since', { on: one.on })} <Articles article={one.article} />
            </>
          }
        />
      ))}
      <StageBar seen={seen} />
      <div className="two">
        <section className="section">
          <Tabs
            activeKey={asked.get('tab') ?? 'steps'}
            onChange={(tab) => setAsked(tab === 'steps' ? {} : { tab }, { replace: true })}
            items={tabs}
          />
        </section>
        <Next seen={seen} />
      </div>
    </Page>
  )
}

function Lead({ seen, view }: { seen: Case; view: ProjectView }) {
  const { t } = useText()
  const organisation = useOrganisationNames()
  const { data: policy } = usePolicy(view.policy.hash)
  const amount = wanOf(view.facts.estimate)
  const next = seen.obligations.find((one) => one.dueOn)
  return (
    <dl className="lead-facts">
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
      {next && (
        <div>
          <dt>{t('cases.nextDue')}</dt>
          <dd>
            {next.title} <DueTag on={next.dueOn} today={seen.today} provisional={next.provisional} />
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

/** How the case ended, as the outcome that ended it is called. */
function resultTitle(seen: Case): string {
  const last = seen.steps.find((one) => one.executedOn === seen.ended?.on && one.outcome)
  const title = last?.outcomes.find((one) => one.id === last.outcome)?.title
  return last && title ? `${last.title}, ${title} (${seen.ended?.on})` : (seen.ended?.on ?? '')
}
