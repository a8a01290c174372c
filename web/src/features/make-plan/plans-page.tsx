import { App, Button, Empty, InputNumber, Select, Table } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { type Answered, answer, api, keyed } from '../../shared/api.ts'
import { instantText } from '../../shared/days.ts'
import { isAuthority, isOfficer, useMe, useTenant } from '../../shared/me.ts'
import { Loaded, Page } from '../../shared/page.tsx'
import { Pill } from '../../shared/pill.tsx'
import { usePolicy } from '../../shared/policy-data.ts'
import { ProblemAlert } from '../../shared/problem-alert.tsx'
import { useAct, useQuery } from '../../shared/query.ts'
import { useText } from '../../shared/text.ts'

type Item = Answered<Awaited<ReturnType<(typeof api)[':tenant']['batches']['$get']>>>['items'][number]

/** Annual plans and other acts on many projects at once. */
export function PlansPage() {
  const { t } = useText()
  const me = useMe()
  const tenant = useTenant()
  const query = useQuery({
    queryKey: ['batches', tenant],
    queryFn: () => answer(api[':tenant'].batches.$get({ param: { tenant }, query: { limit: '200' } })),
  })
  return (
    <Page name={t('general.plans')} title={t('general.plans')}>
      <section className="section">
        {isOfficer(me) && isAuthority(me) && <OpenPlan />}
        <Loaded query={query}>
          {({ items }) => (
            <Table<Item>
              rowKey="id"
              size="middle"
              dataSource={items}
              pagination={false}
              scroll={{ x: 'max-content' }}
              locale={{
                emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('plans.none')} />,
              }}
              columns={[
                {
                  title: t('plans.title'),
                  dataIndex: 'title',
                  render: (title: string, one) => <Link to={`/plans/${one.id}`}>{title}</Link>,
                },
                { title: t('plans.year'), dataIndex: 'year', width: 100 },
                {
                  title: t('plans.projects'),
                  dataIndex: 'projects',
                  width: 100,
                  align: 'right',
                  className: 'number',
                },
                { title: t('plans.latest'), render: (_, one) => <Latest latest={one.latest} /> },
                {
                  title: t('work.state'),
                  width: 110,
                  render: (_, one) => (
                    <Pill tone={one.ended ? 'good' : 'busy'}>
                      {t(one.ended ? 'work.settled' : 'work.ongoing')}
                    </Pill>
                  ),
                },
                {
                  title: t('work.updated'),
                  dataIndex: 'updatedAt',
                  width: 160,
                  render: (at: string) => <span className="number">{instantText(at)}</span>,
                },
              ]}
            />
          )}
        </Loaded>
      </section>
    </Page>
  )
}

/** The step of a plan that was done last, and what came of it. */
function Latest({ latest }: Pick<Item, 'latest'>) {
  const { t } = useText()
  const { data: policy } = usePolicy()
  if (!latest) return <span className="quiet">{t('plans.begun')}</span>
  const outcome = policy?.words.outcome(latest.step, latest.outcome)
  return (
    <>
      {[policy?.words.step(latest.step), outcome].filter(Boolean).join(' · ')}{' '}
      <span className="quiet number">{latest.on}</span>
    </>
  )
}

/** Opens a plan of a kind that the policy knows. */
function OpenPlan() {
  const { t } = useText()
  const tenant = useTenant()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { data: policy } = usePolicy()
  const kinds = Object.entries(policy?.document.procedures ?? {}).filter(([, one]) => one.on === 'batch')
  const [chosen, setKind] = useState<string>()
  const kind = chosen ?? kinds[0]?.[0]
  const [year, setYear] = useState(new Date().getFullYear() + 1)
  const open = useAct((input: { procedure: string; year: number }, key: string) =>
    answer(api[':tenant'].batches.$post({ param: { tenant }, json: input }, keyed(key))),
  )
  if (!kind) return null
  const submit = async () => {
    const opened = await open.mutateAsync({ procedure: kind, year }).catch(() => undefined)
    if (!opened) return
    void message.success(t('plans.opened'))
    await navigate(`/plans/${opened.batch.id}`)
  }
  return (
    <>
      <div className="filters">
        <Select
          aria-label={t('plans.kind')}
          className="filter-kind"
          value={kind}
          onChange={setKind}
          options={kinds.map(([id, one]) => ({ value: id, label: one.title }))}
        />
        <InputNumber
          aria-label={t('plans.year')}
          min={1949}
          max={2200}
          precision={0}
          value={year}
          onChange={(next) => next && setYear(next)}
        />
        <Button type="primary" loading={open.isPending} onClick={() => void submit()}>
          {t('plans.open')}
        </Button>
      </div>
      <ProblemAlert error={open.error} />
    </>
  )
}
