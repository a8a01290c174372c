import { ProTable } from '@ant-design/pro-components'
import { Empty, Table } from 'antd'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { SumAmount } from '../../shared/amount.tsx'
import { todayInOffice } from '../../shared/days.ts'
import { usePolicy } from '../../shared/policy-data.ts'
import { useText } from '../../shared/text.ts'
import type { Columns, Item, Totals } from './api.ts'
import { AMOUNTS, columnState, orderFrom, projectColumns, shownColumns } from './columns.tsx'
import { type Area, FILTERS, type Order } from './filters.ts'
import type { ListPreference } from './use-list-preference.ts'

/** Projects that are chosen, with their titles, across pages. */
export type Selection = ReadonlyMap<string, string>

interface TableProps {
  area: Area
  items: Item[]
  totals: Totals | null
  loading: boolean
  order: string | undefined
  sort: (order: Order | undefined) => void
  preference: ListPreference
  prefer: (change: Partial<ListPreference>) => void
  selection: Selection
  select: (selection: Selection) => void
  refresh: () => void
  tools: ReactNode[]
  title: ReactNode
}

/** Projects as rows; columns, their order and the density are the person's own. */
export function ProjectTable(props: TableProps) {
  const { area, items, preference, prefer, selection, select } = props
  const { t, language } = useText()
  const { data: policy } = usePolicy()
  const state = columnState(area, preference.columns)
  const unitBelow = state.organisation?.show === false
  const columns = projectColumns(area, { t, policy, today: todayInOffice(), order: props.order, unitBelow })
  return (
    <ProTable<Item>
      // Cells are drawn once: other words or names make another table.
      key={`${language} ${policy?.hash} ${unitBelow}`}
      rowKey="id"
      className="project-table"
      ghost
      search={false}
      pagination={false}
      columns={columns}
      dataSource={items}
      loading={props.loading}
      scroll={{
        x: columns.reduce((sum, one) => sum + (state[String(one.key)]?.show ? Number(one.width) : 0), 40),
      }}
      sticky={{ offsetHeader: 52 }}
      size={preference.density ?? 'small'}
      onSizeChange={(density) => {
        if (density !== (preference.density ?? 'small'))
          prefer({ density: density as ListPreference['density'] })
      }}
      options={{
        density: true,
        setting: { draggable: true, checkable: true },
        reload: props.refresh,
        fullScreen: false,
      }}
      columnsState={{
        value: state,
        onChange: (next) => {
          if (JSON.stringify(next) !== JSON.stringify(state)) prefer({ columns: next as Columns })
        },
      }}
      headerTitle={props.title}
      toolBarRender={() => props.tools}
      tableAlertRender={false}
      rowSelection={{
        fixed: true,
        columnWidth: 40,
        preserveSelectedRowKeys: true,
        selectedRowKeys: [...selection.keys()],
        getCheckboxProps: (one) => ({ 'aria-label': t('lists.selectRow', { title: one.title }) }),
        onChange: (keys) => {
          const titles = new Map(items.map((one) => [one.id, one.title]))
          select(
            new Map(
              keys.map((key) => [String(key), titles.get(String(key)) ?? selection.get(String(key)) ?? '']),
            ),
          )
        },
      }}
      onChange={(_page, _filters, sorter) => {
        if (!Array.isArray(sorter)) props.sort(orderFrom(sorter))
      }}
      summary={() =>
        props.totals && props.totals.count > 0 ? (
          <SumRow shown={shownColumns(state)} totals={props.totals} />
        ) : null
      }
      locale={{ emptyText: <Nothing area={area} /> }}
    />
  )
}

function SumRow({ shown, totals }: { shown: string[]; totals: Totals }) {
  const { t } = useText()
  return (
    <Table.Summary.Row className="sum-row">
      <Table.Summary.Cell index={0} />
      {shown.map((key, i) => (
        <Table.Summary.Cell key={key} index={i + 1} align={AMOUNTS[key] ? 'right' : undefined}>
          {AMOUNTS[key] ? (
            <SumAmount fen={totals[AMOUNTS[key]]} />
          ) : (
            i === 0 && <strong>{t('lists.sumRow')}</strong>
          )}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  )
}

/** What is said where nothing matches. */
export function Nothing({ area }: { area: Area }) {
  const { t } = useText()
  const [asked] = useSearchParams()
  const audit = area === 'audit'
  const narrowed = FILTERS.some((name) => name !== 'order' && asked.has(name))
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <p>{t(audit ? 'lists.noExceptions' : narrowed ? 'work.noneMatches' : 'work.noProjects')}</p>
          {audit && <p className="quiet">{t('lists.noExceptionsHint')}</p>}
          {!audit && narrowed && <p className="quiet">{t('work.noneMatchesHint')}</p>}
        </>
      }
    />
  )
}
