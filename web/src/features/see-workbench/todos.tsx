import { Empty, Segmented } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { answer, api } from '../../shared/api.ts'
import { daysUntil, todayInOffice } from '../../shared/days.ts'
import { useTenant } from '../../shared/me.ts'
import { Pages, usePages } from '../../shared/pages.tsx'
import { useText } from '../../shared/text.ts'
import { TodoLine } from './todo-line.tsx'
import type { Todo } from './workbench-data.ts'

const GROUPS = ['overdue', 'soon', 'later', 'noDue'] as const
type Group = (typeof GROUPS)[number]

const HELD = ['ours', 'mine', 'nobody'] as const
const DUE = ['overdue', 'soon', 'open'] as const

/** What awaits the person's organisation: overdue first, then within three days, later, without a day. */
export function Todos() {
  const { t } = useText()
  const tenant = useTenant()
  const [asked, setAsked] = useSearchParams()
  const held = HELD.find((one) => one === asked.get('held')) ?? 'ours'
  const due = DUE.find((one) => one === asked.get('due'))
  const query = { limit: '50', ...(held !== 'ours' && { held }), ...(due && { due }) }
  const pages = usePages(['todos', tenant, query], (after) =>
    answer(api[':tenant'].todos.$get({ param: { tenant }, query: { ...query, after } })),
  )
  const today = todayInOffice()
  const set = (name: string, value: string | undefined) =>
    setAsked(
      (before) => {
        const after = new URLSearchParams(before)
        if (value) after.set(name, value)
        else after.delete(name)
        return after
      },
      { replace: true },
    )
  return (
    <>
      <div className="todo-filters">
        <Segmented<(typeof HELD)[number]>
          value={held}
          onChange={(value) => set('held', value === 'ours' ? undefined : value)}
          options={[
            { value: 'ours', label: t('desk.ours') },
            { value: 'mine', label: t('desk.mine') },
            { value: 'nobody', label: t('desk.nobodys') },
          ]}
        />
        <Segmented<(typeof DUE)[number] | 'all'>
          value={due ?? 'all'}
          onChange={(value) => set('due', value === 'all' ? undefined : value)}
          options={[
            { value: 'all', label: t('work.kinds') },
            { value: 'open', label: t('desk.figOpen') },
            { value: 'overdue', label: t('work.overdue') },
            { value: 'soon', label: t('work.soon') },
          ]}
        />
      </div>
      <Pages pages={pages}>
        {(items) => {
          if (items.length === 0) return <Nothing held={held} due={due} />
          return GROUPS.map((group) => {
            const inGroup = items.filter((one) => groupOf(one, today) === group)
            return inGroup.length === 0 ? null : (
              <div key={group} className={`todo-group todo-group-${group}`}>
                <h3>
                  {t(`work.${group}`)}{' '}
                  <span className="quiet">{`${inGroup.length}${pages.hasMore ? '+' : ''}`}</span>
                </h3>
                <ul className="todos">
                  {inGroup.map((one) => (
                    <TodoLine key={`${one.project?.id ?? one.batch?.id}${one.item}`} todo={one} />
                  ))}
                </ul>
              </div>
            )
          })
        }}
      </Pages>
    </>
  )
}

function Nothing({ held, due }: { held: (typeof HELD)[number]; due: (typeof DUE)[number] | undefined }) {
  const { t } = useText()
  const mine = held === 'mine'
  const title = due ? 'desk.noneOfThese' : mine ? 'desk.noneMine' : 'work.noTodos'
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <p>{t(title)}</p>
          {due ? (
            <Link to="/work">{t('desk.allTodos')}</Link>
          ) : (
            <p className="quiet">{t(mine ? 'desk.noneMineHint' : 'work.noTodosHint')}</p>
          )}
        </>
      }
    />
  )
}

function groupOf(todo: Todo, today: string): Group {
  if (todo.dueOn === null) return 'noDue'
  const left = daysUntil(todo.dueOn, today)
  return left < 0 ? 'overdue' : left <= 3 ? 'soon' : 'later'
}
