import { Button, Result } from 'antd'
import { Link, useRouteError } from 'react-router'
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

export function NotFoundPage() {
  const { t } = useText()
  return (
    <Result
      status="404"
      title={<h1 className="result-title">{t('general.notFound')}</h1>}
      subTitle={t('general.notFoundHint')}
      extra={
        <Link to="/">
          <Button type="primary">{t('general.toStart')}</Button>
        </Link>
      }
    />
  )
}
