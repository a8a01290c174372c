import { Alert } from 'antd'
import type { CaseStep } from '../../shared/case-data.ts'
import { useDossier } from '../../shared/dossier/dossier-data.ts'
import { RunCard } from '../../shared/dossier/run-card.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import type { StepPlace } from './step-page.tsx'

/** A step that was sent back: by whom, with what remarks, and what had been handed in. */
export function Returned({ step, at }: { step: CaseStep; at: StepPlace }) {
  const { t } = useText()
  const { data } = usePolicy()
  const dossier = useDossier(at.id).data
  const { returned } = step
  if (!step.reopened || !returned || !dossier) return null
  const cause = dossier.runs.find(
    (one) => one.step === returned.step && one.procedure === returned.procedure && one.n === returned.n,
  )
  const earlier = dossier.runs.filter(
    (one) => one.step === at.step && one.procedure === at.procedure && one.part === at.part,
  )
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {t('cases.returnedBy', { ...returned, by: data?.words.parties(returned.by, true) })}{' '}
          <Articles article={returned.article} />
        </>
      }
      description={
        <>
          {cause && <RunCard run={cause} dossier={dossier} headless />}
          {earlier.length > 0 && (
            <details>
              <summary>{t('cases.earlierRuns', { n: earlier.length })}</summary>
              <div className="runs">
                {earlier.map((run) => (
                  <RunCard key={`${run.n}${run.period}`} run={run} dossier={dossier} />
                ))}
              </div>
            </details>
          )}
        </>
      }
    />
  )
}
