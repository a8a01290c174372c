import { Alert, Button, Typography } from 'antd'
import { ApiError } from './api.ts'
import { Verdict } from './findings.tsx'
import { useText } from './text.ts'

/** A failed request in words: what the law refused, or what went wrong with the id to ask about it. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useText()
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : undefined
  if (problem?.findings) return <Verdict findings={problem.findings} />
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
            <Typography.Text
              type="secondary"
              copyable={{ text: id, tooltips: [t('general.copy'), t('general.copied')] }}
            >
              {t('general.requestId')} {id}
            </Typography.Text>
          )}
        </>
      }
      action={onRetry && <Button onClick={onRetry}>{t('general.retry')}</Button>}
    />
  )
}
