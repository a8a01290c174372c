import { Button, Result } from 'antd'
import { Link } from 'react-router'
import { useText } from './text.ts'

/** There is nothing here, or nothing that the reader may see, and the way on. */
export function NotFound({ to = '/', way }: { to?: string; way?: string }) {
  const { t } = useText()
  return (
    <Result
      status="404"
      title={<h1 className="result-title">{t('general.notFound')}</h1>}
      subTitle={t('general.notFoundHint')}
      extra={
        <Link to={to} tabIndex={-1}>
          <Button type="primary">{way ?? t('general.toStart')}</Button>
        </Link>
      }
    />
  )
}
