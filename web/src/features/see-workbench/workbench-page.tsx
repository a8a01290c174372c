import { useMe } from '../../shared/me.ts'
import { Page } from '../../shared/page.tsx'
import { useText } from '../../shared/text.ts'
import { RecentProjects } from './recent-projects.tsx'
import { Todos } from './todos.tsx'

/** What a person opens in the morning: what is due, and the projects behind it. */
export function WorkbenchPage() {
  const { t } = useText()
  const me = useMe()
  return (
    <Page
      name={t('general.todo')}
      title={t('work.greeting', { name: me.user.name })}
      lead={`${me.organisation?.name ?? ''} · ${t(`general.${me.user.role}` as 'general.handler')}`}
    >
      <div className="two">
        <Todos />
        <RecentProjects />
      </div>
    </Page>
  )
}
