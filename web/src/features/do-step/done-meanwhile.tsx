import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { useDossier } from '../../shared/dossier/dossier-data.ts'
import { RunCard } from '../../shared/dossier/run-card.tsx'
import { KEPT } from '../../shared/leave-guard.tsx'
import { useText } from '../../shared/text.ts'
import type { StepPlace } from './step-page.tsx'

/** Somebody else did the step while it was filled in here: theirs stands here, one's own still in the form above. */
export function DoneMeanwhile({ at }: { at: StepPlace }) {
  const { t } = useText()
  const { data: dossier, refetch } = useDossier(at.id)
  useEffect(() => void refetch(), [refetch])
  const theirs = dossier?.runs.findLast(
    (one) => one.step === at.step && one.procedure === at.procedure && one.part === at.part,
  )
  return (
    <Alert
      type="warning"
      showIcon
      title={t('cases.doneMeanwhile')}
      description={
        <>
          <p>{t('cases.doneMeanwhileHint')}</p>
          <h3>{t('project.theirs')}</h3>
          {dossier && theirs && <RunCard run={theirs} dossier={dossier} />}
          <div className="actions">
            <Link to={`/projects/${at.id}`} {...KEPT} tabIndex={-1}>
              <Button type="primary">{t('cases.back')}</Button>
            </Link>
          </div>
        </>
      }
    />
  )
}
