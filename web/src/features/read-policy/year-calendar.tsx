import { Empty, InputNumber } from 'antd'
import { useState } from 'react'
import { type CalendarItem, yearCalendar } from '../../../../functions/core/policy/year-calendar.ts'
import { answer, api } from '../../shared/api.ts'
import { todayInOffice } from '../../shared/days.ts'
import { isOfficer, useMe, useTenant } from '../../shared/me.ts'
import { Pill } from '../../shared/pill.tsx'
import type { PolicyData } from '../../shared/policy-data.ts'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { Articles } from '../../shared/why.tsx'
import { AnnounceButton } from './announce-button.tsx'
import { UseCount } from './use-count.tsx'

const MONTHS = Array.from({ length: 12 }, (_, month) => month + 1)

/** What the policy fixes to days, month by month of one year. */
export function YearCalendar({ policy }: { policy: PolicyData }) {
  const { t } = useText()
  const tenant = useTenant()
  const [year, setYear] = useState(Number(todayInOffice().slice(0, 4)))
  const { data } = useQuery({
    queryKey: ['announcements', tenant],
    queryFn: () => answer(api[':tenant'].announcements.$get({ param: { tenant } })),
  })
  const announced: Record<string, { year: number; from?: string; to: string }[]> = {}
  for (const { step, year: planYear, from, to } of data?.items ?? [])
    announced[step] = [...(announced[step] ?? []), { year: planYear, ...(from !== null && { from }), to }]
  const items = yearCalendar(policy.document, year, announced)
  return (
    <div>
      <p>
        <InputNumber
          aria-label={t('general.year')}
          min={2000}
          max={2100}
          value={year}
          onChange={(value) => value !== null && setYear(value)}
        />
      </p>
      {items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('cases.calendarEmpty')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
        <section className="table-wrap" tabIndex={0} aria-label={t('cases.calendarTab')}>
          <table className="plain-table year">
            <thead>
              <tr>
                <th scope="col">{t('cases.stepName')}</th>
                <th scope="col">{t('cases.days')}</th>
                {MONTHS.map((month) => (
                  <th key={month} scope="col" className="year-month">
                    {t('cases.month', { month })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <Row
                  key={`${item.path} ${item.from} ${item.to}`}
                  item={item}
                  year={year}
                  last={items.findLast(({ path }) => path === item.path) === item}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}

function Row({ item, year, last }: { item: CalendarItem; year: number; last: boolean }) {
  const { t } = useText()
  const me = useMe()
  // Once for each step, at the latest of its rounds.
  const announces =
    last &&
    item.announcedBy !== undefined &&
    isOfficer(me) &&
    (me.organisation?.parties.includes(item.announcedBy) ?? false)
  return (
    <tr>
      <th scope="row">
        {item.title} <UseCount path={item.path} /> <Articles article={item.article} />
      </th>
      <td>
        {item.to === undefined
          ? t('cases.notAnnounced')
          : item.from === undefined
            ? t('cases.until', { on: item.to })
            : `${item.from} — ${item.to}`}{' '}
        {item.planYear && <Pill tone="faint">{t('cases.forPlanYear', { year: item.planYear })}</Pill>}
        {item.lenient && <Pill tone="faint">{t('cases.lenient')}</Pill>}
        {announces && <AnnounceButton item={item} year={year} />}
      </td>
      {MONTHS.map((month) => (
        <td key={month} className={`year-month ${toneIn(item, year, month)}`} aria-hidden />
      ))}
    </tr>
  )
}

/** How a month is filled: by a window that reaches into it, or by the due day in it. */
function toneIn({ kind, from, to }: CalendarItem, year: number, month: number): string {
  if (to === undefined) return ''
  const within = `${year}-${String(month).padStart(2, '0')}`
  if (kind === 'due' || from === undefined) return to.startsWith(within) ? 'year-due' : ''
  return from.slice(0, 7) <= within && within <= to.slice(0, 7) ? 'year-open' : ''
}
