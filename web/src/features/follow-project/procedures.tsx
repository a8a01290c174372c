import { Empty } from 'antd'
import type { Case } from '../../shared/case-data.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { StepLine } from './step-line.tsx'

/** Changes, payments, extensions and whatever else was started within the project. */
export function Procedures({ seen }: { seen: Case }) {
  const { t } = useText()
  const { data } = usePolicy()
  if (seen.procedures.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.noProcedures')} />
  return (
    <div>
      {[...seen.procedures].reverse().map((run) => (
        <section key={run.id} className="step-stage">
          <h2>
            {run.title} <span className="quiet">{t('cases.openedOn', { on: run.openedOn })}</span>{' '}
            <Pill tone={run.result ? 'good' : 'busy'}>{run.endedOn ?? t('cases.running')}</Pill>
          </h2>
          <dl className="fact-list">
            {Object.entries(run.facts).map(([id, value]) => (
              <div key={id}>
                <dt>{data?.words.name(`${run.procedure}.${id}`) ?? id}</dt>
                <dd>
                  {value === true ? t('general.yes') : value === false ? t('general.no') : String(value)}
                </dd>
              </div>
            ))}
          </dl>
          <ul className="steps">
            {run.steps
              .filter((step) => step.state !== 'excluded')
              .map((step) => (
                <StepLine key={step.id} seen={seen} step={step} run={run.id} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
