import { Alert, Button } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useTenant } from '../../shared/me.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

const project = api[':tenant'].projects[':id']

/** Whether the project's audit chain holds, checked by the service now; its head, and the record to take away. */
export function Verification({ id }: { id: string }) {
  const { t } = useText()
  const tenant = useTenant()
  const query = useQuery({
    queryKey: ['verification', tenant, id],
    queryFn: () => answer(project.verification.$get({ param: { tenant, id } })),
  })
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
  const { data } = query
  if (!data) return null
  const { bad, head, anchor } = data
  return (
    <Alert
      className="section-alert"
      type={bad ? 'error' : 'success'}
      showIcon
      title={t(bad ? 'project.chainBad' : 'project.chainOk')}
      description={
        <div className="verification">
          {bad && <p>{t('project.chainBadAt', bad)}</p>}
          <p>
            {t('project.chainCounts', {
              entries: data.entries,
              events: data.events,
              files: data.files,
              at: instantText(data.checkedAt),
            })}
          </p>
          {head && (
            <p>
              {t('project.chainHead', { n: head.n })} <code className="head-hash">{head.hash}</code>
            </p>
          )}
          <p>
            {anchor && !bad
              ? t('project.anchored', { at: instantText(anchor.seenAt), n: anchor.n })
              : !anchor && t('project.notAnchored')}
          </p>
          <div className="actions no-print">
            <Button size="small" onClick={() => void query.refetch()} loading={query.isFetching}>
              {t('project.verifyAgain')}
            </Button>
            <Button size="small" href={`/api/${tenant}/projects/${id}/record`} download>
              {t('project.exportRecord')}
            </Button>
          </div>
          <p className="quiet no-print">{t('project.exportHint')}</p>
        </div>
      }
    />
  )
}
