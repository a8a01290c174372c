import { Button, Tabs } from 'antd'
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

const TABS = ['todos', 'done', 'begun'] as const

/** What a person opens in the morning: what is due, what has come, what was begun and done. */
export function WorkbenchPage() {
  const { t } = useText()
  const me = useMe()
  const [asked, setAsked] = useSearchParams()
  const tab = TABS.find((one) => one === asked.get('tab')) ?? 'todos'
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
          <Tabs
            activeKey={tab}
            onChange={(key) => setAsked(key === 'todos' ? {} : { tab: key }, { replace: true })}
            items={[
              { key: 'todos', label: t('desk.tabTodos'), children: <Todos /> },
              { key: 'done', label: t('desk.tabDone'), children: <OwnActs kind="done" /> },
              { key: 'begun', label: t('desk.tabBegun'), children: <OwnActs kind="begun" /> },
            ]}
          />
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
