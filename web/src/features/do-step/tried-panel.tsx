import { Alert } from 'antd'
import type { Answered } from '../../shared/api.ts'
import type { Case } from '../../shared/case-data.ts'
import { Verdict } from '../../shared/findings.tsx'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useText } from '../../shared/text.ts'
import type { usePreview } from './api.ts'

type Preview = Awaited<ReturnType<ReturnType<typeof usePreview>>>

/** How a trial went. */
export interface Tried {
  answer?: (Preview & Answered<never>) | Preview
  error?: unknown
}

/** What a trial of the step says: what refuses it, or what would come of it. */
export function TriedPanel({ tried, seen }: { tried: Tried | undefined; seen: Case }) {
  const { t } = useText()
  if (!tried) return null
  if (tried.error) return <ProblemAlert error={tried.error} />
  const { answer } = tried
  if (!answer) return null
  if (!answer.ok || !answer.standing)
    return <Verdict findings={answer.findings.filter((one) => one.code !== 'norm')} />
  const { standing } = answer
  // What the step must mind stands on the page already.
  const notes = answer.findings.filter((one) => one.code !== 'norm')
  const before = new Set(seen.obligations.map((one) => one.step))
  const fresh = standing.obligations.filter((one) => !before.has(one.step))
  return (
    <div className="stack" aria-live="polite">
      <Alert
        type="success"
        showIcon
        title={t('cases.preCheckOk')}
        description={
          <>
            {standing.stage !== seen.stage && <p>{t('cases.willStage', { stage: standing.stageTitle })}</p>}
            {fresh.length > 0 && (
              <p>
                {t('cases.willOpen', {
                  steps: fresh.map((one) => `${one.title}${one.dueOn ? ` (${one.dueOn})` : ''}`).join('、'),
                })}
              </p>
            )}
          </>
        }
      />
      <Verdict findings={notes} />
    </div>
  )
}
