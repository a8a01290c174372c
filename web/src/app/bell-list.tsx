import { Button } from 'antd'
import { Link } from 'react-router'
import { answer, api } from '../shared/api.ts'
import { useTenant } from '../shared/me.ts'
import { NoticeLine } from '../shared/notices/notice-line.tsx'
import { type NoticeCategory, useLatestNotices } from '../shared/notices/notices.ts'
import { Loaded } from '../shared/page.tsx'
import { useAct } from '../shared/query.ts'
import { useText } from '../shared/text.ts'

const SHOWN = 8

/** The newest notices under the bell, and the categories that have unread ones. */
export function BellList(props: {
  byCategory: { category: NoticeCategory; count: number }[]
  onClose: () => void
}) {
  const { t } = useText()
  const tenant = useTenant()
  const latest = useLatestNotices(SHOWN)
  const read = useAct((json: { ids: string[] } | { upTo: string }) =>
    answer(api[':tenant'].notices.read.$post({ param: { tenant }, json })),
  )
  return (
    <section className="bell-list" aria-label={t('desk.notices')}>
      <div className="section-head">
        <h2>{t('desk.notices')}</h2>
        {props.byCategory.length > 0 && latest.data?.items[0] && (
          <Button
            size="small"
            loading={read.isPending}
            onClick={() => read.mutate({ upTo: latest.data.items[0]!.id })}
          >
            {t('desk.readAll')}
          </Button>
        )}
      </div>
      {props.byCategory.length > 0 && (
        <div className="bell-categories">
          {props.byCategory.map(({ category, count }) => (
            <Link key={category} to={`/notices?category=${category}&unread=1`} onClick={props.onClose}>
              {t(`desk.${category}`)} {count}
            </Link>
          ))}
        </div>
      )}
      <Loaded query={latest}>
        {({ items }) =>
          items.length === 0 ? (
            <>
              <p>{t('desk.noNotices')}</p>
              <p className="quiet">{t('desk.noNoticesHint')}</p>
            </>
          ) : (
            <ul className="notices">
              {items.map((one) => (
                <li key={one.id}>
                  <NoticeLine
                    notice={one}
                    onOpen={() => {
                      if (!one.read) read.mutate({ ids: [one.id] })
                      props.onClose()
                    }}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <Link to="/notices" onClick={props.onClose} className="bell-all">
        {t('desk.allNotices')}
      </Link>
    </section>
  )
}
