import './print.css'
import { Button } from 'antd'
import { useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { type Case, type ProjectView, useCase, useProject } from '../../shared/case-data.ts'
import { instantText } from '../../shared/days.ts'
import { type Dossier, useDossier } from '../../shared/dossier/dossier-data.ts'
import { useMe } from '../../shared/me.ts'
import { Loaded, PageLoaded } from '../../shared/page.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { StageBar } from '../../shared/stage-bar.tsx'
import { useText } from '../../shared/text.ts'
import { PolicyVersion } from '../../shared/why.tsx'
import { Basics } from './basics.tsx'
import { Lists } from './data-lists.tsx'
import { Documents } from './documents.tsx'
import { History } from './history.tsx'
import { Lead } from './lead.tsx'
import { Given } from './materials.tsx'
import { MoneyTables } from './money.tsx'
import { Procedure } from './procedures.tsx'
import { Standing } from './project-page.tsx'
import { StepTable } from './step-table.tsx'
import { listNames } from './tabs.ts'

/** Everything about a project on paper: A4, section by section, each rule with its article in print. */
export function PrintPage() {
  const { id = '' } = useParams()
  const seen = useCase(id)
  const project = useProject(id)
  const dossier = useDossier(id)
  return (
    <PageLoaded query={project}>
      {(view) => (
        <PolicyVersion value={view.policy.hash}>
          <Loaded query={seen}>
            {(standing) => (
              <Loaded query={dossier}>
                {(whole) => <Sheets seen={standing} view={view} dossier={whole} />}
              </Loaded>
            )}
          </Loaded>
        </PolicyVersion>
      )}
    </PageLoaded>
  )
}

function Sheets({ seen, view, dossier }: { seen: Case; view: ProjectView; dossier: Dossier }) {
  const { t } = useText()
  const me = useMe()
  const { data: policy } = usePolicy(view.policy.hash)
  useEffect(() => {
    document.title = `${view.title} · ${t('project.printView')}`
  }, [view.title, t])
  if (!policy) return null
  return (
    <div className="page sheets">
      <div className="actions no-print">
        <Button type="primary" onClick={() => window.print()}>
          {t('project.printNow')}
        </Button>
        <Link to={`/projects/${view.id}`}>{t('cases.back')}</Link>
      </div>
      <article className="sheet">
        <header>
          <p className="quiet sheet-place">
            {me.tenant?.name} ·{' '}
            {t('project.printedAt', { at: instantText(new Date().toISOString()), who: me.user.name })}
          </p>
          <h1>
            {view.title} ({seen.stageTitle})
          </h1>
          <Lead seen={seen} view={view} />
        </header>
        <Standing seen={seen} />
        <StageBar seen={seen} />
        <h2>{t('project.basics')}</h2>
        <Basics seen={seen} view={view} />
        <h2>{t('project.money')}</h2>
        <MoneyTables dossier={dossier} />
        <h2>{t('project.steps')}</h2>
        <StepTable seen={seen} dossier={dossier} />
        {seen.procedures.length > 0 && (
          <>
            <h2>{t('project.changes')}</h2>
            {seen.procedures.map((run) => (
              <Procedure key={run.id} seen={seen} run={run} dossier={dossier} />
            ))}
          </>
        )}
        <h2>{t('project.materials')}</h2>
        <Given dossier={dossier} />
        {listNames(policy.words).length > 0 && (
          <>
            <h2>{t('project.dataLists')}</h2>
            <Lists dossier={dossier} view={view} />
          </>
        )}
        <h2>{t('cases.documents')}</h2>
        <Documents id={view.id} />
        <h2>{t('project.history')}</h2>
        <History id={view.id} whole />
      </article>
    </div>
  )
}
