import { Empty, Table, type TableColumnsType } from 'antd'
import { Link } from 'react-router'
import type { Answered, api } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { useOrganisationNames } from '../../shared/directory.ts'
import { wan } from '../../shared/money.ts'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { stageName } from '../../shared/policy-words.ts'
import { useText } from '../../shared/text.ts'

type Item = Answered<Awaited<ReturnType<(typeof api)[':tenant']['projects']['$get']>>>['items'][number]

/** Projects as rows. */
export function ProjectTable({ items, loading }: { items: Item[]; loading: boolean }) {
  const { t } = useText()
  const organisation = useOrganisationNames()
  const { data: policy } = usePolicy()
  const natures = policy?.document.facts.nature?.options ?? {}
  const columns: TableColumnsType<Item> = [
    {
      title: t('work.projectName'),
      dataIndex: 'title',
      fixed: 'start',
      width: 220,
      render: (title: string, one) => <Link to={`/projects/${one.id}`}>{title}</Link>,
    },
    { title: t('work.unit'), dataIndex: 'organisationId', width: 140, render: organisation },
    {
      title: t('general.stage'),
      dataIndex: 'stage',
      width: 90,
      render: (stage: string, one) => (
        <Pill tone={one.ended ? 'faint' : 'busy'}>{policy?.words.stage(stage) ?? stageName(stage)}</Pill>
      ),
    },
    {
      title: t('work.estimate'),
      dataIndex: 'estimateFen',
      align: 'end',
      width: 140,
      sorter: (a, b) => (a.estimateFen ?? 0) - (b.estimateFen ?? 0),
      render: (fen: number | null) => <span className="number">{wan(fen)}</span>,
    },
    {
      title: t('general.year'),
      dataIndex: 'planYear',
      width: 96,
      render: (year: number | null) => year ?? '—',
    },
    {
      title: t('work.nature'),
      dataIndex: 'nature',
      width: 110,
      render: (id: string | null) => (id ? (natures[id] ?? id) : '—'),
    },
    {
      title: t('work.track'),
      dataIndex: 'track',
      width: 130,
      render: (id: string | null) => (id ? (policy?.words.track(id) ?? id) : '—'),
    },
    {
      title: t('work.updated'),
      dataIndex: 'updatedAt',
      width: 140,
      sorter: (a, b) => (a.updatedAt < b.updatedAt ? -1 : 1),
      render: (at: string) => <span className="number">{instantText(at)}</span>,
    },
  ]
  return (
    <Table<Item>
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={items}
      loading={loading}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{
        emptyText: (
          <Empty
            image={Empty.PRESENTED_IMAGE_SIMPLE}
            description={
              <>
                <p>{t('work.noProjects')}</p>
                <p className="quiet">{t('work.noProjectsHint')}</p>
              </>
            }
          />
        ),
      }}
    />
  )
}
