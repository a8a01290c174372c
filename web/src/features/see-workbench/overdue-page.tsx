import { Empty } from 'antd'
import { answer, api } from '../../shared/api.ts'
import { useTenant } from '../../shared/me.ts'
import { Page } from '../../shared/page.tsx'
import { Pages, usePages } from '../../shared/pages.tsx'
import { useText } from '../../shared/text.ts'
import { TodoLine } from './todo-line.tsx'

/** What any organisation has let pass, for those who see to the whole; with urging at hand. */
export function OverduePage() {
  const { t } = useText()
  const tenant = useTenant()
  const pages = usePages(['todos', tenant, 'overdue'], (after) =>
    answer(api[':tenant'].todos.overdue.$get({ param: { tenant }, query: { limit: '50', after } })),
  )
  return (
    <Page name={t('desk.overdueTitle')} title={t('desk.overdueTitle')} lead={t('desk.overdueLead')}>
      <section className="section">
        <Pages pages={pages}>
          {(items) =>
            items.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('desk.noOverdue')} />
            ) : (
              <ul className="todos">
                {items.map((one) => (
                  <TodoLine
                    key={`${one.project?.id ?? one.batch?.id}${one.item}${one.organisation.id}`}
                    todo={one}
                    others
                  />
                ))}
              </ul>
            )
          }
        </Pages>
      </section>
    </Page>
  )
}
