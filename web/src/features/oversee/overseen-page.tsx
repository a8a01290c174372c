import { Button, Checkbox, Input, Select, Table, Tag } from 'antd'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { Amount } from '../../shared/amount.tsx'
import { type Answered, answer, api } from '../../shared/api.ts'
import { todayInOffice } from '../../shared/days.ts'
import { Page } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { stageName } from '../../shared/policy-words.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'
import { NextDue, OverdueCount } from './overseen-dues.tsx'
import { AMOUNTS, useFilter, useSummary } from './use-oversight.ts'

type Item = Answered<Awaited<ReturnType<typeof api.oversight.projects.$get>>>['items'][number]

type Order = (typeof ORDERS)[number]

const ORDERS = AMOUNTS.flatMap((basis) => [basis, `-${basis}`] as const)

/** The order that a click on a heading asks for; the one by jurisdiction without. */
function orderFrom(column: unknown, direction: 'ascend' | 'descend' | null | undefined): Order | undefined {
  const asked = direction ? `${direction === 'descend' ? '-' : ''}${String(column)}` : undefined
  return ORDERS.find((one) => one === asked)
}

/** The projects behind a number of the overview. */
export function OverseenPage() {
  const { t } = useText()
  const [filter, change] = useFilter()
  const [asked, setAsked] = useSearchParams()
  const [trail, setTrail] = useState<string[]>([])
  const { data: summary } = useSummary({})
  const after = asked.get('after') ?? undefined
  const overdue = asked.get('overdue') === 'true'
  const passed = asked.get('passed') ?? undefined
  const known = AMOUNTS.find((basis) => basis === asked.get('known'))
  const word = asked.get('word')?.trim() || undefined
  const order = ORDERS.find((one) => one === asked.get('order'))
  const query = useQuery({
    queryKey: ['overseen', filter, overdue, passed, known, word, order, after],
    queryFn: () =>
      answer(
        api.oversight.projects.$get({
          query: {
            ...filter,
            ...(overdue ? { overdue: 'true' as const } : {}),
            passed,
            known,
            word,
            order,
            after,
            limit: '50',
          },
        }),
      ),
    placeholderData: (before) => before,
  })
  const go = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(asked)
    if (name !== 'after') next.delete('after')
    value ? next.set(name, value) : next.delete(name)
    setAsked(next)
  }
  const names = new Map(summary?.byJurisdiction.map((one) => [one.id, one.name]))
  return (
    <Page name={t('general.overseen')} title={t('general.overseen')}>
      <section className="section">
        <div className="filters">
          <Input.Search
            key={word}
            allowClear
            className="filter-word"
            defaultValue={word}
            maxLength={100}
            placeholder={t('platform.word')}
            aria-label={t('platform.word')}
            onSearch={(typed) => go('word', typed.trim() || undefined)}
          />
          <Select
            allowClear
            className="filter-unit"
            aria-label={t('platform.jurisdiction')}
            placeholder={t('platform.jurisdiction')}
            value={filter.jurisdiction}
            onChange={(jurisdiction) => change({ jurisdiction })}
            options={summary?.byJurisdiction.map((one) => ({ value: one.id, label: one.name }))}
          />
          <Select
            allowClear
            aria-label={t('general.stage')}
            placeholder={t('general.stage')}
            value={filter.stage}
            onChange={(stage) => change({ stage })}
            options={summary?.byStage.map((one) => ({ value: one.stage, label: stageName(one.stage) }))}
          />
          <Select
            allowClear
            className="filter-year"
            aria-label={t('general.year')}
            placeholder={t('general.year')}
            value={filter.year}
            onChange={(year) => change({ year })}
            options={summary?.byYear.map((one) => ({
              value: one.year === null ? 'none' : String(one.year),
              label: one.year ?? t('platform.noYear'),
            }))}
          />
          <Checkbox
            checked={overdue}
            onChange={(event) => go('overdue', event.target.checked ? 'true' : undefined)}
          >
            {t('platform.onlyOverdue')}
          </Checkbox>
          {known && (
            <Tag closable onClose={() => go('known', undefined)}>
              {t('platform.onlyKnown', { basis: t(`platform.${known}`) })}
            </Tag>
          )}
          {passed && (
            <Tag closable onClose={() => go('passed', undefined)}>
              {t('platform.onlyPassed', { stage: stageName(passed) })}
            </Tag>
          )}
        </div>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        <Overseen
          items={query.data?.items ?? []}
          loading={!query.data}
          names={names}
          order={order}
          sort={(next) => go('order', next)}
        />
        <div className="table-foot">
          <span className="quiet">{t('platform.inWan')}</span>
          <span className="pager">
            <Button
              disabled={!after}
              onClick={() => {
                go('after', trail.at(-1))
                setTrail(trail.slice(0, -1))
              }}
            >
              {t('general.previous')}
            </Button>
            <Button
              disabled={!query.data?.next}
              onClick={() => {
                setTrail(after ? [...trail, after] : [])
                go('after', query.data?.next ?? undefined)
              }}
            >
              {t('general.next')}
            </Button>
          </span>
        </div>
      </section>
    </Page>
  )
}

function Overseen({
  items,
  loading,
  names,
  order,
  sort,
}: {
  items: Item[]
  loading: boolean
  names: Map<string, string>
  order: Order | undefined
  sort: (order: Order | undefined) => void
}) {
  const { t } = useText()
  const today = todayInOffice()
  const money = (basis: keyof Item['amounts']) => ({
    title: t(`platform.${basis}`),
    align: 'end' as const,
    key: basis,
    sorter: true,
    showSorterTooltip: false,
    sortOrder: order === basis ? ('ascend' as const) : order === `-${basis}` ? ('descend' as const) : null,
    // What is large is looked for first.
    sortDirections: ['descend' as const, 'ascend' as const],
    width: 92,
    render: (_: unknown, one: Item) => <Amount fen={one.amounts[basis]} />,
  })
  return (
    <Table<Item>
      rowKey="id"
      size="small"
      dataSource={items}
      loading={loading}
      pagination={false}
      onChange={(_page, _filters, sorter) => {
        if (!Array.isArray(sorter)) sort(orderFrom(sorter.columnKey, sorter.order))
      }}
      scroll={{ x: 960 }}
      locale={{ emptyText: t('platform.nothing') }}
      columns={[
        {
          title: t('work.projectName'),
          dataIndex: 'title',
          width: 200,
          fixed: 'start',
          render: (title: string, one) => (
            <>
              {title}
              <span className="cell-below">
                {[names.get(one.jurisdiction) ?? one.jurisdiction, one.organisation]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </>
          ),
        },
        {
          title: t('general.stage'),
          dataIndex: 'stage',
          width: 74,
          render: (stage: string, one) => (
            <Pill tone={one.ended || stage === 'closed' ? 'faint' : 'busy'}>{stageName(stage)}</Pill>
          ),
        },
        {
          title: t('general.year'),
          dataIndex: 'year',
          width: 76,
          render: (year: number | null) => year ?? '—',
        },
        money('estimate'),
        money('approved'),
        money('budget'),
        money('contract'),
        money('paid'),
        {
          title: t('platform.overdue'),
          dataIndex: 'overdue',
          width: 76,
          align: 'end',
          render: (n: number, one) => <OverdueCount project={one} n={n} today={today} />,
        },
        {
          title: t('platform.nextDue'),
          dataIndex: 'nextDueOn',
          width: 124,
          render: (on: string | null, one) => (on ? <NextDue project={one} on={on} today={today} /> : '—'),
        },
      ]}
    />
  )
}
