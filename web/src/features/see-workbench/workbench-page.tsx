import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { isAuthority, isOfficer, isUnit, useMe } from '../../shared/me.ts'
import { Page } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { Drafts } from './drafts.tsx'
import { Figures } from './figures.tsx'
import { Latest } from './latest.tsx'
import { OwnActs } from './own-acts.tsx'
import { PlanMoney } from './plan-money.tsx'
import { RecentProjects } from './recent-projects.tsx'
import { Todos } from './todos.tsx'

const TABS = [
  { key: 'todos', text: 'desk.tabTodos' },
  { key: 'done', text: 'desk.tabDone' },
  { key: 'begun', text: 'desk.tabBegun' },
] as const

/** What a person opens in the morning: what is due, what has come, what was begun and done. */
export function WorkbenchPage() {
  const { t } = useText()
  const me = useMe()
  const [asked] = useSearchParams()
  const tab = TABS.find((one) => one.key === asked.get('tab'))?.key ?? 'todos'
  return (
    <Page
      name={t('general.todo')}
      title={t('work.greeting', { name: me.user.name })}
      lead={`${me.organisation?.name ?? ''} · ${t(`general.${me.user.role}` as 'general.handler')}`}
      extra={
        isOfficer(me) &&
        isUnit(me) && (
          <Link to="/declare" tabIndex={-1}>
            <Button type="primary">{t('work.declareFirst')}</Button>
          </Link>
        )
      }
    >
      <Figures />
      <div className="two">
        <section className="section desk-main" aria-label={t('general.todo')}>
          <h2 className="visually-hidden">{t('work.todos')}</h2>
          <nav className="desk-tabs" aria-label={t('desk.lists')}>
            {TABS.map(({ key, text }) => (
              <Link
                key={key}
                to={key === 'todos' ? '/work' : `/work?tab=${key}`}
                aria-current={tab === key ? 'page' : undefined}
              >
                {t(text)}
              </Link>
            ))}
          </nav>
          {tab === 'todos' ? <Todos /> : <OwnActs kind={tab} />}
        </section>
        <div>
          {isUnit(me) && <Drafts />}
          <Latest />
          {isAuthority(me) && <PlanMoney />}
          <RecentProjects />
        </div>
      </div>
    </Page>
  )
}
