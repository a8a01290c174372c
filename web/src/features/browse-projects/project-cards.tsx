import { Skeleton } from 'antd'
import { Link } from 'react-router'
import { EXCEPTION_TITLES } from '../../../../functions/core/case/exceptions.ts'
import { todayInOffice } from '../../shared/days.ts'
import { DueAsked } from '../../shared/due/due-asked.tsx'
import { wan } from '../../shared/money.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import { type TextKey, useText } from '../../shared/text.ts'
import type { Item } from './api.ts'
import { AMOUNTS } from './columns.tsx'
import type { Area } from './filters.ts'
import { Nothing } from './project-table.tsx'

/** Projects as cards, where there is no room for columns. */
export function ProjectCards({ area, items, loading }: { area: Area; items: Item[]; loading: boolean }) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  const today = todayInOffice()
  if (loading) return <Skeleton active paragraph={{ rows: 6 }} />
  if (items.length === 0) return <Nothing area={area} />
  const amounts = area === 'finance' ? Object.entries(AMOUNTS) : Object.entries(AMOUNTS).slice(0, 1)
  return (
    <ul className="cards">
      {items.map((one) => (
        <li key={one.id}>
          <div className="card-foot">
            <Link to={`/projects/${one.id}`}>{one.title}</Link>
            <Pill tone={one.ended || one.stage === 'closed' ? 'faint' : 'busy'}>
              {policy?.words.stage(one.stage) ?? stageName(one.stage)}
            </Pill>
          </div>
          <div className="card-foot quiet">
            <span>{one.organisation}</span>
          </div>
          {one.dueOn && (
            <div className="card-foot">
              <span className="quiet">{one.dueTitle}</span>
              <DueAsked project={one.id} on={one.dueOn} title={one.dueTitle ?? ''} today={today} />
            </div>
          )}
          {one.exceptions.map(({ kind }) => (
            <Pill key={kind} tone="bad">
              {EXCEPTION_TITLES[kind]}
            </Pill>
          ))}
          <dl className="card-amounts">
            {amounts
              .filter(([key, field]) => key === 'estimate' || one[field] !== null)
              .map(([key, field]) => (
                <div key={key}>
                  <dt>{t(`lists.${key}` as TextKey)}</dt>
                  <dd className="number">{wan(one[field])}</dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
