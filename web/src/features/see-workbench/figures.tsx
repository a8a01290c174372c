import { Link } from 'react-router'
import { isUnit, useMe } from '../../shared/me.ts'
import { useText } from '../../shared/text.ts'
import { useWorkbench, type Workbench } from './workbench-data.ts'

interface Figure {
  name: string
  value: number
  to: string
  tone?: 'bad' | 'warn'
}

/** What is due and what has come, each figure leading to its list. */
export function Figures() {
  const { t } = useText()
  const { data } = useWorkbench()
  const figures = useFigures(data)
  return (
    <nav className="tiles figures" aria-label={t('desk.figures')} aria-busy={!data}>
      {figures.map((one) => (
        <Link
          key={one.name}
          to={one.to}
          className={`tile ${one.tone && one.value > 0 ? `tile-${one.tone}` : ''} ${one.value === 0 ? 'tile-none' : ''}`}
        >
          <span>{one.name}</span>
          <strong>{data ? one.value : '…'}</strong>
        </Link>
      ))}
    </nav>
  )
}

function useFigures(data: Workbench | undefined): Figure[] {
  const { t } = useText()
  const me = useMe()
  const { todos, lead } = data ?? {}
  const own: Figure[] = [
    { name: t('desk.figOverdue'), value: todos?.overdue ?? 0, to: '/work?due=overdue', tone: 'bad' },
    { name: t('desk.figSoon'), value: todos?.soon ?? 0, to: '/work?due=soon', tone: 'warn' },
    { name: t('desk.figOpen'), value: todos?.open ?? 0, to: '/work?due=open' },
    { name: t('desk.figMine'), value: todos?.mine ?? 0, to: '/work?held=mine' },
  ]
  if (isUnit(me))
    own.push({
      name: t('desk.figProjects'),
      value: data?.projects ?? 0,
      to: `/projects?organisation=${me.organisation?.id}`,
    })
  if (lead)
    own.push(
      {
        name: t('desk.figWeek'),
        value: lead.receivedSinceMonday,
        to: `/notices?category=received&since=${lead.monday}`,
      },
      {
        name: t('desk.figMonth'),
        value: lead.receivedSinceFirst,
        to: `/notices?category=received&since=${lead.first}`,
      },
      { name: t('desk.figAllOverdue'), value: lead.overdue, to: '/overdue', tone: 'bad' },
    )
  return own
}
