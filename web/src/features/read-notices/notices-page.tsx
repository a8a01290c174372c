import { Button, Empty, Switch } from 'antd'
import { useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { NoticeLine } from '../../shared/notices/notice-line.tsx'
import { CATEGORIES, type Notice, type NoticeCategory, useUnread } from '../../shared/notices/notices.ts'
import { Page } from '../../shared/page.tsx'
import { Pages, usePages } from '../../shared/pages.tsx'
import { useAct } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** All notices to the person and the organisation; what is shown stands in the address. */
export function NoticesPage() {
  const { t } = useText()
  const tenant = useTenant()
  const [asked, setAsked] = useSearchParams()
  const category = CATEGORIES.find((one) => one === asked.get('category'))
  const unread = asked.get('unread') === '1'
  const since = /^\d{4}-\d\d-\d\d$/.exec(asked.get('since') ?? '')?.[0]
  const counts = useUnread().data
  const query = { limit: '30', category, since, ...(unread && { unread: 'true' as const }) }
  const pages = usePages(['notices', tenant, query], (after) =>
    answer(api[':tenant'].notices.$get({ param: { tenant }, query: { ...query, after } })),
  )
  const read = useAct((json: { ids: string[] } | { upTo: string }) =>
    answer(api[':tenant'].notices.read.$post({ param: { tenant }, json })),
  )
  const show = (name: string, value: string | undefined) =>
    setAsked(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true },
    )
  const newest = pages.items?.[0]
  return (
    <Page
      name={t('desk.notices')}
      title={t('desk.notices')}
      lead={t('desk.noticesLead')}
      extra={
        counts && counts.byCategory.length > 0 && newest && !category && !since ? (
          <Button loading={read.isPending} onClick={() => read.mutate({ upTo: newest.id })}>
            {t('desk.readAll')}
          </Button>
        ) : undefined
      }
    >
      <section className="section" aria-label={t('desk.notices')}>
        <div className="filters">
          <Choice
            category={category}
            count={(one) => counts?.byCategory.find((seen) => seen.category === one)?.count}
            onChoose={(one) => show('category', one)}
          />
          <span className="filter-switch">
            <Switch
              id="unread-only"
              size="small"
              checked={unread}
              onChange={(on) => show('unread', on ? '1' : undefined)}
            />
            <label htmlFor="unread-only">{t('desk.unreadOnly')}</label>
          </span>
          {since && (
            <Button size="small" onClick={() => show('since', undefined)}>
              {t('desk.sinceDay', { on: since })} ×
            </Button>
          )}
        </div>
        <Pages pages={pages}>
          {(items) => (
            <List
              items={items}
              unread={unread}
              onOpen={(one) => !one.read && read.mutate({ ids: [one.id] })}
            />
          )}
        </Pages>
      </section>
    </Page>
  )
}

function List(props: { items: Notice[]; unread: boolean; onOpen: (notice: Notice) => void }) {
  const { t } = useText()
  if (props.items.length === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          <>
            <p>{t(props.unread ? 'desk.noUnread' : 'desk.noNotices')}</p>
            <p className="quiet">{t('desk.noNoticesHint')}</p>
          </>
        }
      />
    )
  return (
    <ul className="notices">
      {props.items.map((one) => (
        <li key={one.id}>
          <NoticeLine notice={one} onOpen={props.onOpen} reasons />
        </li>
      ))}
    </ul>
  )
}

function Choice(props: {
  category: NoticeCategory | undefined
  count: (category: NoticeCategory) => number | undefined
  onChoose: (category: NoticeCategory | undefined) => void
}) {
  const { t } = useText()
  return (
    <fieldset className="chips" aria-label={t('desk.showAll')}>
      {[undefined, ...CATEGORIES].map((one) => {
        const count = one && props.count(one)
        return (
          <button
            key={one ?? 'all'}
            type="button"
            className="chip"
            aria-pressed={props.category === one}
            onClick={() => props.onChoose(one)}
          >
            {one ? t(`desk.${one}`) : t('desk.everything')}
            {count ? <span className="chip-count">{count}</span> : null}
          </button>
        )
      })}
    </fieldset>
  )
}
