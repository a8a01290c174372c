import { Button, Empty, Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Answered, answer, api } from '../../shared/api.ts'
import { daysUntil, todayInOffice } from '../../shared/days.ts'
import { DueTag } from '../../shared/due-tag.tsx'
import { useTenant } from '../../shared/me.ts'
import { Loaded, Section } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

type Todo = Answered<Awaited<ReturnType<(typeof api)[':tenant']['todos']['$get']>>>['items'][number]

const GROUPS = ['overdue', 'soon', 'later', 'noDue'] as const
type Group = (typeof GROUPS)[number]

/** What awaits the person's organisation: overdue first, then within three days, later, without a day. */
export function Todos() {
  const { t } = useText()
  const tenant = useTenant()
  const [shown, setShown] = useState<'all' | 'open'>('all')
  const [limit, setLimit] = useState(50)
  const query = useQuery({
    queryKey: ['todos', tenant, limit],
    queryFn: () => answer(api[':tenant'].todos.$get({ param: { tenant }, query: { limit: String(limit) } })),
    placeholderData: (before) => before,
  })
  const today = todayInOffice()
  return (
    <Section
      title={t('work.todos')}
      extra={
        <Segmented<'all' | 'open'>
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: t('work.kinds') },
            { value: 'open', label: t('work.onlyOpen') },
          ]}
        />
      }
    >
      <Loaded query={query}>
        {({ items, next }) => {
          const seen = items.filter((one) => shown === 'all' || one.open)
          const count = (group: Group) => seen.filter((one) => groupOf(one, today) === group).length
          if (seen.length === 0)
            return (
              <Empty
                image={Empty.PRESENTED_IMAGE_SIMPLE}
                description={
                  <>
                    <p>{t('work.noTodos')}</p>
                    <p className="quiet">{t('work.noTodosHint')}</p>
                  </>
                }
              />
            )
          return (
            <>
              <p className="quiet">
                {t('work.todosDue', { overdue: count('overdue'), soon: count('soon') })}
              </p>
              {GROUPS.filter((group) => count(group) > 0).map((group) => (
                <div key={group} className="todo-group">
                  <h3>
                    {t(`work.${group}`)} <span className="quiet">{count(group)}</span>
                  </h3>
                  <ul className="todos">
                    {seen
                      .filter((one) => groupOf(one, today) === group)
                      .map((one) => (
                        <TodoLine key={`${one.project?.id ?? one.batch?.id}${one.item}`} todo={one} />
                      ))}
                  </ul>
                </div>
              ))}
              {next && (
                <Button onClick={() => setLimit(Math.min(200, limit + 50))}>{t('work.loadMore')}</Button>
              )}
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function TodoLine({ todo }: { todo: Todo }) {
  const { t } = useText()
  const { data } = usePolicy()
  const to = addressOf(todo)
  const stage = todo.project && (data?.words.stage(todo.project.stage) ?? stageName(todo.project.stage))
  return (
    <li className="todo">
      <div className="todo-what">
        {to ? (
          <Link to={to} className="todo-title">
            {todo.title}
          </Link>
        ) : (
          <span className="todo-title">{todo.title}</span>
        )}
        <div className="quiet">
          {todo.project ? (
            <>
              <Link to={`/projects/${todo.project.id}`} className="quiet-link">
                {todo.project.title}
              </Link>
              {' · '}
              {stage}
            </>
          ) : (
            todo.batch?.title
          )}
        </div>
      </div>
      <span className="todo-due">
        <DueTag on={todo.dueOn} provisional={todo.provisional} />
      </span>
      <span className="todo-act">
        {to && todo.open ? (
          <Link to={to} tabIndex={-1}>
            <Button size="small" aria-label={`${t('work.act')}: ${todo.title}`}>
              {t('work.act')}
            </Button>
          </Link>
        ) : (
          <Pill tone="faint">{t('work.waiting')}</Pill>
        )}
      </span>
    </li>
  )
}

function groupOf(todo: Todo, today: string): Group {
  if (todo.dueOn === null) return 'noDue'
  const left = daysUntil(todo.dueOn, today)
  return left < 0 ? 'overdue' : left <= 3 ? 'soon' : 'later'
}

/** Where a to-do is done; its item names the run of a procedure and the part: `step:change-1:change-review`. */
function addressOf(todo: Todo): string | undefined {
  if (todo.batch) return `/plans/${todo.batch.id}`
  if (!todo.project) return undefined
  const base = `/projects/${todo.project.id}`
  if (todo.kind === 'decision') return `${base}/decisions/${todo.step}`
  const names = todo.item.split(':').slice(1)
  const at = names.indexOf(todo.step)
  const asked = new URLSearchParams()
  if (at === 1) asked.set('procedure', names[0]!)
  return `${base}/steps/${todo.step}${asked.size > 0 ? `?${asked}` : ''}`
}
