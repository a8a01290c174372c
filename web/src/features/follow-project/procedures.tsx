import { Empty } from 'antd'
import type { Case, CaseProcedure } from '../../shared/case-data.ts'
import { type Dossier, useDossier } from '../../shared/dossier/dossier-data.ts'
import { Loaded } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { Runs } from './phase.tsx'
import { StepLine } from './step-line.tsx'

/** Changes, payments, extensions and whatever else was started within the project, each with the way that it took. */
export function Procedures({ seen }: { seen: Case }) {
  const { t } = useText()
  const query = useDossier(seen.project.id)
  if (seen.procedures.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noProcedures')} />
  return (
    <Loaded query={query}>
      {(dossier) =>
        [...seen.procedures]
          .reverse()
          .map((run) => <Procedure key={run.id} seen={seen} run={run} dossier={dossier} />)
      }
    </Loaded>
  )
}

export function Procedure({ seen, run, dossier }: { seen: Case; run: CaseProcedure; dossier: Dossier }) {
  const { t } = useText()
  const { data } = usePolicy()
  const rule = data?.document.procedures?.[run.procedure]
  const way = run.steps.filter((step) => step.state !== 'excluded').map((step) => step.title)
  // Tables that look at what this procedure states: they say which way it goes.
  const tables = seen.tables.filter(
    (one) =>
      one.value !== null &&
      run === seen.procedures.findLast((other) => other.procedure === run.procedure) &&
      JSON.stringify(data?.document.tables?.[one.id] ?? '').includes(`"${run.procedure}.`),
  )
  return (
    <section className="step-stage">
      <h2>
        {run.title} <span className="quiet">{t('cases.openedOn', { on: run.openedOn })}</span>{' '}
        <Pill tone={run.endedOn ? 'good' : 'busy'}>
          {run.endedOn ? `${resultTitle(run) ?? t('work.settled')} ${run.endedOn}` : t('cases.running')}
        </Pill>
      </h2>
      <dl className="fact-list">
        {Object.entries(run.facts).map(([id, value]) => (
          <div key={id}>
            <dt>{rule?.facts?.[id]?.title ?? id}</dt>
            <dd>{value === true ? t('general.yes') : value === false ? t('general.no') : String(value)}</dd>
          </div>
        ))}
        {tables.map((one) => (
          <div key={one.id}>
            <dt>{one.title}</dt>
            <dd>
              {one.valueTitle ?? String(one.value)} <Articles article={one.article} />
            </dd>
          </div>
        ))}
        {way.length > 1 && (
          <div>
            <dt>{t('project.wayTaken')}</dt>
            <dd>{way.join(' → ')}</dd>
          </div>
        )}
      </dl>
      <ul className="steps">
        {run.steps
          .filter((step) => step.state !== 'excluded')
          .map((step) => (
            <StepLine key={step.id} seen={seen} step={step} run={run.id}>
              <Runs dossier={dossier} of={(one) => one.step === step.id && one.procedure === run.id} />
            </StepLine>
          ))}
      </ul>
    </section>
  )
}

/** How a run ended, as the outcome of its last step is called. */
function resultTitle(run: CaseProcedure): string | undefined {
  const last = run.steps.findLast((one) => one.executedOn !== undefined && one.executedOn === run.endedOn)
  const title = last?.outcomes.find((one) => one.id === last.outcome)?.title
  return title && title !== last?.outcome ? title : undefined
}
