import { Alert, Button, Tabs } from 'antd'
import type { ReactNode } from 'react'
import { lazy, Suspense } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { type Case, type ProjectView, useCase, useProject } from '../../shared/case-data.ts'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Page, PageLoaded } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { StageBar } from '../../shared/stage-bar.tsx'
import { useText } from '../../shared/text.ts'
import { Articles, PolicyVersion } from '../../shared/why.tsx'
import { Lead } from './lead.tsx'
import { Next } from './next.tsx'
import { Steps } from './steps.tsx'
import { STAGES_OF, type TabKey, tabsOf } from './tabs.ts'

const Basics = lazy(async () => ({ default: (await import('./basics.tsx')).Basics }))
const Money = lazy(async () => ({ default: (await import('./money.tsx')).Money }))
const Materials = lazy(async () => ({ default: (await import('./materials.tsx')).Materials }))
const Contracts = lazy(async () => ({ default: (await import('./phase.tsx')).Contracts }))
const Phase = lazy(async () => ({ default: (await import('./phase.tsx')).Phase }))
const Procedures = lazy(async () => ({ default: (await import('./procedures.tsx')).Procedures }))
const DataLists = lazy(async () => ({ default: (await import('./data-lists.tsx')).DataLists }))
const Documents = lazy(async () => ({ default: (await import('./documents.tsx')).Documents }))
const History = lazy(async () => ({ default: (await import('./history.tsx')).History }))

/** A project: where it stands, what comes next and why, everything that belongs to it. */
export function ProjectPage() {
  const { id = '' } = useParams()
  const seen = useCase(id)
  const project = useProject(id)
  return (
    <PageLoaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <PageLoaded query={seen}>{(standing) => <Whole seen={standing} view={view} />}</PageLoaded>
        </PolicyVersion>
      )}
    </PageLoaded>
  )
}

function Whole({ seen, view }: { seen: Case; view: ProjectView }) {
  const { t } = useText()
  const me = useMe()
  const { id } = view
  const corrects = isOfficer(me) && !seen.ended
  return (
    <Page
      name={view.title}
      title={
        <>
          {view.title} <Pill tone={seen.ended ? 'faint' : 'busy'}>{seen.stageTitle}</Pill>
        </>
      }
      lead={<Lead seen={seen} view={view} />}
      extra={
        <>
          {corrects && (
            <Link to={`/projects/${id}/facts`} tabIndex={-1}>
              <Button>{t('project.correct')}</Button>
            </Link>
          )}
          <Link to={`/projects/${id}/print`} tabIndex={-1}>
            <Button>{t('project.printView')}</Button>
          </Link>
        </>
      }
    >
      <Standing seen={seen} />
      <StageBar seen={seen} />
      <div className="two aside-first">
        <Next seen={seen} />
        <section className="section">
          <ProjectTabs seen={seen} view={view} />
        </section>
      </div>
    </Page>
  )
}

/** What bears on the whole project: that it has ended, what sanctions are in force. */
export function Standing({ seen }: { seen: Case }) {
  const { t } = useText()
  return (
    <>
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
    </>
  )
}

function ProjectTabs({ seen, view }: { seen: Case; view: ProjectView }) {
  const { t } = useText()
  const [asked, setAsked] = useSearchParams()
  const { data: policy } = usePolicy(view.policy.hash)
  if (!policy) return null
  const content: Record<TabKey, ReactNode> = {
    steps: <Steps seen={seen} />,
    basics: <Basics seen={seen} view={view} />,
    money: <Money id={view.id} />,
    materials: <Materials seen={seen} />,
    contracts: <Contracts seen={seen} />,
    procedures: <Procedures seen={seen} />,
    lists: <DataLists view={view} />,
    acceptance: <Phase seen={seen} stages={STAGES_OF.acceptance} />,
    operation: <Phase seen={seen} stages={STAGES_OF.operation} />,
    evaluation: <Phase seen={seen} stages={STAGES_OF.evaluation} />,
    documents: <Documents id={view.id} />,
    history: <History id={view.id} />,
  }
  const tabs = tabsOf(policy.words, seen)
  const chosen = tabs.find((one) => one.key === asked.get('tab')) ?? tabs[0]!
  return (
    <Tabs
      tabBarGutter={14}
      activeKey={chosen.key}
      onChange={(tab) => setAsked(tab === 'steps' ? {} : { tab }, { replace: true })}
      items={tabs.map(({ key, text, count }) => ({
        key,
        label: count ? `${t(text)} ${count}` : t(text),
        children:
          key === chosen.key ? (
            <Suspense fallback={<p className="quiet">{t('general.loading')}</p>}>{content[key]}</Suspense>
          ) : null,
      }))}
    />
  )
}

/** How the case ended, as the outcome that ended it is called. */
function resultTitle(seen: Case): string {
  const last = seen.steps.find((one) => one.executedOn === seen.ended?.on && one.outcome)
  const title = last?.outcomes.find((one) => one.id === last.outcome)?.title
  return last && title ? `${last.title}, ${title} (${seen.ended?.on})` : (seen.ended?.on ?? '')
}
