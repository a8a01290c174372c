import { App, Button } from 'antd'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useTenant } from '../../shared/me.ts'
import { Section } from '../../shared/page.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** Declarations that the person has begun and not yet handed in; nothing where there are none. */
export function Drafts() {
  const { t } = useText()
  const tenant = useTenant()
  const { message, modal } = App.useApp()
  const { data } = useQuery({
    queryKey: ['drafts', tenant],
    queryFn: () => answer(api[':tenant'].drafts.$get({ param: { tenant }, query: { limit: '30' } })),
  })
  const drop = useAct((id: string) => answer(api[':tenant'].drafts[':id'].$delete({ param: { tenant, id } })))
  if (!data?.items.length) return null
  const ask = (id: string) =>
    modal.confirm({
      title: t('desk.dropDraftSure'),
      okText: t('desk.dropDraft'),
      cancelText: t('general.cancel'),
      onOk: () => drop.mutateAsync(id).then(() => message.success(t('desk.dropped'))),
    })
  return (
    <Section title={t('desk.drafts')}>
      <ul className="cards">
        {data.items.map((one) => (
          <li key={one.id}>
            <Link to={`/declare?draft=${one.id}`}>{one.title || t('desk.untitled')}</Link>
            <div className="card-foot">
              <span className="quiet number">{t('desk.savedAt', { at: instantText(one.updatedAt) })}</span>
              <Button
                size="small"
                type="link"
                aria-label={t('desk.dropDraftFor', { title: one.title || t('desk.untitled') })}
                onClick={() => void ask(one.id)}
              >
                {t('desk.dropDraft')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
