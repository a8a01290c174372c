import type { Case, CaseStep } from '../../shared/case-data.ts'
import type { Dossier } from '../../shared/dossier/dossier-data.ts'
import { RunCard } from '../../shared/dossier/run-card.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'

/** Every step for paper: how it stands, whose it is, by when, what was recorded, and why where it cannot be done. */
export function StepTable({ seen, dossier }: { seen: Case; dossier: Dossier }) {
  const { t } = useText()
  const { data } = usePolicy()
  return (
    <table className="plain-table step-table">
      <thead>
        <tr>
          <th scope="col">{t('general.stage')}</th>
          <th scope="col">{t('project.step')}</th>
          <th scope="col">{t('cases.byParty')}</th>
          <th scope="col">{t('work.state')}</th>
          <th scope="col">{t('project.recorded')}</th>
        </tr>
      </thead>
      <tbody>
        {seen.steps.map((step) => (
          <tr key={`${step.id}${step.part}`}>
            <td>{data?.words.stage(step.stage)}</td>
            <td>
              {step.title} {step.part} <Articles article={step.article} />
            </td>
            <td>{data?.words.parties(step.executedBy ?? step.by, step.joint)}</td>
            <td>
              {t(step.reopened ? 'cases.reopened' : `cases.${step.state}`)}
              <div className="number">{step.executedOn}</div>
              {step.dueOn && step.state !== 'done' && (
                <div className="number">
                  {t('cases.dueOn')} {step.dueOn}
                </div>
              )}
            </td>
            <td>
              <Reason step={step} />
              {dossier.runs
                .filter((run) => run.step === step.id && run.part === step.part && !run.procedure)
                .map((run) => (
                  <RunCard key={`${run.n}${run.period}`} run={run} dossier={dossier} />
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Why a step cannot be done, or does not apply: each reason with its articles. */
function Reason({ step }: { step: CaseStep }) {
  if (step.state === 'done') return null
  return (
    <>
      {step.findings.map((one) => (
        <div key={`${one.code}${one.message}`} className="quiet">
          {one.message}
        </div>
      ))}
      {step.due && step.dueOn && (
        <div className="quiet">
          {step.due.message} ({step.due.article.join('、')})
        </div>
      )}
    </>
  )
}
