import { Link } from 'react-router'
import { NoticeLine } from '../../shared/notices/notice-line.tsx'
import { useLatestNotices } from '../../shared/notices/notices.ts'
import { Loaded, Section } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'

const SHOWN = 5

/** The newest notices. */
export function Latest() {
  const { t } = useText()
  const query = useLatestNotices(SHOWN)
  return (
    <Section title={t('desk.latest')} extra={<Link to="/notices">{t('desk.allNotices')}</Link>}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t('desk.noNoticesHint')}</p>
          ) : (
            <ul className="notices">
              {items.map((one) => (
                <li key={one.id}>
                  <NoticeLine notice={one} reasons />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
