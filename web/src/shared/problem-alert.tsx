import { Alert, Button } from 'antd'
import { lazy, Suspense } from 'react'
import { ApiError } from './api.ts'
import { useText } from './text.ts'

const Verdict = lazy(async () => ({ default: (await import('./findings.tsx')).Verdict }))

/** A failed request in words: what the law refused, or what went wrong with the id to ask about it. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useText()
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : undefined
  if (problem?.findings)
    return (
      <Suspense>
        <Verdict findings={problem.findings} />
      </Suspense>
    )
  const id = problem?.instance?.replace('urn:uuid:', '')
  return (
    <Alert
      type="error"
      showIcon
      title={problem?.title ?? t('general.failed')}
      description={
        <>
          <p>{problem?.detail ?? (error instanceof Error && !problem ? error.message : '')}</p>
          {problem?.errors?.map((one) => (
            <p key={one.pointer}>{one.detail}</p>
          ))}
          {id && (
            <span className="quiet">
              {t('general.requestId')} {id}{' '}
              <Button type="link" size="small" onClick={() => void navigator.clipboard.writeText(id)}>
                {t('general.copy')}
              </Button>
            </span>
          )}
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t('general.retry')}</Button>}
    />
  )
}
