import { Table } from 'antd'
import { Link } from 'react-router'
import { instantText } from '../../shared/days.ts'
import { wan } from '../../shared/money.ts'
import { Pill } from '../../shared/pill.tsx'
import { useText } from '../../shared/text.ts'
import { type Filter, listOf, type Summary } from './use-oversight.ts'

type Row = Summary['byJurisdiction'][number]

/** One row a jurisdiction: projects, money by basis, what is overdue, how fresh the data are. */
export function JurisdictionTable({ summary, filter }: { summary: Summary; filter: Filter }) {
  const { t } = useText()
  const money = (basis: keyof Row['amounts']) => ({
    title: `${t(`platform.${basis}`)} (${t('general.wan')})`,
    align: 'end' as const,
    sorter: (a: Row, b: Row) => a.amounts[basis].fen - b.amounts[basis].fen,
    // Nothing stated is not an amount of zero.
    render: (_: unknown, one: Row) =>
      one.amounts[basis].projects === 0 ? (
        '—'
      ) : (
        <Link className="number" to={listOf(filter, { jurisdiction: one.id, known: basis })}>
          {wan(one.amounts[basis].fen)}
        </Link>
      ),
  })
  return (
    <Table<Row>
      rowKey="id"
      size="middle"
      dataSource={summary.byJurisdiction}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('platform.jurisdiction'), dataIndex: 'name', width: 200 },
        {
          title: t('platform.projects'),
          align: 'end',
          sorter: (a, b) => a.projects - b.projects,
          render: (_, one) => <Link to={listOf(filter, { jurisdiction: one.id })}>{one.projects}</Link>,
        },
        money('estimate'),
        money('approved'),
        money('budget'),
        money('contract'),
        money('paid'),
        {
          title: t('platform.overdue'),
          align: 'end',
          sorter: (a, b) => a.overdue.obligations - b.overdue.obligations,
          render: (_, one) =>
            one.overdue.obligations === 0 ? (
              0
            ) : (
              <Link to={listOf(filter, { jurisdiction: one.id, overdue: 'true' })}>
                <Pill tone="bad">{one.overdue.obligations}</Pill>
              </Link>
            ),
        },
        { title: t('platform.fresh'), render: (_, one) => <Fresh summary={summary} id={one.id} /> },
      ]}
    />
  )
}

function Fresh({ summary, id }: { summary: Summary; id: string }) {
  const { t } = useText()
  const feed = summary.freshness.find((one) => one.jurisdiction === id)
  if (!feed?.pulledAt) return <Pill tone="warn">{t('platform.never')}</Pill>
  const late =
    feed.error ?? (feed.lag.entries > 0 ? t('platform.behind', { n: feed.lag.entries }) : undefined)
  return (
    <>
      {late === undefined ? (
        <Pill tone="good">{t('platform.upToDate')}</Pill>
      ) : (
        <Pill tone="warn">{late}</Pill>
      )}
      <span className="cell-below">{instantText(feed.pulledAt)}</span>
    </>
  )
}
