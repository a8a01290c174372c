import { Button, Empty } from 'antd'
import { Link } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { isAuthority, isUnit, useMe, useTenant } from '../../shared/me.ts'
import { wan } from '../../shared/money.ts'
import { Loaded, Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

/** The newest projects that the person's organisation has to do with. */
export function RecentProjects() {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const { data: policy } = usePolicy()
  const query = useQuery({
    queryKey: ['projects', tenant, 'recent'],
    queryFn: () => answer(api[':tenant'].projects.$get({ param: { tenant }, query: { limit: '8' } })),
  })
  return (
    <Section
      title={t(isAuthority(me) ? 'work.recentProjects' : 'work.myProjects')}
      extra={<Link to="/projects">{t('work.allProjects')}</Link>}
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('work.noProjects')}>
              {isUnit(me) && (
                <Link to="/declare">
                  <Button type="primary">{t('work.declareFirst')}</Button>
                </Link>
              )}
            </Empty>
          ) : (
            <ul className="cards">
              {items.map((one) => (
                <li key={one.id}>
                  <Link to={`/projects/${one.id}`}>{one.title}</Link>
                  <div className="card-foot">
                    <Pill tone={one.ended || one.stage === 'closed' ? 'faint' : 'busy'}>
                      {policy?.words.stage(one.stage) ?? stageName(one.stage)}
                    </Pill>
                    <span className="quiet number">
                      {wan(one.estimateFen)} {t('general.wan')}
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
