import { App, Button } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useTenant } from '../../shared/me.ts'
import { Loaded, Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** Where the person is signed in, and the end of all others. */
export function Sessions() {
  const { t } = useText()
  const tenant = useTenant()
  const { message } = App.useApp()
  const query = useQuery({
    queryKey: ['sessions', tenant],
    queryFn: () => answer(api[':tenant'].me.sessions.$get({ param: { tenant } })),
  })
  const end = useAct((_: undefined) => answer(api[':tenant'].me.sessions.$delete({ param: { tenant } })))
  const others = (query.data?.items.length ?? 0) > 1
  return (
    <Section
      title={t('people.sessions')}
      extra={
        others && (
          <Button
            size="small"
            loading={end.isPending}
            onClick={() =>
              end.mutate(undefined, { onSuccess: () => void message.success(t('people.signedOutOthers')) })
            }
          >
            {t('people.signOutOthers')}
          </Button>
        )
      }
    >
      {others && <p className="quiet">{t('people.sessionsHint')}</p>}
      <Loaded query={query}>
        {({ items }) => (
          <ul className="cards">
            {items.map((one) => (
              <li key={`${one.startedAt}${one.address}`}>
                <span className="number">{one.address}</span>{' '}
                {one.current && <Pill tone="good">{t('people.current')}</Pill>}
                <div className="quiet">
                  {t('people.started')} {instantText(one.startedAt)} · {t('people.lastUse')}{' '}
                  {instantText(one.seenAt)}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
