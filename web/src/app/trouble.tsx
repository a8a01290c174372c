import { useRouteError } from 'react-router'
import { ApiError } from '../shared/api.ts'
import { ProblemAlert } from '../shared/problem-alert.tsx'
import { useText } from '../shared/text.ts'

/** A page that could not be shown, and why. */
export function Trouble({ error }: { error: unknown }) {
  const { t } = useText()
  return (
    <main className="page narrow">
      <h1>{t('general.failed')}</h1>
      <ProblemAlert
        error={error instanceof ApiError ? error : new Error(String(error))}
        onRetry={() => location.reload()}
      />
    </main>
  )
}

export function PageError() {
  return <Trouble error={useRouteError()} />
}
