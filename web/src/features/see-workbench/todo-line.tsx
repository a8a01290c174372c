import { Button } from 'antd'
import { Link } from 'react-router'
import { todayInOffice } from '../../shared/days.ts'
import { todoAddress } from '../../shared/desk/todo-address.ts'
import { DeskActs, DeskMarks } from '../../shared/desk/todo-desk.tsx'
import { DueAsked } from '../../shared/due/due-asked.tsx'
import { DueTag } from '../../shared/due/due-tag.tsx'
import { isOfficer, useMe } from '../../shared/me.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'
import type { Todo } from './workbench-data.ts'

/** One to-do: what, of which project, by when, in whose hands; `others` shows whose it is. */
export function TodoLine({ todo, others = false }: { todo: Todo; others?: boolean }) {
  const { t } = useText()
  const me = useMe()
  const { data } = usePolicy()
  const own = todo.organisation.id === me.organisation?.id
  const to = own ? todoAddress(todo) : todo.project ? `/projects/${todo.project.id}` : todoAddress(todo)
  const stage = todo.project && (data?.words.stage(todo.project.stage) ?? stageName(todo.project.stage))
  const subject = todo.project?.id ?? todo.batch?.id
  const desk = subject && { ...todo, subject }
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
        {desk && <DeskMarks todo={desk} />}
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
          {others && ` · ${todo.organisation.name}`}
        </div>
        {own && todo.note && <div className="todo-note">{t('desk.noteSaid', { note: todo.note })}</div>}
      </div>
      <span className="todo-due">
        {todo.project && todo.dueOn ? (
          <DueAsked
            project={todo.project.id}
            on={todo.dueOn}
            title={todo.title}
            today={todayInOffice()}
            provisional={todo.provisional}
          />
        ) : (
          <DueTag on={todo.dueOn} provisional={todo.provisional} />
        )}
      </span>
      <span className="todo-act">
        {own && to && todo.open && isOfficer(me) ? (
          <Link to={to} tabIndex={-1}>
            <Button size="small" aria-label={`${t('work.act')}: ${todo.title}`}>
              {t('work.act')}
            </Button>
          </Link>
        ) : (
          !todo.open && <Pill tone="faint">{t('work.waiting')}</Pill>
        )}
        {desk && <DeskActs todo={desk} />}
      </span>
    </li>
  )
}
